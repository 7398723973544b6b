import { describe, test } from 'node:test';
import {
	editText,
	type TextEdit,
	type TextInput,
	textInput,
} from '../../../source/tui/model/prompt/text-input.ts';

describe('a line of text that is typed', () => {
	const edited = (text: string, ...edits: readonly TextEdit[]) =>
		shown(edits.reduce(editText, textInput(text)));
	const shown = ({ text, cursor }: TextInput) => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

	test('takes text where the cursor is', (t) => {
		t.assert.equal(edited('ac', { type: 'left' }, { type: 'insert', text: 'b' }), 'ab|c');
		t.assert.equal(edited('bc', { type: 'start' }, { type: 'insert', text: 'a' }, { type: 'end' }), 'abc|');
	});

	test('deletes what a user sees as one character', (t) => {
		t.assert.equal(edited('ae\u0301', { type: 'delete-before' }), 'a|');
		t.assert.equal(edited('a👍🏽', { type: 'left' }, { type: 'delete-after' }), 'a|');
		for (const one of ['👍🏽', '🇩🇪', '👩‍👩‍👧🏽', '☝️', '1️⃣', '🏴󠁧󠁢󠁳󠁣󠁴󠁿']) {
			t.assert.equal(edited(`a${one}b`, { type: 'left' }, { type: 'delete-before' }), 'a|b');
			t.assert.equal(edited(`a${one}`, { type: 'left' }, { type: 'insert', text: 'x' }), `ax|${one}`);
		}
		t.assert.equal(edited('', { type: 'delete-before' }, { type: 'delete-after' }), '|');
	});

	test('deletes a word, a path component, and all before the cursor', (t) => {
		t.assert.equal(edited('usr/lib/libc.so', { type: 'delete-word' }), 'usr/lib/|');
		t.assert.equal(edited('usr/lib/', { type: 'delete-word' }), 'usr/|');
		t.assert.equal(edited('abc', { type: 'left' }, { type: 'delete-to-start' }), '|c');
	});

	test('has an end', (t) => {
		t.assert.equal(
			editText(textInput(''), { type: 'insert', text: 'x'.repeat(1001) }).text,
			'x'.repeat(1000),
		);
	});
});
