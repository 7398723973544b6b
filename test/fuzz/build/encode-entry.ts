import { checksum, gnuLong, padded, type RawHeader, rawHeader } from '../../support/archives/raw-tar.ts';
import type { TarEntryType } from '../../support/archives/tar-entry.ts';
import type { EntryPlan, Lie } from '../plan.ts';
import { extensionEntry, type PaxRecord, paxContent } from './pax-records.ts';
import { sparseEntry } from './sparse.ts';

const typeFlags: Readonly<Record<TarEntryType, string>> = {
	file: '0',
	'hard-link': '1',
	symlink: '2',
	'character-device': '3',
	'block-device': '4',
	directory: '5',
	fifo: '6',
};

/** The numbers of all devices: 0:0 would be a whiteout of overlay2. */
export const deviceNumbers = [1, 3] as const;

const SPARSE_MAP_OFFSET = 386;
const NAME_BYTES = 100;

/** An entry as its plan says, with its extension headers and its content. */
export function encodeEntry(entry: EntryPlan): Uint8Array {
	const { extensions, header, content } = parts(entry);
	const { lie } = entry;
	const whole = [...extensions, header, padded(content)];
	if (lie === null) return Buffer.concat(whole);
	if (lie.kind === 'pax') return Buffer.concat([extensionEntry(lie.typeFlag, lie.content), ...whole]);
	if (lie.kind === 'extension')
		return Buffer.concat([extensionEntry(lie.typeFlag, 'x'.repeat(100), lie.size), ...whole]);
	overwrite(header, lie);
	return Buffer.concat(whole);
}

/** A header that lies in one field; its checksum is right unless the plan says otherwise. */
function overwrite(header: Buffer, { offset, text, rightChecksum }: Extract<Lie, { kind: 'field' }>): void {
	header.write(text, offset, 'latin1');
	if (rightChecksum) writeChecksum(header);
}

function writeChecksum(header: Buffer): void {
	header.write(`${checksum(header).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}

function parts(entry: EntryPlan) {
	const sparse = sparseEntry(entry);
	const content = bytes(sparse?.stored ?? entry.content);
	const split = splitName(entry);
	const records = [...recordsOf(entry, split !== null), ...(sparse?.records ?? [])];
	const isExtended = records.length > 0;
	const raw = rawFields(entry, { split, isExtended, size: content.length, isOldSparse: !!sparse?.oldMap });
	const header = Buffer.from(rawHeader(raw));
	if (sparse?.oldMap) header.write(sparse.oldMap, SPARSE_MAP_OFFSET, 'latin1');
	if (entry.writing === 'base-256' || entry.writing === 'go-1.7') writeNumbers(header, entry, content.length);
	writeChecksum(header);
	return { extensions: extensionsOf(entry, records), header, content };
}

interface HeaderShape {
	readonly split: { readonly prefix: string; readonly name: string } | null;
	readonly isExtended: boolean;
	readonly size: number;
	readonly isOldSparse: boolean;
}

function rawFields(entry: EntryPlan, { split, isExtended, size, isOldSparse }: HeaderShape): RawHeader {
	const { type, name, mode, uid, gid, mtime, target, writing } = entry;
	const hasOwnName = writing === 'pax';
	const isDevice = type === 'character-device' || type === 'block-device';
	return {
		name: bytes(hasOwnName && isExtended ? 'other-name' : (split?.name ?? name)),
		prefix: bytes(split?.prefix ?? ''),
		typeFlag: isOldSparse ? 'S' : typeFlags[type],
		mode,
		uid: hasOwnName ? 77 : uid,
		gid,
		size,
		mtime,
		target: bytes(target),
		device: isDevice ? deviceNumbers : [0, 0],
		magic: magicOf(entry, isOldSparse, isDevice),
		base256Size: false,
		checksumError: 0,
	};
}

function magicOf({ writing }: EntryPlan, isOldSparse: boolean, isDevice: boolean): RawHeader['magic'] {
	if (writing === 'gnu' || writing === 'go-1.7' || writing === 'base-256' || isOldSparse) return 'gnu';
	// Without a magic there is no field for the numbers of a device.
	return writing === 'v7' && !isDevice ? 'none' : 'ustar';
}

/** A prefix and a name; null where the entry has no prefix. */
function splitName({ writing, name }: Pick<EntryPlan, 'writing' | 'name'>): HeaderShape['split'] {
	if (writing !== 'prefix' && writing !== 'go-1.7') return null;
	for (let slash = name.indexOf('/'); slash !== -1; slash = name.indexOf('/', slash + 1)) {
		const [prefix, rest] = [name.slice(0, slash), name.slice(slash + 1)];
		if (prefix !== '' && prefix.length <= 155 && rest !== '' && rest.length <= NAME_BYTES)
			return { prefix, name: rest };
	}
	return null;
}

function recordsOf({ writing, name, target, uid, mtime, xattrs }: EntryPlan, isSplit: boolean): PaxRecord[] {
	const records: PaxRecord[] = Object.entries(xattrs).map(([key, value]) =>
		writing === 'pax'
			? [`LIBARCHIVE.xattr.${key}`, Buffer.from(value, 'latin1').toString('base64').replace(/=+$/, '')]
			: [`SCHILY.xattr.${key}`, value],
	);
	const isExtended = records.length > 0 || writing === 'two-pax' || writing === 'pax';
	const isNamed = writing === 'pax' || (isExtended && !isSplit && name.length > NAME_BYTES);
	if (isNamed) records.push(['path', name]);
	if (writing === 'pax') {
		records.push(['uid', String(uid)], ['mtime', String(mtime)]);
		if (target !== '') records.push(['linkpath', target]);
	}
	if (writing === 'two-pax') records.push(['comment', 'the last one counts']);
	return records;
}

function extensionsOf({ writing, name }: EntryPlan, records: readonly PaxRecord[]): readonly Uint8Array[] {
	const isLong = name.length > NAME_BYTES && !records.some(([key]) => key === 'path');
	const isSplit = splitName({ writing, name }) !== null;
	return [
		...(isLong && !isSplit ? [gnuLong('L', bytes(name))] : []),
		...(writing === 'two-pax' ? [extensionEntry('x', paxContent(overruled))] : []),
		...(records.length > 0 ? [extensionEntry('x', paxContent(records))] : []),
	];
}

/** What no reader takes from the first of two extended headers. */
const overruled: readonly PaxRecord[] = [
	['uid', '77'],
	['SCHILY.xattr.user.overruled', '1'],
];

function writeNumbers(header: Buffer, { uid, gid, mtime }: EntryPlan, size: number): void {
	for (const [offset, width, value] of [
		[108, 8, uid],
		[116, 8, gid],
		[124, 12, size],
		[136, 12, mtime],
	]) {
		header.fill(0, offset, offset + width);
		header.writeUInt8(0x80, offset);
		header.writeUInt32BE(value, offset + width - 4);
	}
}

function bytes(text: string): Buffer {
	return Buffer.from(text, 'latin1');
}
