import type { Compression } from '../../tar/compression/compression.ts';
import type { Both } from '../merge/merge-structure.ts';
import type { BytesDifference } from './first-bytes.ts';
import type { GzipFieldDifference } from './gzip-header.ts';

/** How the blobs of two layers differ whose tars are equal. */
export type CompressionDifference =
	| { readonly kind: 'format'; readonly formats: Both<Compression> }
	/** Both are gzip, and their headers differ; `data` is where the compressed data behind them differs, from its start; null where it does not. */
	| {
			readonly kind: 'gzip-header';
			readonly fields: readonly GzipFieldDifference[];
			readonly data: BytesDifference | null;
	  }
	/** The compressed data differs, as another compressor, another version or another level makes it. */
	| {
			readonly kind: 'data';
			readonly format: Compression;
			/** Of the blobs. */
			readonly bytes: Both<number>;
			/** In the blobs. */
			readonly at: BytesDifference;
	  };
