import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { shellWord } from '../../source/text/shell-word.ts';

describe('a word for a shell', () => {
	test('is bare where it may be', (t) => {
		t.assert.equal(shellWord('registry.example/a/b:1.2@sha256:00'), 'registry.example/a/b:1.2@sha256:00');
	});

	test('is what the shell reads it as, and has no control character', (t) => {
		for (const text of [
			'a b',
			"it's",
			'$(id)`id`',
			'',
			'-x',
			'a\nb',
			"\u001B[2J'\\0",
			'\u009B1m',
			'\u00031',
			'日本',
		])
			for (const shell of ['bash']) {
				const word = shellWord(text);
				t.assert.equal(execFileSync(shell, ['-c', `printf %s ${word}`], { encoding: 'utf8' }), text);
				t.assert.doesNotMatch(word, /\p{Cc}/u);
			}
	});
});
