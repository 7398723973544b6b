import { fitEnds, fitLine, padEnd } from '../cells.ts';
import { keyLabel } from '../key-binding.ts';
import { keyGroups, keymapOf } from '../keymap.ts';
import { FOOTER_ROWS, type Size } from '../layout.ts';
import { type Line, type Span, span } from '../line.ts';
import { type Step, scrollBy } from '../list-window.ts';
import type { SubjectKind } from '../subject.ts';
import type { HelpSection } from '../views/view.ts';
import { views, viewsOf } from '../views/views.ts';

/** The help, shown instead of the view. */
export interface HelpOverlay {
	readonly kind: 'help';
	/** The first visible line. */
	readonly top: number;
}

/** What the help is about, and where it is shown. */
export interface HelpPlace {
	readonly size: Size;
	readonly kind: SubjectKind;
}

const KEYS_WIDTH = 22;

/** The visible lines of the help, and the footer line that says which lines they are. */
export function helpFrame(
	{ top }: HelpOverlay,
	place: HelpPlace,
): { readonly lines: readonly Line[]; readonly footer: Line } {
	const { size } = place;
	const all = helpLines(size.columns, place.kind);
	const end = Math.min(all.length, top + heightOf(size));
	const position = span(`${top + 1}–${end} of ${all.length} `, 'faint');
	return {
		lines: all.slice(top, end),
		footer: fitEnds([span(' Keys', 'strong')], [position], size.columns),
	};
}

export function scrollHelp(
	{ top }: HelpOverlay,
	{ size, kind }: HelpPlace,
	{ step, direction }: { readonly step: Step; readonly direction: 1 | -1 },
): HelpOverlay {
	const window = { top, total: helpLines(size.columns, kind).length, height: heightOf(size) };
	return { kind: 'help', top: scrollBy(window, step, direction) };
}

/** All lines of the help: every key that works on what is shown, then the signs that its views explain. */
export function helpLines(width: number, kind: SubjectKind): readonly Line[] {
	const groups = keyGroups
		.map((group) => ({ group, rows: groupRows(group, kind) }))
		.filter(({ rows: keys }) => keys.length > 0);
	const rows = [
		...groups.flatMap(({ group, rows: keys }) => [[span(group, 'strong')], ...keys, []]),
		...viewsOf(kind).flatMap((id, index) => [...(index === 0 ? [] : [[]]), ...sectionRows(views[id].help)]),
	];
	return rows.map((spans) => fitLine([span(' '), ...spans], width));
}

function heightOf({ rows }: Size): number {
	return rows - FOOTER_ROWS;
}

function groupRows(group: string, kind: SubjectKind): readonly (readonly Span[])[] {
	return keymapOf(kind)
		.filter((binding) => binding.group === group)
		.map(({ keys, description }) => [
			span(padEnd(`  ${keys.map(keyLabel).join(' ')}`, KEYS_WIDTH), 'key'),
			span(description),
		]);
}

function sectionRows({ title, rows }: HelpSection): readonly (readonly Span[])[] {
	return [
		[span(title, 'strong')],
		...rows.map(({ sign, style, meaning }) => [span(padEnd(`  ${sign}`, KEYS_WIDTH), style), span(meaning)]),
	];
}
