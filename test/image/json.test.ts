import { test } from 'node:test';
import { maximumDocumentBytes, parseJson, parseJsonObject } from '../../source/image/json.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('JSON is parsed, with or without a byte order mark', (t) => {
	t.assert.deepEqual(parseJson(bytes('{"a": [1, "[[{{"]}'), 'x'), { a: [1, '[[{{'] });
	t.assert.deepEqual(parseJson(bytes('\u{FEFF}[]'), 'x'), []);
});

test('what is not JSON is an error of one line that starts with the place', (t) => {
	t.assert.throws(() => parseJson(bytes('foo\nbar'), 'app.tar: index.json'), {
		code: 'corrupt',
		message: 'app.tar: index.json is not valid JSON.',
	});
	t.assert.throws(() => parseJson(bytes(''), 'app.tar: index.json'), { code: 'corrupt' });
});

test('a document may have to be an object', (t) => {
	t.assert.deepEqual(parseJsonObject(bytes('{}'), 'x'), {});
	for (const text of ['[]', 'null', '7', '"x"']) {
		t.assert.throws(() => parseJsonObject(bytes(text), 'x'), {
			code: 'corrupt',
			message: 'x is JSON, but not an object.',
		});
	}
});

test('100 levels of nesting are read, more are refused', (t) => {
	const nested = (levels: number) => bytes('['.repeat(levels) + ']'.repeat(levels));
	t.assert.doesNotThrow(() => parseJson(nested(100), 'x'));
	t.assert.throws(() => parseJson(nested(101), 'x'), { message: 'x nests JSON more than 100 levels deep.' });
});

test('brackets in strings are no nesting, also after an escaped quote', (t) => {
	const text = JSON.stringify(`\\"${'['.repeat(500)}`);
	t.assert.equal(parseJson(bytes(text), 'x'), `\\"${'['.repeat(500)}`);
});

test('a document above 8 MiB is refused before it is parsed', (t) => {
	t.assert.throws(() => parseJson(new Uint8Array(maximumDocumentBytes + 1), 'x'), {
		message: 'x is 8388609 bytes of JSON; at most 8388608 are read.',
	});
});
