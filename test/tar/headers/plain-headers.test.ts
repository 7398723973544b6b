import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TarError } from '../../../source/tar/tar-error.ts';
import { blockBytes, checksum, rawEntry, rawTar } from '../../support/archives/raw-tar.ts';
import { directory, file, hardLink, symlink } from '../../support/archives/tar-entry.ts';
import { entriesOf, scanAllWays } from '../../support/scan.ts';

// A scan by position reads plain headers in WebAssembly, a stream reads all in TypeScript: `scanAllWays` insists that both find the same.

test('any bytes in any fields of a header mean the same in both readers', () => {
	const headers = [file('a/b', 'x'), directory('a/c/'), symlink('a/d', '../b'), hardLink('a/e', './a//b')];
	const odd = fc.record({
		offset: fc.oneof(fc.integer({ min: 0, max: blockBytes - 1 }), fc.constantFrom(0, 1, 99, 156, 157, 345)),
		bytes: fc.oneof(
			fc.uint8Array({ minLength: 1, maxLength: 12 }),
			fc
				.constantFrom('/', './', '..', '.wh.x', '.wh..wh..opq', '\0', '8', ' 7', 'ustar\0', '/.wh.y/')
				.map(Buffer.from),
		),
	});
	fc.assert(
		fc.property(fc.constantFrom(...headers), fc.array(odd, { maxLength: 3 }), (entry, changes) => {
			const [header, ...content] = blocksOf(rawEntry(entry));
			for (const { offset, bytes } of changes) header.set(bytes.subarray(0, blockBytes - offset), offset);
			header.write(`${checksum(header).toString(8).padStart(6, '0')}\0`, 148, 'latin1');
			insistOnOneMeaning(rawTar([rawEntry(file('first')), header, ...content, rawEntry(file('last'))]));
		}),
		{ numRuns: 500 },
	);
});

test('more entries than there is room for at once, with the longest paths and targets', () => {
	const names = Array.from({ length: 2500 }, (_, index) => `${index}-${'n'.repeat(90)}`);
	const prefix = Buffer.from('p'.repeat(155));
	const links = names.map((name) => rawEntry(symlink(name, 't'.repeat(100)), { prefix }));
	assert.deepEqual(
		entriesOf(scanAllWays(rawTar(links))).map(({ path, target }) => [path, target]),
		names.map((name) => [`${prefix}/${name}`, 't'.repeat(100)]),
	);
});

/** Both readers must reject the same bytes with the same error. */
function insistOnOneMeaning(tar: Uint8Array): void {
	try {
		scanAllWays(tar);
	} catch (error) {
		if (!(error instanceof TarError)) throw error;
	}
}

function blocksOf(bytes: Uint8Array): Buffer[] {
	return Array.from({ length: bytes.length / blockBytes }, (_, index) =>
		Buffer.from(bytes.subarray(index * blockBytes, (index + 1) * blockBytes)),
	);
}
