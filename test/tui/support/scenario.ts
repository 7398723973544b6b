import { padEnd } from '../../../source/tui/model/cells.ts';
import { type Frame, frameOf } from '../../../source/tui/model/frame/frame.ts';
import { pressKey } from '../../../source/tui/model/keys.ts';
import type { Size } from '../../../source/tui/model/layout.ts';
import { type Line, lineText } from '../../../source/tui/model/line.ts';
import type { OpenedImage } from '../../../source/tui/model/opened-image.ts';
import { initialState } from '../../../source/tui/model/show-subject.ts';
import { stateIn } from '../../../source/tui/model/shown-view.ts';
import type { ExplorerState } from '../../../source/tui/model/state.ts';
import type { Subject } from '../../../source/tui/model/subject.ts';
import type { FilesState } from '../../../source/tui/model/views/files/files-state.ts';
import { loadImage } from '../../support/load-image.ts';
import { loadLayers } from '../../support/load-layers.ts';
import type { TarEntry } from '../../support/tar-entry.ts';

/** Keys pressed on an image, and what the screen then shows. */
export interface Scenario {
	/** Presses keys one after the other: names as in the keymap, or characters. */
	press(...keys: readonly string[]): Scenario;
	/** Types a text character by character. */
	type(text: string): Scenario;
	readonly state: ExplorerState;
	/** The state of the view on the files of one image. */
	readonly filesState: FilesState;
	/** The rows of the left column: the layers, then the details, each below its title. */
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
	const { foundIn, description, warnings, notices } = image;
	return {
		kind: 'image',
		reference,
		foundIn,
		description,
		tree,
		figures,
		warnings,
		notices,
		stage: { kind: 'complete' },
	};
}

export function explore(image: Subject, size: Size = { columns: 120, rows: 40 }): Scenario {
	return scenarioOf(initialState(image, size));
}

export function scenarioOf(state: ExplorerState): Scenario {
	const column = (id: string) => texts(frameOf(state).columns.find((each) => each.id === id)?.lines ?? []);
	return {
		state,
		get filesState() {
			return stateIn(state, 'files');
		},
		press: (...keys) => scenarioOf(keys.reduce(pressKey, state)),
		type: (text) => scenarioOf([...text].reduce(pressKey, state)),
		left: () => column('left'),
		files: () => withoutEmptyEnd(column('right').slice(1)),
		tree: () => withoutEmptyEnd(column('right').slice(1)).map(nameOfRow),
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

function withoutEmptyEnd(lines: readonly string[]): readonly string[] {
	return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
}

/** `❯A drwxr-xr-x 0:0  18 kB ├─▸ name` as `❯A ▸ name`, indented by its level. */
function nameOfRow(row: string): string {
	const parts = /^(..) \S+ +\S+ +[\d.]+ \S+ ((?:[│ ] )*(?:[├└]─[─▸▾] |[▸▾ ] ))(.*)$/.exec(row);
	if (parts === null) return row;
	const [, mark, guides, name] = parts;
	const sign = guides.at(-2) === '─' ? ' ' : guides.at(-2);
	return `${mark} ${' '.repeat(guides.length - 2)}${sign} ${name}`.trimEnd();
}
