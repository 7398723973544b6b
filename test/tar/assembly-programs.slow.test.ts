import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { assemblyProgramSources } from '../../tools/assembly-programs.ts';

test('the committed programs are what their sources compile to', async () => {
	for (const { path, text } of await assemblyProgramSources())
		assert.equal(await readFile(path, 'utf8'), text, path);
});
