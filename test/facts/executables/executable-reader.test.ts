import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { ElfFact } from '../../../source/facts/executables/executable-facts.ts';
import { executableReader } from '../../../source/facts/executables/executable-reader.ts';
import { elfFile } from '../../support/facts/elf-file.ts';
import { factData } from '../../support/facts/facts.ts';
import { readFact } from '../../support/facts/read-fact.ts';
import { orRefused } from '../../support/or-refused.ts';
import { runs } from '../../support/runs.ts';

/** A program that GCC built with -g and -lm, as GNU's linker writes it. */
const program = gunzipSync(factData('c-program.gz'));

function elfIn(content: Uint8Array, how?: Parameters<typeof readFact>[3]): ElfFact {
	const { fact } = readFact(executableReader, { path: 'usr/bin/hello' }, content, how);
	assert.equal(fact?.kind, 'elf');
	return fact as ElfFact;
}

const debug = { name: '.debug_info', content: Buffer.alloc(5000) };
const symbols = { name: '.symtab', type: 2, link: 1, content: Buffer.alloc(240) };
const strings = { name: '.strtab', type: 3, content: Buffer.alloc(100) };

describe('programs and libraries', () => {
	for (const byPosition of [false, true])
		for (const pieceBytes of [100, 64 * 1024])
			test(`say how they are run, ${byPosition ? 'by position' : 'as they pass'}, ${pieceBytes} bytes at once`, () => {
				assert.deepEqual(elfIn(program, { byPosition, pieceBytes }), {
					kind: 'elf',
					bits: 64,
					machine: 62,
					type: 'shared',
					interpreter: '/lib64/ld-linux-x86-64.so.2',
					needed: ['libm.so.6', 'libc.so.6'],
					isStatic: false,
					debugBytes: 827,
					symbolBytes: 1381,
					appendedBytes: 0,
					isGo: false,
				});
			});

	test('what strip takes is what it really takes, but for the headers of the sections', () => {
		const { debugBytes, symbolBytes } = elfIn(program);
		const savedByStrip = program.length - 14_400;
		const off = savedByStrip - debugBytes - symbolBytes;
		assert.ok(off >= 0 && off < 64 * 12, `${savedByStrip} saved, ${off} of them not known`);
	});

	for (const bits of [32, 64] as const)
		for (const isLittleEndian of [true, false])
			test(`of ${bits} bits, ${isLittleEndian ? 'little' : 'big'}-endian, have debug sections and symbols`, () => {
				const fact = elfIn(
					elfFile({ bits, isLittleEndian, machine: 8, sections: [symbols, strings, debug] }),
				);
				const { debugBytes, symbolBytes, machine, type } = fact;
				assert.deepEqual(
					{ bits: fact.bits, machine, type, debugBytes, symbolBytes },
					{ bits, machine: 8, type: 'executable', debugBytes: 5000, symbolBytes: 340 },
				);
			});

	test('without a loader and libraries are static', () => {
		const { isStatic, interpreter, needed } = elfIn(elfFile({ segments: [{ content: Buffer.alloc(100) }] }));
		assert.deepEqual({ isStatic, interpreter, needed }, { isStatic: true, interpreter: null, needed: [] });
	});

	test('sections that strip leaves count for nothing, whatever their size', () => {
		const sections = [
			{ name: '.debugger', content: Buffer.alloc(9000) },
			{ name: 'pydata', content: Buffer.alloc(9000) },
			{ name: '.debug_info', type: 8, content: Buffer.alloc(9000) },
		];
		assert.equal(elfIn(elfFile({ sections })).debugBytes, 0);
	});

	test('symbols that relocations are about count for nothing, as strip leaves them', () => {
		const relocations = { name: '.rela.text', type: 4, link: 0, content: Buffer.alloc(48) };
		const { debugBytes, symbolBytes } = elfIn(elfFile({ sections: [symbols, strings, debug, relocations] }));
		assert.deepEqual({ debugBytes, symbolBytes }, { debugBytes: 5000, symbolBytes: 0 });
	});

	test('object files have nothing that strip may take: a linker may need it', () => {
		const { type, debugBytes, symbolBytes } = elfIn(
			elfFile({ type: 1, sections: [symbols, strings, debug] }),
		);
		assert.deepEqual(
			{ type, debugBytes, symbolBytes },
			{ type: 'relocatable', debugBytes: 0, symbolBytes: 0 },
		);
	});

	test('an archive behind a program is seen, and names are found behind megabytes of debug sections', () => {
		const large = { ...debug, content: Buffer.alloc(20_000_000, '.shstrtab') };
		const content = elfFile({ sections: [large, symbols, strings].toReversed() });
		const { debugBytes, appendedBytes } = elfIn(Buffer.concat([content, Buffer.alloc(5000)]));
		assert.deepEqual({ debugBytes, appendedBytes }, { debugBytes: 20_000_000, appendedBytes: 5000 });
	});

	test('by position what is loaded is passed over', () => {
		const segments = [{ content: Buffer.alloc(5_000_000), flags: 5 }];
		const content = elfFile({ segments, sections: [debug] });
		const { fact, readBytes } = readFact(executableReader, { path: 'x' }, content, { byPosition: true });
		assert.equal(fact?.kind === 'elf' && fact.debugBytes, 5000);
		assert.ok(readBytes < 200_000, `${readBytes} bytes`);
	});

	test('one that is cut off is refused', () => {
		for (const bytes of [20, 100])
			assert.throws(() => elfIn(program.subarray(0, bytes)), {
				message: 'it ends within its program headers',
			});
		assert.throws(() => elfIn(program.subarray(0, 10_000)), {
			message: 'it ends before its section headers do',
		});
	});

	test('any other file says nothing, and one that cannot be run is not looked at', () => {
		const text = Buffer.alloc(100_000, 'x');
		assert.equal(readFact(executableReader, { path: 'bin/x' }, text).fact, null);
		const data = { path: 'data', mode: 0o644 };
		assert.equal(readFact(executableReader, data, program).isOpened, false);
		assert.equal(readFact(executableReader, { ...data, path: 'lib/x.so.1' }, program).isOpened, true);
	});
});

describe('scripts', () => {
	const lines: readonly (readonly [string, string | null, string | null])[] = [
		['#!/bin/sh\nx', '/bin/sh', null],
		['#! /usr/bin/env  python3 -u \nx', '/usr/bin/env', 'python3 -u'],
		['#!/bin/sh\r\nx', '/bin/sh\r', null],
		['#!/bin/sh', '/bin/sh', null],
		['#!\nx', null, null],
		[`#!/${'x'.repeat(300)}\n`, null, null],
		[`#!/bin/sh ${'x'.repeat(300)}\n`, '/bin/sh', 'x'.repeat(246)],
	];
	for (const [content, interpreter, argument] of lines)
		test(JSON.stringify(content.slice(0, 40)), () => {
			for (const pieceBytes of [1, 1000]) {
				const { fact } = readFact(executableReader, { path: 'x' }, Buffer.from(content), { pieceBytes });
				assert.deepEqual(fact, interpreter === null ? null : { kind: 'script', interpreter, argument });
			}
		});
});

test('whatever bytes are changed, there is a fact or a refusal, the same by position', () => {
	const bases = [program, elfFile({ sections: [symbols, strings, debug], bits: 32, isLittleEndian: false })];
	const change = fc.tuple(fc.oneof(fc.nat(300), fc.nat(20_000)), fc.nat(255));
	fc.assert(
		fc.property(
			fc.constantFrom(...bases),
			fc.array(change, { maxLength: 8 }),
			fc.nat(),
			(base, changes, cut) => {
				const content = Buffer.from(base);
				for (const [at, byte] of changes) content[at % content.length] = byte;
				const damaged = content.subarray(0, cut % 3 === 0 ? 1 + (cut % content.length) : content.length);
				const file = { path: 'x', bytes: content.length };
				const read = (how: Parameters<typeof readFact>[3]) =>
					orRefused(() => readFact(executableReader, file, damaged, how).fact);
				assert.deepEqual(read({ pieceBytes: 700, byPosition: true }), read({ pieceBytes: 1000 }));
			},
		),
		{ numRuns: runs(1000) },
	);
});
