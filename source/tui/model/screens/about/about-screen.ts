import { fitEnds } from '../../cells.ts';
import { shownPath } from '../../frame/names.ts';
import { scrollbar } from '../../frame/scrollbar.ts';
import { titleLine } from '../../frame/title-line.ts';
import { FOOTER_ROWS, type Size } from '../../layout.ts';
import { span } from '../../line.ts';
import { scrollBy } from '../../list-window.ts';
import type { Subject } from '../../subject.ts';
import type { FilePlace } from '../../views/view.ts';
import { closingKeys } from '../closing-keys.ts';
import { askedFile, versionIn, versionsOf } from '../file/versions.ts';
import type { Screen, ScreenStep } from '../screen.ts';
import { aboutLines } from './about-lines.ts';
import type { AboutState, AboutTypes } from './about-types.ts';

/** All that is known about a path. */
export const aboutScreen: Screen<AboutTypes> = {
	title: null,
	keys: closingKeys<AboutTypes['action'], 'about'>(
		'about',
		{ group: 'General', description: 'Close what is known about a path', action: { type: 'close' } },
		{ keys: { 'step-out': ['escape'], close: ['q', 'enter'], about: ['i'] }, hint: 'back' },
	),
	typed: () => null,
	update: (scene, action) => {
		const { state, size } = scene;
		switch (action.type) {
			case 'close':
				return { state: null, effects: [] };
			case 'digested':
				return { state: { ...state, digest: action.answer }, effects: [] };
			case 'move': {
				const total = aboutLines(scene).length;
				const window = { top: state.top, total, height: heightOf(size) };
				return { state: { ...state, top: scrollBy(window, action.step, action.direction) }, effects: [] };
			}
		}
	},
	frame: (scene) => {
		const { state, size, subject } = scene;
		const { columns } = size;
		const all = aboutLines(scene);
		const height = heightOf(size);
		const end = Math.min(all.length, state.top + height);
		const bar = scrollbar({ top: state.top, total: all.length, height });
		const facts = all.length > height ? `${state.top + 1}–${end} of ${all.length}` : '';
		const path = shownPath(subject.tree, state.node);
		return {
			lines: [
				titleLine({ name: `About ${path}`, facts }, columns, true),
				...all
					.slice(state.top, end)
					.map((line, index) => fitEnds(line.spans, [span(bar[index], 'rule')], columns)),
			],
			footer: fitEnds([span(` ${path}`)], [], columns),
		};
	},
};

function heightOf({ rows }: Size): number {
	return rows - FOOTER_ROWS - 1;
}

/** The screen on a path. The digest of a file is worked out. */
export function openAbout(
	{ tree }: Subject,
	{ node, layer }: FilePlace,
): ScreenStep<AboutTypes> & { readonly state: AboutState } {
	const versions = versionsOf(tree, node);
	const version = versions[versionIn(versions, layer)];
	if (version === undefined || version.kind !== 'file')
		return { state: { node, layer, digest: null, top: 0 }, effects: [] };
	return {
		state: { node, layer, digest: { kind: 'waiting' }, top: 0 },
		effects: [
			{
				type: 'request',
				kind: 'digest-file',
				ask: askedFile(tree, { node, version, isRevealed: true }),
				answered: (answer) => ({ type: 'digested', answer }),
			},
		],
	};
}
