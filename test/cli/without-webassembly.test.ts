import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { directory, file, symlink } from '../support/archives/tar-entry.ts';
import { dockerArchive, type LayerCompression } from '../support/archives/write-archive.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { runProgram } from './run-program.ts';

const layers = [
	[directory('a/'), file('a/b', 'text'), symlink('c', 'a/b')],
	[file('a/b', 'text'), file('d', 'x'.repeat(5000))],
];

describe('where Node runs without a compiler, and so without WebAssembly', () => {
	for (const compression of ['plain', 'gzip'] satisfies readonly LayerCompression[])
		test(`the same is read of ${compression} layers`, async (t) => {
			const folder = await temporaryFolder(t);
			await writeFile(join(folder, 'image.tar'), dockerArchive([{ layers }], compression));
			const report = (nodeOptions: readonly string[]) =>
				runProgram(['report', 'image.tar'], { folder, nodeOptions });
			const expected = await report([]);
			t.assert.equal(expected.status, 0);
			t.assert.deepEqual(await report(['--jitless']), expected);
		});
});
