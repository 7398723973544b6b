import { gzipSync, zstdCompressSync } from 'node:zlib';
import { packedSmallImage } from '../../support/images/packed-image.ts';
import type { Packing } from '../plan.ts';
import { xz } from './write-xz.ts';

export function pack(bytes: Uint8Array, packing: Packing): Uint8Array {
	switch (packing) {
		case 'plain':
			return bytes;
		case 'gzip':
			return gzipSync(bytes, { level: 1 });
		case 'gzip-members': {
			const middle = bytes.length >> 1;
			return Buffer.concat([gzipSync(bytes.subarray(0, middle)), gzipSync(bytes.subarray(middle))]);
		}
		case 'zstd':
			return zstdCompressSync(bytes);
		case 'xz':
			return xz(bytes);
		case 'bzip2':
			return packedSmallImage.bzip2;
	}
}
