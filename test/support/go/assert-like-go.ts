import assert from 'node:assert/strict';
import { PLAIN_SHA256 } from '../../../source/tar/content-identity.ts';
import type { TarEntry } from '../../../source/tar/headers/tar-entry.ts';
import { StreamScan } from '../../../source/tar/scan-stream.ts';
import { TarError } from '../../../source/tar/tar-error.ts';
import type { GoEntry, GoListing } from './read-with-go.ts';

/** What tells the user that engines refuse the layer. */
const refusals: ReadonlySet<string> = new Set([
	'malformed-header',
	'malformed-extended-header',
	'lone-zero-block',
]);

/** Hard link, symlink, devices, directory, FIFO: their size means nothing. */
const withoutContent = new Set(Array.from('123456', (flag) => flag.charCodeAt(0)));

/**
 * Insists that a scan finds what Go's archive/tar found: the same entries, and where Go refuses the tar, an error or a warning that says so,
 * which no other tar has.
 */
export function assertLikeGo(tar: Uint8Array, go: GoListing): void {
	const { entries: found, warnings, fault } = scan(tar);
	// How a sparse file is read is tested elsewhere: here it is read as it is stored.
	const entries = found.map((entry, index) =>
		go.Entries[index]?.IsSparse ? { ...entry, size: null } : entry,
	);
	const expected = go.Entries.map(entryOfGo);
	if (go.Error === '') {
		assert.equal(fault, null, 'Go reads it');
		assert.deepEqual(entries, expected);
		assert.deepEqual(
			warnings.filter((code) => refusals.has(code)),
			[],
		);
		return;
	}
	assert.deepEqual(entries.slice(0, expected.length), expected);
	const isTold = fault !== null || warnings.some((code) => refusals.has(code) || code === 'no-end-mark');
	assert.ok(isTold, `nothing tells that Go says: ${go.Error}`);
}

function scan(tar: Uint8Array) {
	const entries: Entry[] = [];
	const scan = new StreamScan({
		identityKey: PLAIN_SHA256,
		largestVerifiedBytes: 0,
		expectedBytes: 0,
		onEntry: (entry) => {
			entries.push(entryOf(entry));
			return null;
		},
	});
	try {
		scan.write(tar);
		return { entries, warnings: scan.finish().warnings.map(({ code }) => code), fault: null };
	} catch (fault) {
		if (!(fault instanceof TarError)) throw fault;
		return { entries, warnings: [], fault };
	}
}

interface Entry {
	readonly name: string;
	readonly link: string;
	readonly type: string;
	readonly size: number | null;
	readonly owner: readonly number[];
	readonly mode: number;
	readonly device: readonly number[];
	readonly attributes: Readonly<Record<string, string>>;
}

function entryOf({ prefix, name, linkName, ...entry }: TarEntry): Entry {
	const text = ({ bytes, start, end }: TarEntry['name']) => Buffer.from(bytes.slice(start, end));
	const path = prefix.end > prefix.start ? [text(prefix), Buffer.from('/')] : [];
	return {
		name: Buffer.concat([...path, text(name)]).toString('latin1'),
		link: text(linkName).toString('latin1'),
		type: entry.typeFlag === 0 ? '0' : String.fromCharCode(entry.typeFlag),
		size: entry.contentBytes,
		owner: [entry.uid, entry.gid],
		mode: entry.mode,
		device: [entry.deviceMajor, entry.deviceMinor],
		attributes: Object.fromEntries(
			[...(entry.attributes ?? [])].map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
		),
	};
}

function entryOfGo(entry: GoEntry): Entry {
	return {
		name: Buffer.from(entry.Name, 'base64').toString('latin1'),
		link: Buffer.from(entry.Link, 'base64').toString('latin1'),
		type: String.fromCharCode(entry.Type),
		size: entry.IsSparse ? null : withoutContent.has(entry.Type) ? 0 : entry.Size,
		owner: [entry.Uid, entry.Gid],
		mode: entry.Mode & 0o7777,
		device: [entry.Major, entry.Minor],
		attributes: { ...entry.Attributes },
	};
}
