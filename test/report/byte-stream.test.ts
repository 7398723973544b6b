import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ByteStream } from '../../source/report/byte-stream.ts';

const ROW = `${'r'.repeat(99)}\n`;

async function writeRows(stream: ByteStream, count: number): Promise<void> {
	for (let row = 0; row < count; row++) {
		if (stream.isFull) await stream.flush();
		stream.buffer.appendText(ROW);
	}
	await stream.end();
}

describe('a stream of bytes', () => {
	test('hands over chunks of a bounded size, however long the whole is', async (t) => {
		const sizes: number[] = [];
		await writeRows(
			new ByteStream({
				write: async (bytes) => {
					sizes.push(bytes.length);
				},
			}),
			50_000,
		);
		t.assert.equal(
			sizes.reduce((sum, size) => sum + size),
			50_000 * ROW.length,
		);
		t.assert.equal(Math.max(...sizes) < 256 * 1024, true);
		t.assert.equal(Math.min(...sizes.slice(0, -1)) > 64 * 1024, true);
	});

	test('waits for a slow sink, and does not overwrite bytes that it has not taken', async (t) => {
		let writing = 0;
		let busiest = 0;
		let text = '';
		const slow = {
			write: async (bytes: Uint8Array) => {
				busiest = Math.max(busiest, ++writing);
				await nextTurn();
				text += Buffer.from(bytes).toString('latin1');
				writing -= 1;
			},
		};
		await writeRows(new ByteStream(slow), 10_000);
		t.assert.equal(busiest, 1);
		t.assert.equal(text === ROW.repeat(10_000), true);
	});

	test('fails when the sink does', async (t) => {
		const failing = { write: () => Promise.reject(new Error('no space')) };
		await t.assert.rejects(writeRows(new ByteStream(failing), 10_000), /no space/);
		await t.assert.rejects(writeRows(new ByteStream(failing), 1), /no space/);
	});
});
