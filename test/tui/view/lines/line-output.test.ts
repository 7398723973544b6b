import { describe, test } from 'node:test';
import graphemes from '@xterm/addon-unicode-graphemes';
import headless from '@xterm/headless';
import type { Frame } from '../../../../source/tui/model/frame/frame.ts';
import { frameOf } from '../../../../source/tui/model/frame/frame.ts';
import type { Size } from '../../../../source/tui/model/layout.ts';
import type { Line } from '../../../../source/tui/model/line.ts';
import { LineOutput } from '../../../../source/tui/view/lines/line-output.ts';
import { paintLine } from '../../../../source/tui/view/lines/paint-line.ts';
import { ownColourTheme } from '../../../../source/tui/view/themes/own-colours.ts';
import { file } from '../../../support/archives/tar-entry.ts';
import { explore, openLayers, openSample } from '../../support/scenario.ts';

type Output = Pick<LineOutput, 'write' | 'get'>;

/** Ink's own class, for which the package has no public name. */
const inkOutput = new URL('../../../../node_modules/ink/build/output.js', import.meta.url).href;
const { default: InkOutput }: { default: new (size: { width: number; height: number }) => Output } =
	await import(inkOutput);

describe('a frame written line by line', () => {
	for (const size of [
		{ columns: 80, rows: 24 },
		{ columns: 200, rows: 60 },
	]) {
		test(`looks as Ink's own class writes it, at ${size.columns}x${size.rows}`, async (t) => {
			const explorer = explore(await openSample(), size).press('j', 'j', 'tab', 'tab', 'enter', 'j');
			await looksTheSame(t, frameOf(explorer.state), size);
		});
	}

	test('looks the same with names of wide letters, and of letters that join', async (t) => {
		const size = { columns: 80, rows: 24 };
		const image = await openLayers([
			file('日本語のファイル', 'x'),
			file('नमस्ते', 'y'),
			file('👩‍👩‍👧', 'z'),
			file('e\u0301', ''),
		]);
		await looksTheSame(t, frameOf(explore(image, size).press('tab', 'tab').state), size);
	});

	test('keeps the spaces of a row that have a look, and no others', (t) => {
		const output = new LineOutput({ width: 9, height: 2 });
		output.write(2, 0, 'a \nb', {
			transformers: [(line, index) => (index === 0 ? `\u001B[7m${line}\u001B[27m` : line)],
		});
		output.write(0, 1, 'x ', { transformers: [] });
		t.assert.deepEqual(output.get(), { output: '  \u001B[7ma \u001B[27m\nx b', height: 2 });
	});
});

async function looksTheSame(
	{ assert }: { readonly assert: Pick<typeof import('node:assert'), 'deepEqual'> },
	frame: Frame,
	size: Size,
): Promise<void> {
	const ours = await cellsOf(write(new LineOutput({ width: size.columns, height: size.rows }), frame), size);
	const inks = await cellsOf(write(new InkOutput({ width: size.columns, height: size.rows }), frame), size);
	assert.deepEqual(ours, inks);
}

/** Writes a frame as its view has it written. */
function write(output: Output, { columns, footer }: Frame): string {
	let x = 0;
	for (const { lines, width } of columns) {
		writeLines(output, lines, { x, y: 0 });
		x += width;
	}
	writeLines(output, footer, { x: 0, y: columns[0].lines.length });
	return output.get().output;
}

function writeLines(
	output: Output,
	lines: readonly Line[],
	{ x, y }: { readonly x: number; readonly y: number },
): void {
	output.write(x, y, Array(lines.length).fill(' ').join('\n'), {
		transformers: [(_, index) => paintLine(lines[index], ownColourTheme)],
	});
}

/** Every cell of a terminal that shows the output: what is in it, and how it looks. */
async function cellsOf(output: string, { columns, rows }: Size): Promise<readonly string[]> {
	const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
	terminal.loadAddon(new graphemes.UnicodeGraphemesAddon());
	await new Promise<void>((resolve) => terminal.write(output.replaceAll('\n', '\r\n'), resolve));
	return Array.from({ length: rows }, (_, row) => {
		const line = terminal.buffer.active.getLine(row);
		return Array.from({ length: columns }, (_unused, column) => {
			const cell = line?.getCell(column);
			const looks = [cell?.getFgColor(), cell?.isBold(), cell?.isDim(), cell?.isInverse()].map(Number);
			return `${cell?.getChars() || ' '}${looks.join(',')}`;
		}).join(' ');
	});
}
