import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import {
	type JsonReproducibility,
	reproducibilityJsonSchema,
} from '../../../source/report/diff/reproducible/json-schema.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { layerTar } from '../../support/archives/write-archive.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { runProgram } from '../run-program.ts';
import { app, type Build, builtArchive, packWithTime } from './reproducible-images.ts';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
const validators = [false, true].map((closed) => ajv.compile(reproducibilityJsonSchema({ closed })));

function parse(text: string): JsonReproducibility {
	const document: JsonReproducibility = JSON.parse(text);
	for (const validate of validators)
		assert.equal(validate(document), true, `Against the schema: ${JSON.stringify(validate.errors)}`);
	return document;
}

/** The same header, and other data behind it. */
function withSmallWindow(tar: Uint8Array): Uint8Array {
	const packed = Buffer.from(gzipSync(tar, { windowBits: 9 }));
	packed[9] = 3;
	return packed;
}

async function folderWith(t: TestContext, build: Build): Promise<string> {
	const folder = await temporaryFolder(t);
	await writeFile(join(folder, 'old.tar'), builtArchive());
	await writeFile(join(folder, 'new.tar'), builtArchive(build));
	return folder;
}

async function check(t: TestContext, build: Build): Promise<JsonReproducibility> {
	const folder = await folderWith(t, build);
	const flags = ['--reproducible', '--format', 'json'];
	const { status, stdout, stderr } = await runProgram(['diff', ...flags, 'old.tar', 'new.tar'], { folder });
	assert.deepEqual([status, stderr], [0, '']);
	return parse(stdout);
}

describe('fathom diff --reproducible as JSON', () => {
	test('says that two builds are the same', async (t) => {
		const { equal, old, new: newer, manifest, config, layer } = await check(t, {});
		t.assert.deepEqual([equal, old.reference, newer.reference], [true, 'old.tar', 'new.tar']);
		t.assert.deepEqual([manifest.equal, config.equal, layer], [true, true, null]);
	});

	test('names the layer, the entry and each field of its header that differs', async (t) => {
		const build = { created: '2023-11-14T22:14:20Z', top: app({ mtime: 1_700_000_060, uid: 7 }) };
		const { equal, config, layer } = await check(t, build);
		t.assert.equal(equal, false);
		t.assert.deepEqual(config.changes[0], {
			kind: 'field',
			field: 'created',
			name: null,
			step: null,
			layers: null,
			old: '2023-11-14T22:13:20Z',
			new: '2023-11-14T22:14:20Z',
		});
		t.assert.deepEqual([layer?.layerIndex, layer?.kind], [1, 'tar']);
		const first = layer?.firstDifference;
		t.assert.deepEqual([first?.kind, first?.path, first?.oldEntry], ['entry', 'app/main', 2]);
		t.assert.deepEqual(first?.fields, [
			{ field: 'uid', old: 0, new: 7 },
			{ field: 'mtime', old: 1_700_000_000, new: 1_700_000_060 },
		]);
		t.assert.deepEqual([first?.content, layer?.more], [null, []]);
	});

	test('gives the offset of the first byte that differs, and the bytes around it', async (t) => {
		const content = String.fromCharCode(...app()[2].content);
		const { layer } = await check(t, { top: app({}, content.replace('/build/one/', '/build/two/')) });
		const { causes, content: at, oldBytes, newBytes } = layer?.firstDifference ?? {};
		t.assert.deepEqual([causes, oldBytes, newBytes], [['content'], content.length, content.length]);
		t.assert.equal(at?.offset, content.indexOf('one/'));
		const start = at?.shownFrom ?? 0;
		t.assert.equal(at?.old, Buffer.from(content.slice(start, start + 16)).toString('hex'));
	});

	for (const [kind, build, fields] of [
		['gzip-header', { pack: packWithTime(1_700_000_060) }, ['mtime']],
		['compression', { pack: zstdCompressSync }, ['format']],
		['compressed-data', { pack: withSmallWindow }, []],
		['only', { top: [...app(), file('var/log/install.log', 'installed\n')] }, []],
		['order', { top: app().toReversed() }, []],
		['end', { top: Buffer.concat([layerTar(app()), Buffer.alloc(8 * 512)]) }, []],
	] as const satisfies readonly (readonly [string, Build, readonly string[]])[]) {
		test(`tells a difference of the kind ${kind}`, async (t) => {
			const first = (await check(t, build)).layer?.firstDifference;
			t.assert.equal(first?.kind, kind);
			t.assert.deepEqual(
				first?.fields.map(({ field }) => field),
				fields,
			);
		});
	}

	test('names a layer that one image alone has', async (t) => {
		const { layer, old, new: newer } = await check(t, { more: [[file('a', 'a')]] });
		t.assert.deepEqual([old.layerCount, newer.layerCount], [2, 3]);
		t.assert.deepEqual([layer?.kind, layer?.side, layer?.layerIndex], ['only', 'new', 2]);
	});

	test('is written to a file, beside the text for people in another one', async (t) => {
		const folder = await folderWith(t, { name: 'app:2' });
		const flags = ['--reproducible', '--json', 'check.json', '--output', 'check.txt'];
		const { status, stdout } = await runProgram(['diff', ...flags, 'old.tar', 'new.tar'], { folder });
		t.assert.deepEqual([status, stdout], [0, '']);
		t.assert.equal(parse(await readFile(join(folder, 'check.json'), 'utf8')).equal, true);
		t.assert.match(await readFile(join(folder, 'check.txt'), 'utf8'), /^The two builds are the same: /m);
	});

	test('is no markdown', async (t) => {
		const folder = await folderWith(t, {});
		const flags = ['--reproducible', '--format', 'markdown'];
		const { status, stderr } = await runProgram(['diff', ...flags, 'old.tar', 'new.tar'], { folder });
		const message = 'fathom: --format: with --reproducible, expected text or json, got "markdown".\n';
		t.assert.deepEqual([status, stderr], [2, message]);
	});
});

test('fathom diff --reproducible takes no PATH, and says what to do', async (t) => {
	const folder = await folderWith(t, {});
	const args = ['diff', '--reproducible', 'old.tar', 'new.tar', '/app/main'];
	const { status, stdout, stderr } = await runProgram(args, { folder });
	t.assert.deepEqual([status, stdout], [2, '']);
	t.assert.equal(
		stderr,
		'fathom: --reproducible compares whole images, and takes no PATH: /app/main.\n' +
			'try: Leave out the PATH; or, to see what differs in it, leave out --reproducible.\n',
	);
});
