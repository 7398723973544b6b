import { inflateRawSync } from 'node:zlib';
import type { Steps } from '../../../steps.ts';
import { createSyncInflater } from '../../../tar/compression/create-inflater.ts';
import type { SyncInflater } from '../../../tar/compression/sync-inflater.ts';
import { FactError } from '../../fact-reader.ts';

const CHUNK_BYTES = 64 * 1024;
/** A member without a name or a time (RFC 1952, 2.3). */
const GZIP_HEADER = Buffer.from('1f8b08000000000000ff', 'hex');

/** What is known of deflated data. */
export interface Deflated {
	readonly crc32: number;
	/** How many it unfolds to; memory is taken for all of them. */
	readonly bytes: number;
}

/** Inflates raw deflate data as the content of a gzip member, for which there are steps. Throws `FactError` where it is not what it should be. */
export function* inflateInSteps(deflated: Uint8Array, said: Deflated): Steps<Buffer> {
	const content = Buffer.alloc(said.bytes);
	let filled = 0;
	const sink = (piece: Uint8Array): void => {
		if (filled + piece.length > content.length) throw new FactError('a file of the archive is damaged');
		content.set(piece, filled);
		filled += piece.length;
	};
	const inflater = createSyncInflater('gzip');
	try {
		if (inflater === null) return inflateRawSync(deflated, { maxOutputLength: said.bytes });
		yield* inflateMember(inflater, { deflated, said, sink });
	} catch {
		throw new FactError('a file of the archive is damaged');
	} finally {
		inflater?.close();
	}
	return content;
}

interface Member {
	readonly deflated: Uint8Array;
	readonly said: Deflated;
	readonly sink: (piece: Uint8Array) => void;
}

function* inflateMember(inflater: SyncInflater, { deflated, said, sink }: Member): Steps<void> {
	const trailer = Buffer.alloc(8);
	trailer.writeUInt32LE(said.crc32, 0);
	trailer.writeUInt32LE(said.bytes, 4);
	inflater.write(GZIP_HEADER, sink);
	for (let start = 0; start < deflated.length; start += CHUNK_BYTES) {
		yield* inflater.writeInSteps(deflated.subarray(start, start + CHUNK_BYTES), sink);
		yield;
	}
	inflater.write(trailer, sink);
	inflater.finish(sink);
}
