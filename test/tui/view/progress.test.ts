import { describe, type TestContext, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { progressLines } from '../../../source/tui/model/frame/progress-lines.ts';
import { keymap } from '../../../source/tui/model/keymap.ts';
import type { ReadingImage } from '../../../source/tui/model/reading.ts';
import { paintLine } from '../../../source/tui/view/lines/paint-line.ts';
import { plainTheme } from '../../../source/tui/view/themes/own-colours.ts';

function checkLines(t: TestContext, name: string, ...images: readonly ReadingImage[]): void {
	const lines = progressLines({ images }, { columns: 80, rows: 24 }, keymap).map((line) =>
		stripVTControlCharacters(paintLine(line, plainTheme).trimEnd()),
	);
	t.assert.equal(lines.length, 24);
	t.assert.fileSnapshot(`${lines.join('\n')}\n`, `snapshots/tui/${name}.txt`, { serializers: [String] });
}

describe('the screen while an image is read', () => {
	test('shows how far reading is', (t) => {
		checkLines(t, 'reading', {
			reference: 'registry/app.tar',
			progress: { phase: 'layers', layersDone: 3, layersTotal: 7, bytesDone: 1.5e9, bytesTotal: 3.75e9 },
			waiting: null,
			elapsedSeconds: 2.5,
			isDone: false,
		});
	});

	test('shows how far reading a stream of unknown length is', (t) => {
		checkLines(t, 'reading-stream', {
			reference: '-',
			progress: { phase: 'layers', layersDone: 1, layersTotal: null, bytesDone: 4.2e8, bytesTotal: null },
			waiting: null,
			elapsedSeconds: 1.4,
			isDone: false,
		});
	});

	test('shows for what reading waits', (t) => {
		checkLines(t, 'reading-waits', {
			reference: 'ghcr.io/team/app:1',
			progress: null,
			waiting: 'Waiting for docker-credential-pass, which keeps the credentials for ghcr.io.',
			elapsedSeconds: 1,
			isDone: false,
		});
	});

	test('shows how far each of two images is, and for what one of them waits', (t) => {
		const progress = {
			phase: 'layers',
			layersDone: 3,
			layersTotal: 7,
			bytesDone: 1.5e9,
			bytesTotal: 3.75e9,
		} as const;
		const older = {
			reference: 'registry/app:1.0',
			progress,
			waiting: null,
			elapsedSeconds: 2.5,
			isDone: false,
		};
		const newer = {
			reference: 'app.tar',
			progress: { ...progress, bytesDone: 3e9 },
			waiting: null,
			elapsedSeconds: 2.5,
			isDone: false,
		};
		checkLines(t, 'reading-two', older, newer);
		checkLines(
			t,
			'reading-second',
			{ ...older, isDone: true },
			{ ...newer, waiting: 'Waiting for the engine.' },
		);
		checkLines(t, 'comparing-two', { ...older, isDone: true }, { ...newer, isDone: true });
	});
});
