import fc from 'fast-check';
import { blockBytes, checksum, padded } from '../archives/raw-tar.ts';

/*
 * Tars of odd headers: most fields are well formed, and the others hold what some tool writes, or what none should.
 */

const zeros = Buffer.alloc(blockBytes);

function mostly<T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> {
	return fc.oneof({ weight: 30, arbitrary: fc.constant(usual) }, fc.constantFrom(...others));
}

const shortNumbers = [
	'',
	'644',
	' 644 \0',
	'   644 ',
	'12 34',
	'7\0x',
	'7 \0x',
	'9',
	'x',
	'77777777',
	'-1',
	'+1',
];
const binaryNumbers = [
	'\x80\0\0\0\0\0\x01\xa4',
	'\xff\xff\xff\xff\xff\xff\xff\xfe',
	'\x80\0\0\0\xb2\xd0\x5e\0',
];
const shortNumber = mostly('0000644\0', ...shortNumbers, ...binaryNumbers);
const time = mostly(
	'14524640000\0',
	'',
	'777777777777',
	'1 2',
	'x',
	`\x80${'\xff'.repeat(11)}`,
	`\xff${'\xff'.repeat(11)}`,
);

const name = fc.constantFrom(
	'a',
	'a/b',
	'a/',
	'./a',
	'',
	'/',
	'n'.repeat(100),
	`${'n'.repeat(99)}/`,
	'\xc3\xa9',
	'\xff',
	'../a',
);
const typeFlag = fc.constantFrom(...'0000\0\0\x2d5123467DAVMINXQ');
const magic = fc.constantFrom(
	'ustar\x0000',
	'ustar\x0000',
	'ustar  \0',
	'ustar  \0',
	'',
	'ustar\0zz',
	'ustar  x',
	'ustar   ',
	'USTAR\x0000',
);
const prefix = mostly(
	'',
	'p',
	'p/q',
	'p'.repeat(155),
	'14524640000\x0014524640000\0',
	'x4524640000\0',
	'\xc3\xa9',
	`${'\0'.repeat(12)}late`,
	'1 2',
	'/',
);

const header = fc.record({
	name,
	mode: shortNumber,
	uid: shortNumber,
	gid: shortNumber,
	time,
	typeFlag,
	link: fc.constantFrom('', 'b', 'l'.repeat(100)),
	magic,
	deviceMajor: mostly('0000000\0', '', '0000001\0', 'x', '\x80\0\0\0\0\0\0\x05'),
	deviceMinor: mostly('0000000\0', '', '0000003\0', '1 1'),
	prefix,
	trailer: mostly('', 'tar\0', 'xyz\0'),
	sum: mostly<keyof typeof sums>('posix', 'old', 'signed', 'blank', 'wrong'),
	content: fc.constantFrom('', '', 'x', 'y'.repeat(512), 'z'.repeat(700)),
	size: mostly<keyof typeof sizes>('octal', 'binary', 'spaced', 'negative', 'zero', 'none', 'bad'),
});

type Header = typeof header extends fc.Arbitrary<infer T> ? T : never;

const sizes = {
	octal: (bytes: number) => `${bytes.toString(8).padStart(11, '0')}\0`,
	binary: (bytes: number) => `\x80${'\0'.repeat(9)}${String.fromCharCode(bytes >> 8, bytes & 0xff)}`,
	spaced: (bytes: number) => ` ${bytes.toString(8)} `,
	negative: () => '\xff'.repeat(12),
	zero: () => '00000000000\0',
	none: () => '',
	bad: () => '1 1',
};

const sums = {
	posix: (sum: number) => `${sum.toString(8).padStart(6, '0')}\0 `,
	old: (sum: number) => `${sum.toString(8).padStart(6, ' ')} \0`,
	signed: (sum: number) => `${sum.toString(8).padStart(6, '0')}\0 `,
	blank: (sum: number) => `${sum.toString(8)}  x`,
	wrong: (sum: number) => `${(sum + 1).toString(8).padStart(6, '0')}\0 `,
};

function written(header: Header): Uint8Array {
	const block = Buffer.alloc(blockBytes);
	const write = (text: string, offset: number, length: number) =>
		block.write(text.slice(0, length), offset, 'latin1');
	write(header.name, 0, 100);
	write(header.mode, 100, 8);
	write(header.uid, 108, 8);
	write(header.gid, 116, 8);
	write(sizes[header.size](header.content.length), 124, 12);
	write(header.time, 136, 12);
	write(header.typeFlag, 156, 1);
	write(header.link, 157, 100);
	write(header.magic, 257, 8);
	write(header.deviceMajor, 329, 8);
	write(header.deviceMinor, 337, 8);
	write(header.prefix, 345, 155);
	write(header.trailer, 508, 4);
	const high = block.reduce((count, byte) => count + (byte >= 0x80 ? 1 : 0), 0);
	const sum = checksum(block) - (header.sum === 'signed' ? 256 * high : 0);
	write(sums[header.sum](sum), 148, 8);
	return Buffer.concat([block, padded(Buffer.from(header.content))]);
}

const records = [
	['path', ['pax', 'pax/', '', 'nul\0', '\xff']],
	['linkpath', ['target', '', 'nul\0']],
	['size', ['0', '1', '700', '+1', '-1', ' 1', '1 ', '', '0x1', '99999999999999999999']],
	['uid', ['7', '-2', '4294967297', '+7', '7.0', '', 'x']],
	['gid', ['7', '1e3', '07']],
	['mtime', ['1.5', '-1.5', '1.', '.5', '1e3', '', '1.5x', '0.1234567890123']],
	['atime', ['1', 'x']],
	['ctime', ['2.5', '2,5']],
	['uname', ['root', 'nul\0', '']],
	['hdrcharset', ['BINARY', 'ISO-IR 10646 2000 UTF-8']],
	['comment', ['x=y', 'nul\0']],
	['nul\0key', ['x']],
	['', ['x']],
	['SCHILY.xattr.user.a', ['value', '', '\0\x01', 'other']],
	['SCHILY.xattr.security.capability', ['\x01\0\0\x02']],
] as const;

const goodRecord = fc
	.constantFrom(...records)
	.chain(([key, values]) => fc.constantFrom(...values).map((value) => paxRecord(key, value)));

const record = fc.oneof(
	{ weight: 40, arbitrary: goodRecord },
	fc.constantFrom(
		'x path=a\n',
		'99 path=a\n',
		'9 path=a',
		'0 path=a\n',
		'-9 path=a\n',
		'+9 path=a\n',
		'010 path=a\n',
		'4 a=\n',
		'5 a=\n',
		'5 =a\n',
		'8 path a\n',
		'9 path=a ',
		' ',
		'\0',
		'5\n',
	),
);

/** `LENGTH KEY=VALUE\n` in Latin-1, where the length counts its own digits. */
function paxRecord(key: string, value: string): string {
	const rest = ` ${key}=${value}\n`;
	let length = rest.length;
	while (length !== rest.length + String(length).length) length = rest.length + String(length).length;
	return `${length}${rest}`;
}

const extension = fc
	.tuple(
		header,
		fc.constantFrom('x', 'x', 'x', 'g', 'L', 'K'),
		fc.array(record, { maxLength: 4 }),
		fc.constantFrom('long', 'long/', '', 'a\0b', 'l'.repeat(200)),
	)
	.map(([odd, flag, lines, text]) =>
		written({ ...odd, typeFlag: flag, content: flag === 'x' || flag === 'g' ? lines.join('') : text }),
	);

const part: fc.Arbitrary<Uint8Array> = fc.oneof(
	{ weight: 6, arbitrary: header.map(written) },
	{ weight: 4, arbitrary: extension },
	{
		weight: 1,
		arbitrary: fc.constantFrom(zeros, zeros, Buffer.alloc(2 * blockBytes), Buffer.alloc(blockBytes, 'x')),
	},
);

/** What comes after the last entry. */
const end = fc.constantFrom(
	Buffer.alloc(2 * blockBytes),
	Buffer.alloc(20 * blockBytes),
	zeros,
	new Uint8Array(),
	Buffer.alloc(100),
	Buffer.alloc(700),
);

export interface OddTar {
	readonly bytes: Uint8Array;
	readonly [fc.toStringMethod]: () => string;
}

/** Some are cut in the middle. */
export const arbitraryTar: fc.Arbitrary<OddTar> = fc
	.tuple(fc.array(part, { minLength: 1, maxLength: 6 }), end, mostly(1, 0.3, 0.7, 0.95))
	.map(([parts, tail, kept]) => {
		const tar = Buffer.concat([...parts, tail]);
		const bytes = tar.subarray(0, Math.ceil(tar.length * kept));
		return { bytes, [fc.toStringMethod]: () => readable(bytes) };
	});

/** For a failure: a line for each block, with runs of NULs as a dot. */
function readable(tar: Buffer): string {
	const blocks = Array.from({ length: Math.ceil(tar.length / blockBytes) }, (_, index) =>
		JSON.stringify(tar.toString('latin1', index * blockBytes, (index + 1) * blockBytes)),
	);
	return `\n${blocks.map((block) => block.replaceAll(/(\\u0000)+/g, ' . ')).join('\n')}\n`;
}
