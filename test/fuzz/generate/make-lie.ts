import type { Lie } from '../plan.ts';
import type { Random } from '../random.ts';

/** Where the fields of a header are (POSIX.1-2017 pax, "ustar Interchange Format"), and where old GNU tar has its sparse map. */
const fields = {
	name: [0, 100],
	mode: [100, 8],
	uid: [108, 8],
	gid: [116, 8],
	size: [124, 12],
	mtime: [136, 12],
	typeFlag: [156, 1],
	linkName: [157, 100],
	magic: [257, 8],
	device: [329, 16],
	prefix: [345, 155],
	sparseMap: [386, 97],
	realSize: [483, 12],
} as const;

const numbers = [
	'00000000001\0',
	'00000001000\0',
	'77777777777\0',
	'77777777777777',
	'-0000000001\0',
	'           \0',
	'\0\0\0\0\0\0\0\0\0\0\0\0',
	'9x',
	'0x10',
	'1e9',
	'\x80\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00',
	'\x80\x7f\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff',
	'\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff',
	'\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xfe\x00',
];

const names = [
	'',
	'/',
	'.',
	'..',
	'../x',
	'a/../b',
	'\0',
	'a\0b',
	'a\nb',
	'\xff\xfe',
	'.wh.',
	'.wh..',
	'a/.wh..wh.x',
];

const paxContents = [
	'',
	'x',
	'5 a=b\n',
	'6 a=b\n',
	'99 path=x\n',
	'-1 path=x\n',
	'0 path=x\n',
	'10 size=0\n',
	'12 size=-10\n',
	'23 size=99999999999999\n',
	'30 size=9007199254740993000000\n',
	'13 size=1e10\n',
	'12 uid=-100\n',
	'21 mtime=1.5.5.5.5.5\n',
	'18 mtime=Infinity\n',
	'9 path=\n\n',
	'11 path=a\0b\n',
	'18 GNU.sparse.map=\n',
	'22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n',
	'36 GNU.sparse.realsize=999999999999\n',
	'21 GNU.sparse.map=0,\n',
	'10 path=b\n10 path=c\n',
];

export function makeLie(random: Random): Lie {
	switch (random.pick(['field', 'field', 'field', 'pax', 'extension'] as const)) {
		case 'field':
			return makeFieldLie(random);
		case 'pax':
			return { kind: 'pax', typeFlag: random.pick(['x', 'x', 'g']), content: random.pick(paxContents) };
		case 'extension':
			return {
				kind: 'extension',
				typeFlag: random.pick(['L', 'K', 'x', 'g']),
				size: random.pick([0, 1, 511, 513, 5000, 1_048_577, 2 ** 33, -1]),
			};
	}
}

function makeFieldLie(random: Random): Lie {
	const field = random.pick(Object.keys(fields) as (keyof typeof fields)[]);
	const [offset, width] = fields[field];
	const text = textFor(random, field, width);
	return { kind: 'field', offset, text: text.slice(0, width), rightChecksum: !random.oneIn(8) };
}

function textFor(random: Random, field: keyof typeof fields, width: number): string {
	if (field === 'typeFlag') return random.pick([...'\x000123456789ADKLMNSVXgxZ\xff']);
	if (field === 'magic') return random.pick(['ustar\x0000', 'ustar  \0', '\0\0\0\0\0\0\0\0', 'ustar\x0099']);
	if (field === 'name' || field === 'linkName' || field === 'prefix')
		return random.pick(names).padEnd(width, '\0');
	if (field !== 'sparseMap') return random.pick(numbers);
	return (
		Array.from({ length: 8 }, () => random.pick(numbers).padEnd(12, '\0').slice(0, 12)).join('') +
		random.pick(['\0', '1'])
	);
}
