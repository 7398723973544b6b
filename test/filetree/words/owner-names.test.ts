import { describe, test } from 'node:test';
import fc from 'fast-check';
import { MOST_ACCOUNT_BYTES, parseOwnerNames } from '../../../source/filetree/words/owner-names.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('the names of owners', () => {
	test('are the first field of a line, by the number in the third', (t) => {
		const passwd =
			'root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\ntoor:x:0:0::/:/bin/sh';
		const names = parseOwnerNames(bytes(passwd), bytes('root:x:0:\nnode:x:1000:node\nlast:x:7'));
		t.assert.deepEqual(Object.fromEntries(names.users), { 0: 'root', 1000: 'node' });
		t.assert.deepEqual(Object.fromEntries(names.groups), { 0: 'root', 7: 'last', 1000: 'node' });
	});

	test('are nobody where there is no file, or no account in it', (t) => {
		const none = ['', '#', ':x:1:', 'a', 'a:x', 'a:x:', 'a:x:-1:', 'a:x:1e3:', 'a:x:4294967295:', '+::::'];
		t.assert.equal(parseOwnerNames(bytes(none.join('\n')), null).users.size, 0);
	});

	test('are bounded, whatever the file holds', (t) => {
		const long = bytes(`${'n'.repeat(300)}:x:1:\n`.repeat(3));
		t.assert.equal(parseOwnerNames(long, null).users.size, 0);
		const many = bytes(Array.from({ length: 30_000 }, (_, id) => `u${id}:x:${id}:`).join('\n'));
		t.assert.equal(parseOwnerNames(many, null).users.size, 20_000);
		const beyond = new Uint8Array(MOST_ACCOUNT_BYTES + 10).fill(0x0a);
		beyond.set(bytes('a:x:5:'), MOST_ACCOUNT_BYTES + 2);
		t.assert.equal(parseOwnerNames(beyond, null).users.size, 0);
	});

	test('come out of any bytes without an error', () => {
		const pieces = fc.array(fc.constantFrom(':', '\n', 'x', '0', '12', 'é', '\u0000', '\u001B[31m'));
		const files = fc.oneof(
			fc.uint8Array(),
			pieces.map((parts) => bytes(parts.join(''))),
		);
		fc.assert(
			fc.property(files, (file) => {
				for (const [id, name] of parseOwnerNames(file, file).users)
					if (!Number.isInteger(id) || name === '') throw new Error(`${id} ${name}`);
			}),
		);
	});
});
