import { describe, test } from 'node:test';
import { escapeForTerminal, escapePath } from '../../source/text/escape.ts';

describe('text from an image, for a terminal', () => {
	const cases: Readonly<Record<string, string>> = {
		'plain.txt': 'plain.txt',
		'日本語.txt': '日本語.txt',
		'cafe\u0301': 'cafe\u0301',
		'\u0301x': '\\u{301}x',
		'\u001B[31mred': '\\x1B[31mred',
		'a\nb\tc\rd': 'a\\x0Ab\\x09c\\x0Dd',
		'\u009B2J': '\\x9B2J',
		'\u202Egnp.exe': '\\u{202E}gnp.exe',
		'zero\u200Bwidth': 'zero\\u{200B}width',
		'\u3164': '\\u{3164}',
		'❤\uFE0F': '❤\uFE0F',
		'🇩🇪': '🇩🇪',
		'👍🏽': '👍🏽',
		'👩\u200D👩\u200D👧': '👩\u200D👩\u200D👧',
		'1\uFE0F\u20E3': '1\uFE0F\u20E3',
		'🇩': '\\u{1F1E9}',
		'🏽': '\\u{1F3FD}',
		'x🏽': 'x\\u{1F3FD}',
		'👍🏽🏽': '👍🏽\\u{1F3FD}',
		'👩\u200D': '👩\\u{200D}',
		'👩\u200Dx': '👩\\u{200D}x',
		'x\uFE0F': 'x\\u{FE0F}',
		'1\u20E3': '1\\u{20E3}',
	};
	for (const [text, expected] of Object.entries(cases)) {
		test(`${JSON.stringify(text)} is shown as ${expected}`, (t) => {
			t.assert.equal(escapeForTerminal(text), expected);
		});
	}
});

describe('a path from an image, for a terminal', () => {
	for (const [path, expected] of [
		['etc/a name', 'etc/a name'],
		['etc/end ', 'etc/end\\x20'],
		['dir /a  ', 'dir\\x20/a \\x20'],
		['wide\u3000', 'wide\\u{3000}'],
		['a\u00A0b', 'a\\u{A0}b'],
		['\u2800', '\\u{2800}'],
		['\u001B', '\\x1B'],
		['\u009B', '\\u{9B}'],
		['\\x1B', '\\x5Cx1B'],
		['\\u{202E}', '\\x5Cu{202E}'],
		['\\xE9', '\\xE9'],
		['\\x5CxE9', '\\x5CxE9'],
		['C:\\users', 'C:\\users'],
		['line\nfeed ', 'line\\x0Afeed\\x20'],
	] as const) {
		test(`${JSON.stringify(path)} is shown as ${expected}`, (t) => {
			t.assert.equal(escapePath(path), expected);
		});
	}
});
