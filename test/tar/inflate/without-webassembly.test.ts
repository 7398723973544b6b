import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const program = `
	import { createGzipInflater } from './source/tar/inflate/gzip-inflater.ts';
	import { createSyncInflater } from './source/tar/create-inflater.ts';
	const pieces = [];
	const inflater = createSyncInflater('gzip');
	inflater.write(Buffer.from(process.argv[1], 'base64'), (piece) => pieces.push(Buffer.from(piece)));
	inflater.finish(() => {});
	console.log(createGzipInflater(), typeof WebAssembly, Buffer.concat(pieces).toString());
`;

test('zlib inflates where Node runs without a compiler, and so without WebAssembly', () => {
	const args = ['--jitless', '--import', 'tsx', '--input-type=module', '--eval', program, '--'];
	const root = new URL('../../../', import.meta.url);
	const packed = gzipSync('some text').toString('base64');
	const output = execFileSync(process.execPath, [...args, packed], { cwd: root, encoding: 'utf8' });
	assert.equal(output, 'null undefined some text\n');
});
