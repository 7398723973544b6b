import { describe, test } from 'node:test';
import cliTruncate from 'cli-truncate';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { cellWidth, cutText, singleCells } from '../../source/text/width.ts';

describe('cells of a terminal', () => {
	test('are counted as terminals count them', (t) => {
		t.assert.equal(cellWidth('abc'), 3);
		t.assert.equal(cellWidth('├─▸ é…'), 6);
		t.assert.equal(cellWidth('日本'), 4);
		t.assert.equal(cellWidth('e\u0301'), 1);
		t.assert.equal(cellWidth('🦀'), 2);
	});

	test('are counted right for every character that is not looked at closer', (t) => {
		const single = new RegExp(`^${singleCells}$`);
		const characters = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
		const narrow = characters.filter((character) => single.test(character));
		t.assert.deepEqual(
			narrow.filter((character) => stringWidth(character) !== 1),
			[],
		);
		for (const drawn of '─━│┬┤├└╴▸▾❯›×…–·█▉▊▋▌▍▎▏░←→↑↓') t.assert.equal(narrow.includes(drawn), true, drawn);
	});

	test('names of wide letters are counted and cut as the packages do it that know every character', (t) => {
		const letters = fc.constantFrom('a', 'é', '…', '漢', '日', 'あ', 'ア', '가', '각', '힣', '㐀', '鿿');
		const texts = fc.array(letters, { maxLength: 40 }).map((all) => all.join(''));
		const positions = fc.constantFrom('start', 'middle', 'end');
		t.assert.doesNotThrow(() =>
			fc.assert(
				fc.property(texts, fc.integer({ min: 1, max: 50 }), positions, (text, width, position) => {
					const cut = stringWidth(text) <= width ? text : cliTruncate(text, width, { position });
					return cellWidth(text) === stringWidth(text) && cutText(text, width, position) === cut;
				}),
				{ numRuns: 500 },
			),
		);
	});

	test('text is cut at the end, the start or the middle, never within a wide character', (t) => {
		t.assert.equal(cutText('abcdef', 4), 'abc…');
		t.assert.equal(cutText('abcdef', 4, 'start'), '…def');
		t.assert.equal(cutText('abcdef', 4, 'middle'), 'ab…f');
		t.assert.equal(cutText('abcdef', 6), 'abcdef');
		t.assert.equal(cutText('日本語', 4), '日…');
		t.assert.equal(cutText('日本語', 0), '');
		t.assert.equal(cutText('abc', 1), '…');
	});
});
