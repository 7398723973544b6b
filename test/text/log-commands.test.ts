import { describe, test } from 'node:test';
import { withoutLogCommands } from '../../source/text/log-commands.ts';

describe('text for a log', () => {
	const broken: Readonly<Record<string, string>> = {
		'::set-output name=a::b': '\\x3A:set-output name=a::b',
		'  ::stop-commands::token': '  \\x3A:stop-commands::token',
		'\u00A0::error::x': '\u00A0\\x3A:error::x',
		'first\n::error::x': 'first\n\\x3A:error::x',
		'tag ##[error]x': 'tag #\\x23[error]x',
		'###[group]': '##\\x23[group]',
		'##vso[task.complete]': '#\\x23vso[task.complete]',
		"a ##teamcity[buildStop comment='']": "a #\\x23teamcity[buildStop comment='']",
		'section_start:1:a': 'section\\x5Fstart:1:a',
		'x section_end:1:a': 'x section\\x5Fend:1:a',
		'travis_fold:start:a': 'travis\\x5Ffold:start:a',
		'--- group': '\\x2D-- group',
		'+++ group': '\\x2B++ group',
		'~~~ group': '\\x7E~~ group',
		'^^^ +++': '\\x5E^^ +++',
		'\u001B[1m--- group\u001B[22m': '\u001B[1m\\x2D-- group\u001B[22m',
	};
	for (const [text, expected] of Object.entries(broken)) {
		test(`shows ${JSON.stringify(text)} as ${JSON.stringify(expected)}`, (t) => {
			t.assert.equal(withoutLogCommands(text), expected);
		});
	}

	for (const text of [
		'std::vector',
		'a ::b',
		'# heading',
		'## a',
		'a[0]##',
		'#[derive]',
		'a --- b',
		'-- x',
		'',
	]) {
		test(`leaves ${JSON.stringify(text)} as it is`, (t) => {
			t.assert.equal(withoutLogCommands(text), text);
		});
	}
});
