import type { Readable } from 'node:stream';
import type { Worker } from 'node:worker_threads';
import type { AnswerName } from '../analysis/answers.ts';
import type { NamedBase } from '../analysis/base.ts';
import type { LayerCache } from '../cache/layer-cache.ts';
import type { Host } from '../sources/host.ts';
import type { Access, ReadNote } from '../sources/image-source.ts';
import type { LayerSharing } from '../sources/sharing/shared-layers.ts';
import type { EntryLimits } from '../tar/entry-budget.ts';

/** How to read it. */
export interface SessionOptions {
	/** Checks the diff ID of every layer, however large, at the price of reading all of it. */
	readonly verify?: boolean;
	/** Whether the SHA-256 of files will be asked for: of what can be read only once it is worked out as it streams. */
	readonly digests?: boolean;
	/** How much the image may hold; no limit by default. */
	readonly limits?: EntryLimits;
	/** What the user says the base is (`--base`). */
	readonly base?: NamedBase | null;
	/** What will be asked for: it is worked out while contents are compared. */
	readonly ahead?: readonly AnswerName[];
	/** Whether somebody looks at the image while it is read: the lowest layer is read first then, and a draft is made. */
	readonly isWatched?: boolean;
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
	/** Shares layers with another image that is opened too. */
	readonly sharing?: LayerSharing;
	/** Gets what happens while the image is read, apart from progress. */
	readonly onNote?: (note: ReadNote) => void;
}
