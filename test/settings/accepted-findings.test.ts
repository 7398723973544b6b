import { describe, test } from 'node:test';
import { FathomError } from '../../source/errors.ts';
import { parseConfig } from '../../source/settings/parse-config.ts';

const config = (...lines: readonly string[]): string =>
	['findings:', '  accept:', ...lines.map((line) => `    ${line}`)].join('\n');

function faultOf(text: string): string {
	try {
		parseConfig(text, 'fathom.yaml');
	} catch (error) {
		if (error instanceof FathomError) return `${error.message} ${error.hint ?? ''}`.trimEnd();
		throw error;
	}
	return '';
}

describe('the findings that fathom.yaml accepts', () => {
	test('have a code, a reason and maybe paths, and are known by their lines', (t) => {
		const text = config(
			'- code: owner-changed',
			'  paths: srv/app',
			'  reason: " the tool wants it "',
			'- code: copied-again',
			'  paths: [a, "**/*.pyc"]',
			'  reason: b',
			'- {code: removed-later, reason: c}',
		);
		t.assert.deepEqual(parseConfig(text, 'fathom.yaml').accepted, [
			{ code: 'owner-changed', paths: ['srv/app'], reason: 'the tool wants it', line: 3 },
			{ code: 'copied-again', paths: ['a', '**/*.pyc'], reason: 'b', line: 6 },
			{ code: 'removed-later', paths: null, reason: 'c', line: 9 },
		]);
	});

	test('may be none', (t) => {
		for (const text of ['findings:', 'findings: {}', 'findings:\n  accept:', 'findings:\n  accept: []'])
			t.assert.equal(parseConfig(text, 'fathom.yaml').accepted, undefined);
	});

	for (const [name, lines, fault] of [
		[
			'no reason',
			['- code: removed-later', '  reason: a', '- code: copied-again'],
			'fathom.yaml:5: findings.accept.1: it has no reason. Say why copied-again is accepted: "reason: ...".',
		],
		[
			'an empty reason',
			['- code: copied-again', '  reason: " "'],
			'fathom.yaml:4: findings.accept.0.reason: expected a text, got " ".',
		],
		[
			'no code',
			['- reason: a'],
			'fathom.yaml:3: findings.accept.0: it has no code. fathom explain lists the codes.',
		],
		[
			'an unknown code',
			['- reason: a', '  code: owner-change'],
			'fathom.yaml:4: findings.accept.0.code: "owner-change" is not the code of a finding. owner-changed',
		],
		[
			'an unknown key',
			['- code: copied-again', '  path: a', '  reason: b'],
			'fathom.yaml:4: findings.accept.0.path: no such setting. paths',
		],
		[
			'a broken glob',
			['- code: copied-again', '  paths: ["a[", b]', '  reason: b'],
			'fathom.yaml:4: findings.accept.0.paths.0: a [ has no ].',
		],
		[
			'no paths',
			['- code: copied-again', '  paths: []', '  reason: b'],
			'fathom.yaml:4: findings.accept.0.paths: expected globs such as usr/share/doc, got a list.',
		],
		[
			'a bare code',
			['- copied-again'],
			'fathom.yaml:3: findings.accept.0: expected a map with a code and a reason, got "copied-again".',
		],
	] as const)
		test(`with ${name} are an error`, (t) => {
			t.assert.equal(faultOf(config(...lines)), fault);
		});
});
