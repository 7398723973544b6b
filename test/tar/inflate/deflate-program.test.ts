import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { inflateProgramSource } from '../../../tools/inflate-program.ts';

test('the program that is kept is what its source compiles to', async () => {
	const { path, text } = await inflateProgramSource();
	assert.equal(await readFile(path, 'utf8'), text);
});
