import { createGzipInflater } from '../inflate/gzip-inflater.ts';
import { type Compression, unknownCompression } from './compression.ts';
import type { SyncInflater } from './sync-inflater.ts';
import { createHandleInflater } from './zlib-handle.ts';

/** A synchronous inflater; null for formats that have none, where this Node does not offer one, and for what is not compressed. */
export function createSyncInflater(compression: Compression): SyncInflater | null {
	switch (compression) {
		case 'gzip':
			return createGzipInflater() ?? createHandleInflater('gzip');
		case 'zstd':
			return createHandleInflater('zstd');
		case 'none':
		case 'xz':
		case 'bzip2':
			return null;
		default:
			throw unknownCompression(compression);
	}
}
