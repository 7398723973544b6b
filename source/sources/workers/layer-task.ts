import type { MessagePort } from 'node:worker_threads';
import type { Changeset, FactGroup, LayerFacts, StringColumn } from '../../tar/changeset.ts';
import type { Compression } from '../../tar/compression/compression.ts';
import type { EntryLimits } from '../../tar/entry-budget.ts';
import type { ScannedPart } from '../../tar/parts/scan-part.ts';
import type { LayerPart } from '../../tar/parts/split-point.ts';
import type { HashOptions } from '../../tar/scan-stream.ts';
import type { TarError } from '../../tar/tar-error.ts';
import type { BlobLocation } from '../store/blob-location.ts';
import type { FileHash } from './file-hash.ts';

/** Work on layers that are on disk, or stream through a port, which a worker can do as well as the main thread. */
export type LayerTask =
	| ScanTask
	| PartTask
	| StreamTask
	| DigestTask
	| FileDigestTask
	| FactsTask
	| CompareTask;

/** Reads the entries of a layer: by position where it is not compressed, else as it is unpacked. */
export interface ScanTask {
	readonly type: 'scan';
	readonly location: BlobLocation;
	readonly compression: Compression;
	/** What is worked out of a layer that has to be unpacked. */
	readonly hashing: HashOptions;
	/** Whether the diff ID is worked out of one that has not. */
	readonly withDigest: boolean;
}

/** Reads the entries of a part of a layer that is packed as gzip; others read the other parts meanwhile. */
export interface PartTask {
	readonly type: 'part';
	/** The whole layer. */
	readonly location: BlobLocation;
	readonly part: LayerPart;
	readonly identityKey: HashOptions['identityKey'];
	readonly facts: readonly FactGroup[];
	/** Of the part alone: should the layer have to be read as a whole after all, nothing must have been counted. */
	readonly limits: EntryLimits;
}

/** Reads the entries of a layer that the main thread gets from elsewhere and sends through a port (`streamed-chunks.ts`). */
export interface StreamTask {
	readonly type: 'stream';
	readonly port: MessagePort;
	/** The layer as it is stored, bytes. */
	readonly bytes: number;
	readonly hashing: HashOptions;
}

/** Works out the SHA-256 of a blob. */
export interface DigestTask {
	readonly type: 'digest';
	readonly location: BlobLocation;
}

/** Works out the SHA-256 of files with content, which are in the order of their positions. */
export interface FileDigestTask {
	readonly type: 'file-digests';
	/** The layer. */
	readonly location: BlobLocation;
	readonly compression: Compression;
	/** Where the content of each file starts in the uncompressed tar, bytes. */
	readonly positions: Float64Array;
	readonly sizes: Float64Array;
	readonly hash: FileHash;
}

/** Reads facts from files, which are in the order of their positions. All columns have one item a file. */
export interface FactsTask {
	readonly type: 'facts';
	/** The layer. */
	readonly location: BlobLocation;
	readonly compression: Compression;
	readonly groups: readonly FactGroup[];
	/** Indices in the changeset of the layer. */
	readonly entries: Uint32Array;
	readonly paths: StringColumn;
	/** Where the content of each file starts in the uncompressed tar, bytes. */
	readonly positions: Float64Array;
	readonly sizes: Float64Array;
	readonly modes: Uint16Array;
}

/**
 * Tells for pairs of files in uncompressed layers whether their content is the same. Several threads may do one task together: pairs
 * come in runs, and a thread that has time begins with the next run. All arrays lie in shared memory but `runStarts`.
 */
export interface CompareTask {
	readonly type: 'compare';
	readonly pairs: ContentPairs;
	/** Run r is the pairs `[runStarts[r], runStarts[r + 1])`. */
	readonly runStarts: Uint32Array;
	/** One item: how many runs were begun. */
	readonly begun: Int32Array;
	/** Is set to 1 for each pair that is the same. */
	readonly same: Uint8Array;
}

/** Pairs of equally long pieces of files. All columns have one item a pair. */
export interface ContentPairs {
	/** The layers that the pieces are in. */
	readonly locations: readonly BlobLocation[];
	/** Positions in `locations`. */
	readonly leftLayers: Uint16Array;
	readonly rightLayers: Uint16Array;
	/** Where the content starts in the layer, bytes. */
	readonly leftPositions: Float64Array;
	readonly rightPositions: Float64Array;
	readonly bytes: Float64Array;
}

/** Called between small pieces of work with how many bytes of the task are done; its promise is awaited. */
export type AfterStep = (bytesDone: number) => Promise<void> | undefined;

/** What each kind of task gives; a comparison writes into its task. */
export interface TaskResults {
	readonly scan: Changeset;
	/** Null where the part, or what is before it, does not hold together: the whole layer is to be read then, to say what is wrong. */
	readonly part: ScannedPart | null;
	readonly stream: Changeset;
	readonly digest: string;
	/** `DIGEST_BYTES` a file. */
	readonly 'file-digests': Uint8Array;
	readonly facts: LayerFacts;
	readonly compare: undefined;
}

/** Tasks that threads claim one by one, in their order. */
export interface TaskBatch {
	/** Tells batches apart. */
	readonly id: number;
	readonly tasks: readonly LayerTask[];
	/** One item, in shared memory: how many were claimed. */
	readonly claimed: Int32Array;
}

/** What a worker says of a batch and, but at the end, of the task at `index`. */
export type WorkerReply = { readonly batch: number } & (
	| { readonly type: 'done' }
	| ({ readonly index: number } & TaskReply)
);

export type TaskReply =
	| { readonly type: 'progress'; readonly bytesDone: number }
	| { readonly type: 'result'; readonly result: TaskResults[LayerTask['type']] }
	| {
			readonly type: 'tar-error';
			readonly kind: TarError['kind'];
			readonly position: number;
			readonly message: string;
			/** What the decoder says. */
			readonly cause: string | null;
	  }
	/** The code is that of a system error. */
	| { readonly type: 'error'; readonly message: string; readonly code: string | null };
