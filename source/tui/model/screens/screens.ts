import { aboutScreen } from './about/about-screen.ts';
import { exportScreen } from './export/export-screen.ts';
import { extractScreen } from './extract/extract-screen.ts';
import { fileScreen } from './file/file-screen.ts';
import { helpScreen } from './help/help-screen.ts';
import { historyScreen } from './history/history-screen.ts';
import { paletteScreen } from './palette/palette-screen.ts';
import type { Screen } from './screen.ts';
import { searchScreen } from './search/search-screen.ts';

/** All screens. To add one, add a folder beside this file and a line here. */
const list = {
	help: helpScreen,
	palette: paletteScreen,
	file: fileScreen,
	history: historyScreen,
	about: aboutScreen,
	extract: extractScreen,
	search: searchScreen,
	export: exportScreen,
};

export type ScreenId = keyof typeof list;

type TypesIn<Record> = Record extends Screen<infer Types> ? Types : never;

/** The types of each screen. */
export type ScreenTypesOf = { readonly [Id in ScreenId]: TypesIn<(typeof list)[Id]> };

/** A screen that is open. */
export type OpenScreen<Id extends ScreenId = ScreenId> = {
	readonly [Each in Id]: { readonly id: Each; readonly state: ScreenTypesOf[Each]['state'] };
}[Id];

/** An action of one screen. */
export type ScreenAction<Id extends ScreenId = ScreenId> = {
	readonly [Each in Id]: {
		readonly type: 'screen';
		readonly screen: Each;
		readonly action: ScreenTypesOf[Each]['action'];
	};
}[Id];

export const screens: { readonly [Id in ScreenId]: Screen<ScreenTypesOf[Id]> } = list;

export const screenIds = Object.keys(list) as readonly ScreenId[];
