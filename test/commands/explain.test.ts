import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { explanations } from '../../source/analysis/findings/explanations/explanations.ts';
import { runProgram } from '../cli/run-program.ts';

const page = await readFile(new URL('../../docs/findings.md', import.meta.url), 'utf8');

/** The code and the level of each row of the table. */
const rows = [...page.matchAll(/^\| `([a-z0-9-]+)` \| (\w+) \| [^|]+ \| [^|]+ \|$/gm)].map(
	([, code, level]) => [code, level],
);

describe('the codes of findings', () => {
	test('have a row each in docs/findings.md, with their level, and nothing else has', (t) => {
		const known = explanations.map(({ code, level }) => [code, level]);
		t.assert.deepEqual(rows.toSorted(), known.toSorted());
	});

	for (const { code, before, after, why, summary } of explanations)
		test(`${code} is explained in sentences, with lines that fit 80 columns`, (t) => {
			t.assert.match(why, /^[A-Z].*\.$/);
			t.assert.match(summary, /[^.]$/);
			assert.ok(before.length > 0 && after.length > 0);
			for (const line of [...before, ...after]) assert.ok(line.length <= 76, line);
		});
});

describe('fathom explain', () => {
	test('lists all codes, one line each', async (t) => {
		const { stdout, status } = await runProgram(['explain']);
		t.assert.equal(status, 0);
		t.assert.equal(stdout.trimEnd().split('\n').length, explanations.length + 1);
		t.assert.match(stdout, /owner-changed +waste +a layer gives files another owner/);
	});

	test('explains one, with an example before and after', async (t) => {
		const { stdout, status } = await runProgram(['explain', 'owner-changed']);
		t.assert.equal(status, 0);
		t.assert.match(stdout, /^owner-changed \(waste\)\n/);
		t.assert.match(stdout, /before\n {4}COPY \. \/app\n {4}RUN chown -R 1000:1000 \/app\n/);
		t.assert.match(stdout, /after\n {4}COPY --chown=1000:1000 \. \/app\n/);
	});

	test('suggests a code for a word that is none', async (t) => {
		const { stderr, status } = await runProgram(['explain', 'owner-change']);
		t.assert.equal(status, 2);
		t.assert.match(stderr, /"owner-change" is not the code of a finding\.\n.*fathom explain owner-changed/);
	});

	test('takes one code', async (t) => {
		const { stderr, status } = await runProgram(['explain', 'a', 'b']);
		t.assert.equal(status, 2);
		t.assert.match(stderr, /takes one code, got 2/);
	});
});
