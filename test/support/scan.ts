import assert from 'node:assert/strict';
import { closeSync, openSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	type Changeset,
	entryKinds,
	OPAQUE_WHITEOUT,
	stringAt,
	WHITEOUT,
} from '../../source/tar/changeset.ts';
import { newIdentityKey } from '../../source/tar/content-identity.ts';
import { FileScan } from '../../source/tar/scan-file.ts';
import { StreamScan } from '../../source/tar/scan-stream.ts';
import { decodeName } from '../../source/text/decode-name.ts';

/** Scans a tar by position, as a file in a larger one: bytes that are no tar stand before and after it. */
export function scanByPosition(tar: Uint8Array): Changeset {
	const path = join(tmpdir(), `fathom-scan-${process.pid}-${counter++}.tar`);
	const around = Buffer.alloc(700, 'x');
	writeFileSync(path, Buffer.concat([around, tar, around]));
	const fd = openSync(path, 'r');
	try {
		const scan = new FileScan({ fd, start: around.length, bytes: tar.length });
		while (!scan.step(3));
		return scan.finish();
	} finally {
		closeSync(fd);
		unlinkSync(path);
	}
}

let counter = 0;

/** Scans a tar as a stream that comes in chunks of the given size. */
export function scanAsStream(tar: Uint8Array, chunkBytes: number): Changeset {
	const scan = new StreamScan({
		identityKey: newIdentityKey(),
		largestVerifiedBytes: Number.POSITIVE_INFINITY,
		expectedBytes: 0,
	});
	const chunk = new Uint8Array(chunkBytes);
	for (let start = 0; start < tar.length; start += chunkBytes) {
		const piece = tar.subarray(start, start + chunkBytes);
		chunk.set(piece);
		scan.write(chunk.subarray(0, piece.length));
		// A producer may use its chunk again.
		chunk.fill(0xff);
	}
	return scan.finish();
}

export interface ScannedEntry {
	readonly path: string;
	readonly kind: string;
	readonly size: number;
	readonly mode: number;
	readonly uid: number;
	readonly gid: number;
	readonly mtime: number;
	readonly target: string;
}

/** The columns of a changeset as objects. */
export function entriesOf(changeset: Changeset): readonly ScannedEntry[] {
	return Array.from({ length: changeset.count }, (_, index) => ({
		path: decodeName(stringAt(changeset.paths, index)),
		kind: kindName(changeset.kinds[index]),
		size: changeset.sizes[index],
		mode: changeset.modes[index],
		uid: changeset.uids[index],
		gid: changeset.gids[index],
		mtime: changeset.mtimes[index],
		target: decodeName(stringAt(changeset.targets, index)),
	}));
}

function kindName(code: number): string {
	if (code === WHITEOUT) return 'whiteout';
	return code === OPAQUE_WHITEOUT ? 'opaque-whiteout' : entryKinds[code];
}

/** Scans a tar by position and as streams of several chunk sizes, and insists that all of them find the same. */
export function scanAllWays(tar: Uint8Array): Changeset {
	const byPosition = attempt(() => scanByPosition(tar));
	for (const chunkBytes of [1, 511, 512, 65_536]) {
		assert.deepEqual(
			attempt(() => scanAsStream(tar, chunkBytes)),
			byPosition,
			`chunks of ${chunkBytes} bytes`,
		);
	}
	if ('fault' in byPosition) throw byPosition.fault;
	return scanByPosition(tar);
}

/** What both ways have to agree on: everything but the identities and the digest, which only a stream has. */
function attempt(scan: () => Changeset) {
	try {
		const changeset = scan();
		const { headerCount, warnings, unpackedBytes, positions, attributes, sparse } = changeset;
		const columns = { entries: entriesOf(changeset), positions: [...positions], attributes, sparse };
		return { ...columns, headerCount, warnings, unpackedBytes };
	} catch (fault) {
		return { fault };
	}
}
