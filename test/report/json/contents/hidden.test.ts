import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { ByteStream } from '../../../../source/report/byte-stream.ts';
import {
	deleted as deletedSchema,
	secrets as secretsSchema,
} from '../../../../source/report/json/contents/content-schemas.ts';
import { deletedJson, secretsJson } from '../../../../source/report/json/contents/hidden.ts';
import { JsonWriter } from '../../../../source/report/json/json-writer.ts';
import { examples } from '../../../facts/secrets/examples.ts';
import { file, hardLink, whiteout } from '../../../support/archives/tar-entry.ts';
import { loadLayers } from '../../../support/load-layers.ts';

const { secret: key } = examples['private-key'];

test('the JSON report lists deleted files and secrets, without a value, and keeps to its schema', async () => {
	const layers = [
		[file('key', key.content), file('a"b', 'xx'), file('own', key.content), hardLink('other', 'own')],
		[whiteout('key'), whiteout('a"b'), whiteout('own')],
	];
	await loadLayers(layers, async ({ tree, details }) => {
		const secrets = await details.secrets();
		const deleted = await details.deleted();
		const chunks: Buffer[] = [];
		const stream = new ByteStream({
			write: async (bytes: Uint8Array) => void chunks.push(Buffer.from(bytes)),
		});
		const json = new JsonWriter(stream);
		await json.object(null, async () => {
			await deletedJson(json, tree, deleted);
			await secretsJson(json, tree, secrets);
		});
		await stream.end();
		const text = Buffer.concat(chunks).toString('utf8');
		assert.ok(!text.includes(String(key.value)));
		const part = z
			.strictObject({
				deleted: deletedSchema,
				secrets: secretsSchema,
				secretsNotReadInLayers: z.array(z.int()),
			})
			.parse(JSON.parse(text));
		const found = [{ kind: 'private-key', lines: [2] }];
		assert.deepEqual(part.deleted, [
			{
				path: 'key',
				bytes: key.content.length,
				layerIndex: 0,
				removedBy: 1,
				cause: 'removed',
				secrets: ['private-key'],
			},
			{ path: 'a"b', bytes: 2, layerIndex: 0, removedBy: 1, cause: 'removed', secrets: [] },
		]);
		assert.deepEqual(part.secrets, [
			{
				path: 'key',
				layers: [0],
				secrets: found,
				visiblePath: null,
				removedBy: 1,
				isLikelyExample: false,
			},
			{
				path: 'own',
				layers: [0],
				secrets: found,
				visiblePath: 'other',
				removedBy: null,
				isLikelyExample: false,
			},
		]);
		assert.deepEqual(part.secretsNotReadInLayers, []);
	});
});
