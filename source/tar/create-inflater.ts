import type { Compression } from './compression.ts';
import { createGzipInflater } from './inflate/gzip-inflater.ts';
import type { SyncInflater } from './sync-inflater.ts';
import { createHandleInflater } from './zlib-handle.ts';

/** A synchronous inflater, or null where this Node does not offer one for the format. */
export function createSyncInflater(format: Compression): SyncInflater | null {
	if (format === 'gzip') return createGzipInflater() ?? createHandleInflater('gzip');
	return format === 'zstd' ? createHandleInflater('zstd') : null;
}
