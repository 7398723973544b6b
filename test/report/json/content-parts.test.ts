import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { workOutLedger } from '../../../source/analysis/ledger/work-out-ledger.ts';
import { ByteStream } from '../../../source/report/byte-stream.ts';
import * as schemas from '../../../source/report/json/contents/content-schemas.ts';
import { copiesJson } from '../../../source/report/json/contents/copies.ts';
import { ledgerJson } from '../../../source/report/json/contents/ledger.ts';
import { JsonWriter } from '../../../source/report/json/json-writer.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { finish } from '../../../source/steps.ts';
import { file, whiteout } from '../../support/archives/tar-entry.ts';
import { loadLayers } from '../../support/load-layers.ts';

/** What a part of the report holds, read back. */
async function written(write: (json: JsonWriter) => void | Promise<void>): Promise<Record<string, unknown>> {
	const chunks: Buffer[] = [];
	const stream = new ByteStream({
		write: async (bytes: Uint8Array) => {
			chunks.push(Buffer.from(bytes));
		},
	});
	const json = new JsonWriter(stream);
	await json.object(null, () => write(json));
	await stream.end();
	return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

const layers = [
	[file('a/x', 'xx'), file('b/x', 'xx'), file('a/"', 'yyyy'), file('b/"', 'yyyy'), file('c', 'xx')],
	[file('gone', 'x')],
	[whiteout('gone')],
];

async function onImage(use: (session: ImageSession) => Promise<void>): Promise<void> {
	await loadLayers(layers, use);
}

describe('a part of the JSON report', () => {
	test('lists all copies, and keeps to its schema', async () => {
		await onImage(async ({ tree, copies }) => {
			const found = await copies.ask(1);
			const part = await written((json) => copiesJson(json, { tree, copies: found }));
			assert.deepEqual(schemas.copies.strict().parse(part.copies), {
				fromBytes: 1,
				savedBytes: 8,
				unreadLayers: [],
				unknownFiles: 0,
				groups: [
					{ type: 'folder', savedBytes: 6, copyBytes: 6, files: 2, paths: ['a', 'b'] },
					{ type: 'file', savedBytes: 2, copyBytes: 2, files: 1, paths: ['a/x', 'c'] },
				],
			});
		});
	});

	test('has the ledger, and keeps to its schema', async () => {
		await onImage(async ({ tree, figures }) => {
			const ledger = finish(workOutLedger({ tree, figures, isFromRegistry: false }));
			const part = await written((json) => ledgerJson(json, ledger));
			const { rows, hardLinks, known } = schemas.ledger.strict().parse(part.ledger);
			assert.equal(rows[0].fromBytes, figures.storedBytes);
			assert.equal(rows.at(-1)?.toBytes, figures.liveBytes);
			assert.deepEqual(hardLinks, { names: 0, savedBytes: 0 });
			assert.deepEqual(
				known.map(({ name, isApproximate }) => [name, isApproximate]),
				[
					['registry', false],
					['docker', false],
					['docker-containerd', true],
					['podman', true],
					['dive', false],
				],
			);
		});
	});
});
