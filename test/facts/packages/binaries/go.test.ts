import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { goReader } from '../../../../source/facts/packages/binaries/go.ts';
import type { PackageRecord } from '../../../../source/facts/packages/package-facts.ts';
import { elfFile } from '../../../support/facts/elf-file.ts';
import { readFact } from '../../../support/facts/read-fact.ts';
import { orRefused } from '../../../support/or-refused.ts';

/** Programs of Go 1.26, of which all but the headers and the build information is zero. */
function program(name: string): Buffer {
	return gunzipSync(readFileSync(join(import.meta.dirname, '../../data', name)));
}

function packagesIn(content: Uint8Array, how?: Parameters<typeof readFact>[3]): readonly PackageRecord[] {
	const { fact } = readFact(goReader, { path: 'usr/bin/hello' }, content, how);
	return fact?.kind === 'packages' ? fact.packages : [];
}

function summary(packages: readonly PackageRecord[]): readonly string[] {
	return packages.map(({ name, version, claim }) => `${name} ${version} ${claim.kind}`);
}

const modules = (lines: readonly string[]) =>
	Buffer.from(`${'<'.repeat(16)}${lines.map((line) => `${line}\n`).join('')}${'>'.repeat(16)}`);
const magic = Buffer.from('\xff Go buildinf:', 'latin1');

/** A string as Go writes it since 1.18. */
function inline(content: Uint8Array): Buffer {
	const length: number[] = [];
	for (let left = content.length; ; left >>= 7) {
		length.push(left < 0x80 ? left : (left & 0x7f) | 0x80);
		if (left < 0x80) break;
	}
	return Buffer.concat([Buffer.from(length), content]);
}

function inlineData(goVersion: string, lines: readonly string[]): Buffer {
	const header = Buffer.concat([magic, Buffer.from([0, 2]), Buffer.alloc(16)]);
	return Buffer.concat([header, inline(Buffer.from(goVersion)), inline(modules(lines))]);
}

/** As before 1.18: pointers to Go strings in the data, whose bytes are among the constants. */
function oldProgram(bits: 32 | 64, isLittleEndian: boolean): Buffer {
	const [dataAt, constantsAt, size] = [0x5000, 0x4000, bits / 8];
	const version = Buffer.from('go1.16.7');
	const lines = modules(['path\texample.com/old', 'mod\texample.com/old\tv1.0.0\th1:x']);
	const word = (value: number) => {
		const bytes = Buffer.alloc(size);
		const big = BigInt(value);
		for (let index = 0; index < size; index++)
			bytes[isLittleEndian ? index : size - 1 - index] = Number((big >> BigInt(8 * index)) & 0xffn);
		return bytes;
	};
	const strings = [
		word(constantsAt),
		word(version.length),
		word(constantsAt + version.length),
		word(lines.length),
	];
	const header = Buffer.concat([
		magic,
		Buffer.from([size, isLittleEndian ? 0 : 1]),
		word(dataAt + 32),
		word(dataAt + 32 + 2 * size),
		Buffer.alloc(16 - 2 * size),
	]);
	return elfFile({
		bits,
		isLittleEndian,
		hasGoNote: true,
		segments: [
			{ flags: 4, address: constantsAt, content: Buffer.concat([version, lines]) },
			{ flags: 6, address: dataAt, content: Buffer.concat([header, ...strings]) },
		],
	});
}

const hello = [
	'example.com/hello (devel) file',
	'example.com/local (devel) none',
	'github.com/pkg/errors v0.9.0 none',
	'golang.org/x/text v0.15.0 none',
	'stdlib 1.26.8 none',
];

describe('programs that Go built', () => {
	for (const name of ['go-program.gz', 'go-program-of-another-linker.gz'])
		for (const byPosition of [false, true])
			test(`${name}, ${byPosition ? 'by position' : 'as it passes'}, has the modules that go version -m shows`, () => {
				for (const pieceBytes of [512, 64 * 1024, 1e9])
					assert.deepEqual(summary(packagesIn(program(name), { pieceBytes, byPosition })), hello);
			});

	test('the program needs its modules, and by position only its data is read', () => {
		const content = program('go-program.gz');
		const { fact, readBytes } = readFact(goReader, { path: 'hello' }, content, { byPosition: true });
		const [main] = fact?.kind === 'packages' ? fact.packages : [];
		assert.deepEqual(
			main.dependsOn.flat(),
			hello.slice(1).map((line) => line.split(' ')[0]),
		);
		assert.ok(readBytes < content.length / 10, `${readBytes} of ${content.length} bytes`);
	});

	test('a module that replaces another can be needed by the name of that one', () => {
		const lines = [
			'path\ta/cmd',
			'mod\ta\tv1.0.0',
			'dep\tb\tv1.0.0',
			'=>\tfork/b\tv1.1.0\th1:x',
			'dep\tc\tv1.0.0\th1:y',
		];
		const found = packagesIn(elfFile({ segments: [{ flags: 6, content: inlineData('go1.22.1', lines) }] }));
		assert.deepEqual(
			found.map(({ name, version, provides }) => [name, version, provides]),
			[
				['a', 'v1.0.0', []],
				['fork/b', 'v1.1.0', ['b']],
				['c', 'v1.0.0', []],
				['stdlib', '1.22.1', []],
			],
		);
	});

	test('a program without a module of its own has the path of its package', () => {
		const content = inlineData('devel go1.27-0a1b2c Mon', ['path\tcmd/go', 'build\t-compiler=gc']);
		const found = packagesIn(elfFile({ segments: [{ flags: 6, content }] }));
		assert.deepEqual(summary(found), ['cmd/go (devel) file', 'stdlib 1.27-0a1b2c none']);
	});

	test('the magic among the constants of a program is passed over', () => {
		const decoy = Buffer.concat([magic, Buffer.from('anything that is no build information')]);
		const content = Buffer.concat([
			decoy,
			Buffer.alloc(64 - decoy.length),
			inlineData('go1.22.1', ['path\tx']),
		]);
		assert.equal(packagesIn(elfFile({ segments: [{ flags: 6, content }] })).length, 2);
	});

	for (const bits of [32, 64] as const)
		for (const isLittleEndian of [true, false])
			test(`Go before 1.18, ${bits} bits, ${isLittleEndian ? 'little' : 'big'}-endian`, () => {
				assert.deepEqual(summary(packagesIn(oldProgram(bits, isLittleEndian))), [
					'example.com/old v1.0.0 file',
					'stdlib 1.16.7 none',
				]);
			});

	test('build information that is cut off or too long is refused', () => {
		const content = inlineData('go1.22.1', ['path\tx', 'mod\tx\tv1.0.0']);
		const cut = elfFile({ segments: [{ flags: 6, content: content.subarray(0, -10) }] });
		assert.throws(() => packagesIn(cut), { message: 'its Go build information is cut off' });
		const long = inlineData('go1.22.1', ['x'.repeat(1024 * 1024)]);
		assert.throws(() => packagesIn(elfFile({ segments: [{ flags: 6, content: long }] })), {
			message: 'its Go build information is longer than 1048576 bytes',
		});
	});

	test('a script is let go at its first piece, and data without a right to run is not looked at', () => {
		const script = Buffer.from(`#!/bin/sh\n${'#'.repeat(200_000)}`);
		assert.equal(readFact(goReader, { path: 'bin/run' }, script).readBytes, 65536);
		assert.equal(readFact(goReader, { path: 'data', mode: 0o644 }, script).isOpened, false);
		assert.equal(readFact(goReader, { path: 'lib/x.so.1.2', mode: 0o644 }, script).isOpened, true);
	});

	test('whatever bytes are changed, there are packages or a refusal, the same by position', () => {
		const small = [
			oldProgram(64, true),
			oldProgram(32, false),
			elfFile({
				hasGoNote: true,
				segments: [{ flags: 6, content: inlineData('go1.22.1', ['path\tx', 'mod\tx\tv1']) }],
			}),
		];
		const change = fc.tuple(fc.nat(1100), fc.nat(255));
		fc.assert(
			fc.property(
				fc.constantFrom(...small),
				fc.array(change, { maxLength: 8 }),
				fc.nat(1100),
				(base, changes, cut) => {
					const content = Buffer.from(base);
					for (const [at, byte] of changes) if (at < content.length) content[at] = byte;
					const damaged = content.subarray(0, cut % 3 === 0 ? cut : content.length);
					const file = { path: 'x', bytes: content.length };
					const inOrder = orRefused(() => readFact(goReader, file, damaged, { pieceBytes: 100 }).fact);
					const byPosition = orRefused(
						() => readFact(goReader, file, damaged, { pieceBytes: 70, byPosition: true }).fact,
					);
					assert.deepEqual(byPosition, inOrder);
				},
			),
			{ numRuns: 1000 },
		);
	});
});
