import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isSound } from '../../../source/cache/kinds/sound-changeset.ts';
import { FathomError } from '../../../source/errors.ts';
import { formatReference, parseReference } from '../../../source/image/reference.ts';
import { parseChallenges } from '../../../source/sources/registry/auth/challenge.ts';
import { lookUp } from '../../../source/sources/registry/auth/credential-file.ts';
import { tocChangeset } from '../../../source/sources/registry/toc/toc-changeset.ts';
import { parseToc } from '../../../source/sources/registry/toc/toc-entries.ts';
import { json } from '../../support/archives/write-archive.ts';

const reference = parseReference('r.example/team/app:1');
const odd = fc.oneof(
	fc.constantFrom(null, undefined, '', 'x', 0, -1, 5, 1.5, 2 ** 60, Number.MAX_SAFE_INTEGER, [], {}),
	fc.constantFrom(`sha256:${'a'.repeat(64)}`, '2026-01-02T03:04:05.678901234Z', '0000-00-00T00:00:00Z'),
);
const item = fc.record(
	{
		type: fc.oneof(fc.constantFrom('reg', 'dir', 'symlink', 'hardlink', 'char', 'chunk'), odd),
		name: fc.oneof(fc.constantFrom('a', 'a/b', '.wh.a', 'a/.wh..wh..opq', '../a', 'a\0b', '/'), odd),
		linkName: odd,
		size: odd,
		mode: odd,
		uid: odd,
		gid: odd,
		modtime: odd,
		devMajor: odd,
		digest: odd,
		offset: odd,
		endOffset: odd,
		innerOffset: odd,
		chunkOffset: odd,
		chunkSize: odd,
	},
	{ requiredKeys: ['type', 'name'] },
);

describe('text from a registry', () => {
	test('a table of contents gives a sound changeset or none', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof({ weight: 9, arbitrary: item }, odd), { maxLength: 8 }), (entries) => {
				const toc = parseToc(json({ version: 1, entries }));
				return toc === null || isSound(tocChangeset(toc, { own: null, unpackedBytes: null }));
			}),
		);
	});

	test('a table that is no table is none', (t) => {
		for (const text of [
			'',
			'{',
			'null',
			'[]',
			'{"version":2,"entries":[]}',
			'{"version":1}',
			'['.repeat(100_000),
		]) {
			t.assert.equal(parseToc(Buffer.from(text)), null);
		}
	});

	test('challenges are read or left', () => {
		const piece = fc.constantFrom('Bearer ', 'Basic', 'realm', '=', '"', '\\', ',', ' ', 'x', '\t', 'é');
		fc.assert(
			fc.property(fc.array(piece), (pieces) => {
				parseChallenges(pieces.join(''));
			}),
		);
	});

	test('credential files are read or left', () => {
		fc.assert(
			fc.property(
				fc.dictionary(fc.constantFrom('auths', 'credHelpers', 'credsStore'), fc.jsonValue()),
				(file) => {
					lookUp(file, reference);
				},
			),
		);
	});
});

describe('text from a user', () => {
	test('is a reference that reads as itself, or refused', () => {
		const piece = fc.constantFrom(
			'a',
			'B',
			'0',
			'.',
			'_',
			'-',
			'/',
			':',
			'@',
			'[',
			']',
			'sha256:',
			'a'.repeat(64),
			' ',
		);
		fc.assert(
			fc.property(fc.array(piece), (pieces) => {
				try {
					const parsed = parseReference(pieces.join(''));
					return formatReference(parseReference(formatReference(parsed))) === formatReference(parsed);
				} catch (error) {
					return error instanceof FathomError;
				}
			}),
		);
	});
});
