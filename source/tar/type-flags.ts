import { type EntryKind, entryKinds } from './changeset.ts';

/** What an extension header says of the next entry; `pax-global` says it of all that follow. */
export type ExtensionKind = 'long-name' | 'long-link' | 'pax' | 'pax-global';

/** What the type flag of a tar header says the header is. */
export type HeaderType =
	| {
			readonly role: 'entry';
			readonly kind: EntryKind;
			/** Whether content follows. Other entries have none, whatever their size field says (as Go's archive/tar reads them). */
			readonly hasContent: boolean;
			/** Only data is stored of the content, and the header says where the holes are (old GNU sparse format). */
			readonly isSparse: boolean;
	  }
	| { readonly role: 'extension'; readonly kind: ExtensionKind }
	| { readonly role: 'unknown' };

const file = { role: 'entry', kind: 'file', hasContent: true, isSparse: false } as const;

/**
 * Type flags of POSIX (POSIX.1-2017, pax, "ustar Interchange Format"), then those of v7 and GNU tar. The first flag of a kind is the one to
 * write. Others are unknown to Go's archive/tar as well, and engines refuse them: so it is with `X`, which Solaris wrote for `x`.
 */
const headerTypes: readonly (readonly [flag: string, type: HeaderType])[] = [
	['0', file],
	['1', withoutContent('hard-link')],
	['2', withoutContent('symlink')],
	['3', withoutContent('character-device')],
	['4', withoutContent('block-device')],
	['5', withoutContent('directory')],
	['6', withoutContent('fifo')],
	// A contiguous file.
	['7', file],
	['x', { role: 'extension', kind: 'pax' }],
	['g', { role: 'extension', kind: 'pax-global' }],
	// v7 has flags for links only. `entry-decoder.ts` makes a directory of one whose name ends in a slash.
	['\0', file],
	['S', { ...file, isSparse: true }],
	// A directory whose content is a list of names (GNU incremental backup).
	['D', { ...file, kind: 'directory' }],
	['L', { role: 'extension', kind: 'long-name' }],
	['K', { role: 'extension', kind: 'long-link' }],
];

const byCode: readonly HeaderType[] = Array.from(
	{ length: 256 },
	(_, code) => headerTypes.find(([flag]) => flag.charCodeAt(0) === code)?.[1] ?? { role: 'unknown' },
);

/** What a type flag means; it is the byte in the header. */
export function headerTypeOf(typeFlag: number): HeaderType {
	return byCode[typeFlag];
}

/** The code of the entry kind in a changeset by type flag, -1 for all other headers. An array, because every entry is looked up in it. */
export const entryKindCodes: Readonly<Int8Array> = Int8Array.from(byCode, (type) =>
	type.role === 'entry' ? entryKinds.indexOf(type.kind) : -1,
);

/** The type flag to write for a kind of entry. */
export function typeFlagOf(kind: EntryKind): number {
	const found = headerTypes.find(([, type]) => type.role === 'entry' && type.kind === kind);
	if (found === undefined) throw new RangeError(`No type flag is known for ${kind}.`);
	return found[0].charCodeAt(0);
}

function withoutContent(kind: EntryKind): HeaderType {
	return { role: 'entry', kind, hasContent: false, isSparse: false };
}
