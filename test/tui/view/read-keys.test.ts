import { describe, test } from 'node:test';
import type { Key } from 'ink';
import { readKeys } from '../../../source/tui/view/read-keys.ts';

const noKey = {} as Key;

describe('keys as Ink reports them', () => {
	test('are one named key', (t) => {
		t.assert.deepEqual(readKeys('', { ...noKey, pageDown: true }), ['page-down']);
		t.assert.deepEqual(readKeys('', { ...noKey, tab: true, shift: true }), ['shift-tab']);
		t.assert.deepEqual(readKeys('', { ...noKey, escape: true, meta: true }), ['escape']);
		t.assert.deepEqual(readKeys('c', { ...noKey, ctrl: true }), ['ctrl-c']);
	});

	test('or all characters that came at once, Enter and Tab among them', (t) => {
		t.assert.deepEqual(readKeys('jj k', noKey), ['j', 'j', 'space', 'k']);
		t.assert.deepEqual(readKeys('/é日\r\t', noKey), ['/', 'é', '日', 'enter', 'tab']);
		t.assert.deepEqual(readKeys('j\u001A\u000C', noKey), ['j', 'ctrl-z', 'ctrl-l']);
	});

	test('are none where nothing is bound to them', (t) => {
		t.assert.deepEqual(readKeys('x', { ...noKey, meta: true }), []);
		t.assert.deepEqual(readKeys('\u001D\u0085', noKey), []);
	});

	test('are Ctrl with a blank or a slash, alone or among others', (t) => {
		t.assert.deepEqual(readKeys(' ', { ...noKey, ctrl: true }), ['ctrl-space']);
		t.assert.deepEqual(readKeys('_', { ...noKey, ctrl: true }), ['ctrl-/']);
		t.assert.deepEqual(readKeys('\u0000\u001F', noKey), ['ctrl-space', 'ctrl-/']);
	});
});
