import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { deflateSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { cargoReader } from '../../../../source/facts/packages/binaries/cargo.ts';
import type { PackageRecord } from '../../../../source/facts/packages/package-facts.ts';
import { elfFile } from '../../../support/facts/elf-file.ts';
import { readFact } from '../../../support/facts/read-fact.ts';
import { orRefused } from '../../../support/or-refused.ts';

/** A program that cargo-auditable 0.7 built, of which all but the headers and the last sections is zero. */
const hello = gunzipSync(readFileSync(join(import.meta.dirname, '../../data/cargo-program.gz')));

function packagesIn(content: Uint8Array, how?: Parameters<typeof readFact>[3]): readonly PackageRecord[] {
	const { fact } = readFact(cargoReader, { path: 'usr/bin/hello' }, content, how);
	return fact?.kind === 'packages' ? fact.packages : [];
}

function withList(list: unknown, before: readonly Uint8Array[] = []): Buffer {
	const content = deflateSync(typeof list === 'string' ? list : JSON.stringify(list));
	return elfFile({
		segments: [{ flags: 4, content: Buffer.alloc(500) }],
		sections: [...before, content].map((section) => ({ content: section })),
	});
}

describe('programs that cargo-auditable built', () => {
	for (const byPosition of [false, true])
		test(`a real one, ${byPosition ? 'by position' : 'as it passes'}`, () => {
			for (const pieceBytes of [512, 64 * 1024, 1e9])
				assert.deepEqual(
					packagesIn(hello, { pieceBytes, byPosition }).map(
						({ name, version, claim, dependsOn }) => `${name} ${version} ${claim.kind} ${dependsOn.join()}`,
					),
					[
						'hello 0.1.0 file itoa,semver',
						'itoa 1.0.19 none ',
						'semver 1.0.28 none serde_core',
						'serde_core 1.0.229 none ',
					],
				);
		});

	test('crates that only took part in the build are left out', () => {
		const packages = [
			{ name: 'app', version: '1.0.0', root: true, dependencies: [1, 2, 9, -1, 'x'] },
			{ name: 'cc', version: '1.1.0', kind: 'build' },
			{ name: 'libc', version: '0.2.0', source: 'crates.io' },
		];
		assert.deepEqual(
			packagesIn(withList({ packages })).map(({ name, dependsOn }) => [name, dependsOn]),
			[
				['app', [['libc']]],
				['libc', []],
			],
		);
	});

	test('another section that is compressed or begins alike is passed over', () => {
		const others = [deflateSync('no list'), Buffer.from([0x78, 0x9c, 1, 2, 3, 4, 5, 6, 7, 8])];
		const packages = [{ name: 'app', version: '1.0.0', root: true }];
		assert.equal(packagesIn(withList({ packages }, others)).length, 1);
	});

	for (const [list, message] of [
		['{"packages":', 'its list of crates is not JSON'],
		[{}, 'its list of crates has no packages'],
		[{ packages: [{ name: 'a', version: '1' }, { name: 7 }] }, 'crate 2 of its list has no name or version'],
		[`{${' '.repeat(9 * 1024 * 1024)}`, 'its list of crates is longer than 8388608 bytes'],
	] as const)
		test(`a list is refused: ${message}`, () => {
			assert.throws(() => packagesIn(withList(list)), { message });
		});

	test('a program that is cut off is refused', () => {
		assert.throws(() => packagesIn(hello.subarray(0, 100_000)), {
			message: 'it ends before its section headers do',
		});
		const headersAlone = hello.subarray(0, 100);
		const read = () => readFact(cargoReader, { path: 'x', bytes: hello.length }, headersAlone);
		assert.throws(read, { message: 'it ends within its program headers' });
	});

	test('a program that says nothing of crates has none', () => {
		const plain = elfFile({ sections: [{ content: Buffer.from('GCC: (Debian) 12.2.0\0') }] });
		assert.deepEqual(packagesIn(plain), []);
		assert.deepEqual(packagesIn(elfFile({})), []);
	});

	test('whatever bytes are changed, there are crates or a refusal, the same by position', () => {
		const base = withList({ packages: [{ name: 'app', version: '1.0.0', root: true, dependencies: [0] }] });
		const change = fc.tuple(fc.nat(base.length - 1), fc.nat(255));
		fc.assert(
			fc.property(fc.array(change, { maxLength: 8 }), fc.nat(base.length), (changes, cut) => {
				const content = Buffer.from(base);
				for (const [at, byte] of changes) content[at] = byte;
				const damaged = content.subarray(0, cut % 3 === 0 ? cut : content.length);
				const file = { path: 'x', bytes: content.length };
				const inOrder = orRefused(() => readFact(cargoReader, file, damaged, { pieceBytes: 100 }).fact);
				const byPosition = orRefused(
					() => readFact(cargoReader, file, damaged, { pieceBytes: 70, byPosition: true }).fact,
				);
				assert.deepEqual(byPosition, inOrder);
			}),
			{ numRuns: 1000 },
		);
	});
});
