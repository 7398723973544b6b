import { cellWidth } from '../../../../text/width.ts';
import { fitLine, spansWidth } from '../../cells.ts';
import type { DiffLine, LineMark } from '../../effects/file-requests.ts';
import type { Size } from '../../layout.ts';
import { type Line, type Span, type StyleName, span } from '../../line.ts';
import type { FileState, ShownDiff } from './file-state.ts';
import { isSideBySide, pageHeight } from './pages-of.ts';
import { shownText } from './rows/row-spans.ts';
import { withoutCells } from './rows/slice-spans.ts';

type Compared = Extract<ShownDiff, { readonly kind: 'compared' }>;

const styles: Readonly<Record<LineMark, StyleName>> = {
	' ': 'plain',
	'-': 'removed',
	'+': 'added',
	'@': 'rule',
};

/** The lines of a page of a diff. */
export function diffLines(
	{ diff, rows }: Compared,
	{ state, size }: { readonly state: FileState; readonly size: Size },
): readonly Line[] {
	const { row } = state.position;
	const end = row + pageHeight(size);
	const digits = digitsOf(diff.lines);
	if (diff.lines.length === 0)
		return [fitLine([span(` ${diff.remark ?? 'Both versions have the same content.'}`)], size.columns - 1)];
	if (!isSideBySide(size))
		return diff.lines
			.slice(row, end)
			.map((line) => lineOf(versionLine(line, 'newLine', { digits, left: state.left })));
	const half = Math.floor((size.columns - 2) / 2);
	return rows.slice(row, end).map(({ left, right }) => {
		const older = fitted(
			left === null ? [] : versionLine(left, 'oldLine', { digits, left: state.left }),
			half,
		);
		const newer = right === null ? [] : versionLine(right, 'newLine', { digits, left: state.left });
		return lineOf([...older, span('│', 'rule'), ...newer]);
	});
}

interface LineLayout {
	readonly digits: number;
	/** Cells left out at the left. */
	readonly left: number;
}

/** `number`: which of both numbers a line has where it has both. */
function versionLine(
	{ mark, text, oldLine, newLine }: DiffLine,
	number: 'oldLine' | 'newLine',
	{ digits, left }: LineLayout,
): readonly Span[] {
	if (mark === '@') return [span(`${' '.repeat(digits + 2)}@@ ${shownText(text)} @@`, 'rule')];
	const shown = (number === 'oldLine' ? (oldLine ?? newLine) : (newLine ?? oldLine)) ?? '';
	const style = styles[mark];
	const content = withoutCells([span(shownText(text), style)], left);
	return [span(`${String(shown).padStart(digits + 1)} `, 'faint'), span(`${mark} `, style), ...content];
}

function digitsOf(lines: readonly DiffLine[]): number {
	const last = lines.at(-1);
	return Math.max(3, cellWidth(String(Math.max(last?.oldLine ?? 0, last?.newLine ?? 0))));
}

function fitted(spans: readonly Span[], width: number): readonly Span[] {
	const { spans: cut } = fitLine(spans, width);
	return [...cut, span(' '.repeat(width - spansWidth(cut)))];
}

function lineOf(spans: readonly Span[]): Line {
	return { spans, highlight: 'none' };
}
