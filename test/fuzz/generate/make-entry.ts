import type { TarEntryType } from '../../support/archives/tar-entry.ts';
import type { EntryPlan, Writing } from '../plan.ts';
import type { Random } from '../random.ts';

/*
 * Entries in which everything collides: few names, few contents, few attributes.
 */

const parts = ['a', 'b', 'c', 'a-', 'a.'];

/** Identities of contents from 4 KiB on are made in another way. */
const contents = [
	'',
	'x',
	'y',
	'xx',
	'xy',
	'x'.repeat(511),
	'x'.repeat(512),
	'x'.repeat(700),
	'x'.repeat(5000),
	`${'x'.repeat(4999)}y`,
];

/** Decoders give their data in pieces that are smaller than this. */
const largeContent = 'x'.repeat(300_000);

const sparseContents = [
	`${'\0'.repeat(600)}x${'\0'.repeat(5000)}`,
	`${'x'.repeat(600)}${'\0'.repeat(900)}`,
	'\0'.repeat(1_000_000),
	'x',
];

const type = [
	[40, 'file'],
	[15, 'directory'],
	[18, 'hard-link'],
	[7, 'symlink'],
	[2, 'fifo'],
	[1, 'character-device'],
	[1, 'block-device'],
] as const satisfies readonly (readonly [number, TarEntryType])[];

const writing = [
	[30, 'ustar'],
	[2, 'v7'],
	[3, 'gnu'],
	[3, 'base-256'],
	[3, 'prefix'],
	[2, 'go-1.7'],
	[3, 'pax'],
	[3, 'two-pax'],
] as const satisfies readonly (readonly [number, Writing])[];

const sparseWriting = ['sparse-old', 'sparse-0.0', 'sparse-0.1', 'sparse-1.0'] as const;

export const largeFile: EntryPlan = {
	name: 'large',
	type: 'file',
	mode: 0o644,
	uid: 0,
	gid: 0,
	mtime: 0,
	content: largeContent,
	target: '',
	xattrs: {},
	writing: 'ustar',
	lie: null,
};

export function makeEntry(random: Random): EntryPlan {
	const isMarker = random.oneIn(8);
	if (isMarker) return { ...plainEntry(random), name: markerName(random), type: 'file', content: '' };
	const made = { ...plainEntry(random), type: random.weighted<TarEntryType>(type) };
	if (made.type === 'hard-link') return { ...made, target: path(random), content: '' };
	if (made.type === 'symlink') return { ...made, target: random.pick(['a', '../b', '/etc']), content: '' };
	if (made.type !== 'file') return { ...made, content: '' };
	if (!random.oneIn(12)) return made;
	return { ...made, content: random.pick(sparseContents), writing: random.pick(sparseWriting) };
}

/** An entry once more, as it was or with one thing changed. */
export function makeAgain(random: Random, entry: EntryPlan): EntryPlan {
	const { mode, xattrs, content } = plainEntry(random);
	const again = { ...entry, lie: null };
	switch (random.pick(['nothing', 'mode', 'xattrs', 'content'] as const)) {
		case 'nothing':
			return again;
		case 'mode':
			return { ...again, mode };
		case 'xattrs':
			return { ...again, xattrs };
		case 'content':
			return entry.type === 'file' && !entry.name.includes('.wh.') ? { ...again, content } : again;
	}
}

function plainEntry(random: Random): EntryPlan {
	return {
		name: writtenPath(random),
		type: 'file',
		mode: random.pick([0o644, 0o755]),
		uid: random.pick([0, 0, 0, 1000]),
		gid: 0,
		mtime: random.pick([0, 1_700_000_000]),
		content: random.oneIn(40) ? largeContent : random.pick(contents),
		target: '',
		xattrs: random.oneIn(5) ? { 'security.capability': random.pick(['\x01', '\x02']) } : {},
		writing: random.weighted<Writing>(writing),
		lie: null,
	};
}

/** Most are one name, so that layers touch the same paths. */
function path(random: Random): string {
	return random.list(1, random.pick([1, 1, 2, 3]), () => random.pick(parts)).join('/');
}

/** A path as tools write it in a tar. */
function writtenPath(random: Random): string {
	const start = random.weighted([
		[12, ''],
		[2, './'],
		[1, '/'],
		[1, '././'],
	] as const);
	const end = random.oneIn(40) ? '/' : '';
	const long = random.oneIn(25) ? `${'long/'.repeat(random.pick([10, 30, 60]))}` : '';
	return start + long + path(random).replaceAll('/', random.oneIn(10) ? '//' : '/') + end;
}

function markerName(random: Random): string {
	const marked = path(random);
	const slash = marked.lastIndexOf('/') + 1;
	const folder = marked.slice(0, slash);
	return random.oneIn(3) ? `${folder}.wh..wh..opq` : `${folder}.wh.${marked.slice(slash)}`;
}
