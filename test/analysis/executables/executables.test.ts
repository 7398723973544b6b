import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { pathOf } from '../../../source/filetree/paths.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { file, hardLink, symlink, whiteout } from '../../support/archives/tar-entry.ts';
import { dockerArchive, ociArchive } from '../../support/archives/write-archive.ts';
import { elfFile } from '../../support/facts/elf-file.ts';
import { factData } from '../../support/facts/facts.ts';
import { type LoadOptions, loadImage } from '../../support/load-image.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const run = { mode: 0o755 };
const program = gunzipSync(factData('c-program.gz'));
const layers = [
	[
		file('bin/a', program, run),
		hardLink('bin/b', 'bin/a', run),
		symlink('bin/c', 'a'),
		file('bin/gone', program, run),
		file('run', '#!/bin/a\n', run),
	],
	[whiteout('bin/gone'), file('run', '#!/bin/b -x\n', run), file('lib/x.so', elfFile({ type: 3 }))],
];

async function described({ tree, details }: ImageSession) {
	const { byNode, unreadLayers } = await details.executables();
	return {
		unreadLayers,
		files: [...byNode].map(([node, { fact, layerIndex, isFirstName }]) => [
			pathOf(tree, node),
			fact.kind === 'elf' ? fact.needed : `${fact.interpreter} ${fact.argument}`,
			layerIndex,
			isFirstName,
		]),
	};
}

test('what can be run is the same from an archive, packed layers and a stream', async (t) => {
	const path = join(await temporaryFolder(t), 'image.tar');
	const stream = (archive: Uint8Array): LoadOptions => ({
		facts: ['executables'],
		stdin: Readable.from([archive], { objectMode: false }),
	});
	const ways: readonly (readonly [Uint8Array, LoadOptions | null])[] = [
		[dockerArchive([{ layers }]), null],
		[ociArchive([{ layers }], 'gzip'), null],
		[ociArchive([{ layers }], 'zstd'), { facts: ['executables'] }],
		[dockerArchive([{ layers }]), stream(dockerArchive([{ layers }]))],
	];
	for (const [archive, options] of ways) {
		await writeFile(path, archive);
		const session = await loadImage(options?.stdin ? '-' : path, options ?? {});
		assert.deepEqual(await described(session), {
			unreadLayers: [],
			files: [
				['bin/a', ['libm.so.6', 'libc.so.6'], 0, true],
				['bin/b', ['libm.so.6', 'libc.so.6'], 0, false],
				['lib/x.so', [], 1, true],
				['run', '/bin/b -x', 1, true],
			],
		});
		await session.close();
	}
});

test('a program that is cut off is one warning, and the others stand', async (t) => {
	const path = join(await temporaryFolder(t), 'image.tar');
	const cut = file('bin/cut', program.subarray(0, 9000), run);
	await writeFile(path, dockerArchive([{ layers: [[cut, file('bin/a', program, run)]] }]));
	const session = await loadImage(path);
	const { byNode } = await session.details.executables();
	const warnings = await session.details.warnings(['executables']);
	await session.close();
	assert.equal(byNode.size, 1);
	assert.deepEqual(
		warnings.map(({ code, example, count }) => ({ code, example, count })),
		[{ code: 'content-not-readable', example: 'bin/cut', count: 1 }],
	);
});
