import { padEnd } from '../../../source/tui/model/cells.ts';
import { type Frame, frameOf } from '../../../source/tui/model/frame/frame.ts';
import { nothingKnown } from '../../../source/tui/model/image-details.ts';
import { pressKey } from '../../../source/tui/model/keys.ts';
import type { Size } from '../../../source/tui/model/layout.ts';
import { type Line, lineText } from '../../../source/tui/model/line.ts';
import type { OpenedImage } from '../../../source/tui/model/opened-image.ts';
import { initialState } from '../../../source/tui/model/shown/show-subject.ts';
import { stateIn } from '../../../source/tui/model/shown/shown-view.ts';
import type { ExplorerState } from '../../../source/tui/model/state.ts';
import type { Subject } from '../../../source/tui/model/subject.ts';
import type { LayersState } from '../../../source/tui/model/views/layers/layers-state.ts';
import type { TarEntry } from '../../support/archives/tar-entry.ts';
import { loadImage } from '../../support/load-image.ts';
import { loadLayers } from '../../support/load-layers.ts';

/** Keys pressed on an image, and what the screen then shows. */
export interface Scenario {
	/** Presses keys one after the other: names as in the keymap, or characters. */
	press(...keys: readonly string[]): Scenario;
	/** Types a text character by character. */
	type(text: string): Scenario;
	readonly state: ExplorerState;
	/** The state of the view on the files of one image. */
	readonly layersState: LayersState;
	/** The rows of the left column: the layers below the names of their columns, the details of the layer, then those of the file. */
	left(): readonly string[];
	/** The rows of the file tree below its title, without the empty ones at the end. */
	files(): readonly string[];
	/** The names in the file tree, two spaces a level, with the letters of their changes. */
	tree(): readonly string[];
	title(): string;
	/** The line that says where the user is, and the one with the keys. */
	footer(): readonly string[];
	/** All rows of the screen, without the spaces at their ends. */
	screen(): readonly string[];
}

/** The sample image of the package. */
export async function openSample(): Promise<OpenedImage> {
	return opened('sample/image.tar', await loadImage('sample/image.tar', {}));
}

/** An image of these layers, read from a real archive. */
export async function openLayers(...layers: readonly (readonly TarEntry[])[]): Promise<OpenedImage> {
	return opened('image.tar', await loadLayers(layers));
}

export function opened(
	reference: string,
	{ image, tree, figures }: Awaited<ReturnType<typeof loadImage>>,
): OpenedImage {
	const { foundIn, sourceKind, description, warnings, notices, instructions = [] } = image;
	return {
		kind: 'image',
		reference,
		foundIn,
		isContainer: sourceKind === 'container',
		description,
		instructions,
		tree,
		figures,
		warnings,
		notices,
		stage: { kind: 'complete' },
		details: nothingKnown,
	};
}

export function explore(image: Subject, size: Size = { columns: 120, rows: 40 }): Scenario {
	return scenarioOf(initialState(image, size));
}

/** With everything in the tree, by name. */
export function exploreByName(image: Subject, size?: Size): Scenario {
	return explore(image, size).press('s', 'c');
}

export function scenarioOf(state: ExplorerState): Scenario {
	const column = (id: string) => texts(frameOf(state).columns.find((each) => each.id === id)?.lines ?? []);
	return {
		state,
		get layersState() {
			return stateIn(state, 'layers');
		},
		press: (...keys) => scenarioOf(keys.reduce(pressKey, state)),
		type: (text) => scenarioOf([...text].reduce(pressKey, state)),
		left: () => column('left'),
		files: () => rowsOf(column('right')),
		tree: () => rowsOf(column('right')).flatMap(nameOfRow),
		title: () => column('right')[0],
		footer: () => texts(frameOf(state).footer),
		screen: () => screenOf(frameOf(state)),
	};
}

function screenOf({ heading, columns, footer }: Frame): readonly string[] {
	const rows = columns[0].lines.map((_, row) =>
		columns
			.map(({ lines, width }) => padEnd(lineText(lines[row]), width))
			.join('')
			.trimEnd(),
	);
	return [...texts(heading), ...rows, ...texts(footer)];
}

function texts(lines: readonly Line[]): readonly string[] {
	return lines.map((line) => lineText(line).trimEnd());
}

/** The rows below a title and the names of columns, without the scrollbar. */
function rowsOf(lines: readonly string[]): readonly string[] {
	return withoutEmptyEnd(lines.slice(2).map((line) => line.replace(/ *[▲┃│▼]$/, '')));
}

function withoutEmptyEnd(lines: readonly string[]): readonly string[] {
	return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
}

/** `❯A   18 kB           18 kB   0:0 ├─▸ name/` as `❯A ▸ name`, indented by its level. */
function nameOfRow(row: string): readonly string[] {
	const parts = /^(..) .{7} .{7} .{7} +(?:\S{10} +)?\S+:\S+ ((?:[│ ] )*(?:[├└]─[─▸▾] |[▸▾ ] ))(.*)$/.exec(
		row,
	);
	if (parts === null) return [];
	const [, mark, guides, name] = parts;
	const sign = guides.at(-2) === '─' ? ' ' : guides.at(-2);
	const plain = name.replace(/ {2}(?:from |shipped |lost |other ).*$/, '').replace(/\/$/, '');
	return [`${mark} ${' '.repeat(guides.length - 2)}${sign} ${plain}`.trimEnd()];
}
