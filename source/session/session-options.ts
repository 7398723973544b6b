import type { Readable } from 'node:stream';
import type { Worker } from 'node:worker_threads';
import type { AnswerName } from '../analysis/answers.ts';
import type { NamedBase } from '../analysis/base.ts';
import type { LayerCache } from '../cache/layer-cache.ts';
import type { Dockerfile } from '../image/source-lines.ts';
import type { Host } from '../sources/host.ts';
import type { Access, ReadNote } from '../sources/image-source.ts';
import type { LayerSharing } from '../sources/sharing/shared-layers.ts';
import type { FactGroup } from '../tar/changeset.ts';
import type { EntryLimits } from '../tar/entry-budget.ts';
import type { BaseSearchOptions } from './base-search.ts';

/** How somebody looks at an image while it is read. */
export interface WatchOptions {
	/** The layer that they see first, 0-based: it is read before the others. */
	readonly firstLayer: number;
	/** Whether layers that cannot be read are left out, and can be read again; else the first of them is an error. */
	readonly isForgiving: boolean;
}

/** How to read it. */
export interface SessionOptions {
	/** Checks the diff ID of every layer, however large, at the price of reading all of it. */
	readonly verify?: boolean;
	/** Whether the SHA-256 of files will be asked for: of what can be read only once it is worked out as it streams. */
	readonly digests?: boolean;
	/** Which facts will be asked for: of what streams they are read on the way. None by default. */
	readonly facts?: readonly FactGroup[];
	/** How much the image may hold; no limit by default. */
	readonly limits?: EntryLimits;
	/** What the user says the base is (`--base`). */
	readonly base?: NamedBase | null;
	/** Looks for the images that it is built on in engines, and online in registries; else only among the images of its own source. */
	readonly baseSearch?: BaseSearchOptions | null;
	/** The Dockerfile that the image was made from, as the user says (`--file`). */
	readonly dockerfile?: Dockerfile | null;
	/** What will be asked for: it is worked out while contents are compared. */
	readonly ahead?: readonly AnswerName[];
	/** Who looks at the image while it is read; null, and by default, nobody: nothing is shown of it then until it is complete. */
	readonly watched?: WatchOptions | null;
	/** Where the archive comes from when the reference is `-`; nothing by default. */
	readonly stdin?: Readable;
	/** None by default. */
	readonly cache?: LayerCache;
	/** A worker that was started for this image. None by default. */
	readonly earlyWorker?: Worker | null;
	/** An empty one by default. */
	readonly host?: Host;
	/** Without any credentials by default. */
	readonly access?: Access;
	/** Whether it is compared with another image: what a comparison does not show is worked out only if somebody asks for it. */
	readonly isCompared?: boolean;
	/** Shares layers with another image that is opened too. */
	readonly sharing?: LayerSharing;
	/** Gets how far the reading of contents is that facts were asked from. */
	readonly onContents?: (bytesDone: number, bytesTotal: number) => void;
	/** Gets what happens while the image is read, apart from progress. */
	readonly onNote?: (note: ReadNote) => void;
}
