import { type ImageAtHand, isSameImage, labelOf } from '../../../image/at-hand/image-at-hand.ts';
import { formatBytes } from '../../../text/bytes.ts';
import { escapeForTerminal } from '../../../text/escape.ts';
import { type KeyOf, keysIn } from '../bindings/key-labels.ts';
import { fitEnds, fitLine, padEnd, padStart } from '../cells.ts';
import { fillLines } from '../frame/frame-column.ts';
import { cursorMark, highlightOf } from '../frame/highlight.ts';
import { hintLine } from '../frame/hint-line.ts';
import { titleLine } from '../frame/title-line.ts';
import type { Keymap } from '../keymap.ts';
import { commandHints, type FooterHint } from '../keys.ts';
import { FOOTER_ROWS, type Size } from '../layout.ts';
import { type Line, span } from '../line.ts';
import { topOf } from '../list-window.ts';
import { type HelpState, helpFrame } from '../screens/help/help-screen.ts';
import { cursorIndex, type HomeState, homeCount, homeHeight, homeRows } from './home-state.ts';

export const placeNames: Readonly<Record<ImageAtHand['place'], string>> = {
	recent: 'recent',
	folder: 'here',
	docker: 'Docker',
	podman: 'Podman',
	containerd: 'containerd',
	beside: '',
};

const PLACE_CELLS = 10;
/** Of a platform. */
const DETAIL_CELLS = 14;
const SIZE_CELLS = 8;
const AGE_CELLS = 14;

/** The images at hand: exactly as many lines as the screen has rows. */
export function homeLines(state: HomeState, size: Size, keymap: Keymap): readonly Line[] {
	if (state.help !== null) return helpOverHome(state.help, size, keymap);
	const { columns, rows: screenRows } = size;
	const rows = homeRows(state);
	const height = homeHeight(size);
	const index = cursorIndex(rows, state);
	const top = topOf({ total: rows.length, height, index, line: state.line });
	const shown =
		rows.length === 0
			? emptyLines(state, keysIn(keymap, 'home')).map((text) => fitLine([span(`  ${text}`)], columns))
			: rows
					.slice(top, top + height)
					.map((image, line) => imageLine(image, top + line === index, state, columns));
	const blank = fitLine([], columns);
	const list = Array.from({ length: height }, (_, line) => shown[line] ?? blank);
	const lines = [
		titleOf(state, rows.length, columns),
		...list,
		footer(state, rows, columns),
		hintLine(hintsOf(state, keymap), columns),
	];
	return lines.slice(-screenRows);
}

/** The keys that the last line names. Of those of a prompt, the ones that mean something here. */
function hintsOf({ isTyping, filter }: HomeState, keymap: Keymap): readonly FooterHint[] {
	if (isTyping)
		return commandHints(keymap, 'prompt').filter(
			({ action: { type } }) => type === 'keep-filter' || type === 'clear-filter' || type === 'move',
		);
	return commandHints(keymap, 'home').filter(({ filterOnly }) => !filterOnly || filter.text !== '');
}

function helpOverHome(help: HelpState, size: Size, keymap: Keymap): readonly Line[] {
	const { lines, footer } = helpFrame(help, size);
	const shown = fillLines(lines, size.columns, size.rows - FOOTER_ROWS);
	return [...shown, footer, hintLine(commandHints(keymap, 'help'), size.columns)].slice(-size.rows);
}

function titleOf(
	{ within, asked, images, order, isReversed, marked }: HomeState,
	count: number,
	columns: number,
): Line {
	const total = homeCount({ images });
	const number = count === total ? `${count}` : `${count} of ${total}`;
	const waiting = asked.filter((place) => place !== 'recent').map((place) => placeNames[place]);
	const facts = [
		...(marked === null ? [] : [`marked ${escapeForTerminal(labelOf(marked))}`]),
		...(waiting.length === 0 ? [] : [`asking ${waiting.join(', ')}`]),
		`by ${order}${isReversed ? ', reversed' : ''}`,
		number,
	];
	return titleLine(
		{
			name: within === null ? 'Images at hand' : `Images of ${escapeForTerminal(within)}`,
			facts: facts.join(' ─ '),
		},
		columns,
		true,
	);
}

function imageLine(
	image: ImageAtHand,
	isSelected: boolean,
	{ nowSeconds, marked }: HomeState,
	columns: number,
): Line {
	const focus = { isSelected, isFocused: true };
	const placeCells = image.place === 'beside' ? DETAIL_CELLS : PLACE_CELLS;
	const nameCells = Math.max(8, columns - placeCells - SIZE_CELLS - AGE_CELLS - 7);
	const isMarked = marked !== null && isSameImage(marked, image);
	const place = image.place === 'beside' ? escapeForTerminal(image.detail ?? '') : placeNames[image.place];
	const name = padEnd(escapeForTerminal(image.name), nameCells, 'middle');
	const size = padStart(image.bytes === null ? '' : formatBytes(image.bytes), SIZE_CELLS);
	const age = padStart(image.seconds === null ? '' : ageText(nowSeconds - image.seconds), AGE_CELLS);
	const spans = [
		cursorMark(focus),
		span(isMarked ? 'm ' : '  ', 'key'),
		span(name, 'strong'),
		span(` ${padEnd(place, placeCells)}`, 'faint'),
		span(` ${size}`),
		span(` ${age} `, 'faint'),
	];
	return fitLine(spans, columns, highlightOf(focus));
}

const units: readonly (readonly [seconds: number, name: string])[] = [
	[365 * 86_400, 'year'],
	[30 * 86_400, 'month'],
	[7 * 86_400, 'week'],
	[86_400, 'day'],
	[3600, 'hour'],
	[60, 'minute'],
];

/** How long ago something was, in its largest unit: `3 weeks ago`. */
export function ageText(seconds: number): string {
	for (const [length, name] of units) {
		const count = Math.floor(seconds / length);
		if (count >= 1) return `${count} ${name}${count === 1 ? '' : 's'} ago`;
	}
	return 'just now';
}

/** What an empty list means, and what to try. */
function emptyLines({ images, asked, filter }: HomeState, keyOf: KeyOf): readonly string[] {
	if (images.length > 0)
		return [
			'',
			`No image has "${escapeForTerminal(filter.text)}" in its name. ${keyOf('step-out')} shows all.`,
		];
	if (asked.length > 0) return ['', 'Looking for images.'];
	return [
		'',
		'No engine that answers has images, and this folder has none.',
		'',
		'Try one of these:',
		'  fathom demo                  the sample image',
		'  fathom nginx:1.27            an image of a registry',
		'  docker save app -o app.tar   then: fathom app.tar',
		'  fathom --help                everything else',
	];
}

function rowText(image: ImageAtHand | undefined): string {
	return image === undefined ? '' : labelOf(image);
}

function footer(state: HomeState, rows: readonly ImageAtHand[], columns: number): Line {
	const index = cursorIndex(rows, state);
	const position = rows.length === 0 ? '' : `${index + 1} of ${rows.length} `;
	if (state.isTyping) {
		const { text, cursor } = state.filter;
		const typed = [
			span(` /${escapeForTerminal(text.slice(0, cursor))}`),
			span('▏', 'caret'),
			span(escapeForTerminal(text.slice(cursor))),
		];
		return fitEnds(typed, [span(position, 'faint')], columns);
	}
	const filter = state.filter.text === '' ? '' : `/${escapeForTerminal(state.filter.text)}  `;
	const said = state.message ?? rowText(rows[index]);
	const style = state.message === null ? 'plain' : 'warning';
	return fitEnds(
		[span(` ${filter}`, 'key'), span(escapeForTerminal(said), style)],
		[span(position, 'faint')],
		columns,
	);
}
