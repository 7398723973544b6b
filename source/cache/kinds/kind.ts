/**
 * What a value is cached under: a word and a name that belongs to exactly this value, such as `diff-id sha256:...`, `blob sha256:...` or
 * `file ...`. A key may hold anything: it is hashed before it becomes the name of a file.
 */
export type CacheKey = string;

/** An estimate of work. */
export type Microseconds = number;

/** The name of what a cached value was worked out from, for people. */
export interface SubjectName {
	readonly text: string;
	/** Whether it is the path of a file, which may hold several such values. */
	readonly isFile: boolean;
}

interface KindRow {
	readonly name: string;
	/** In the folder of the cache. */
	readonly folder: string;
	/** A value that takes less work than this is worked out about as fast as it is looked up, so it is not cached. */
	readonly leastCost: Microseconds;
	/** Whether a key always has the same value, so that it is never written again. */
	readonly isFixed: boolean;
	/** What `fathom cache` calls the values. */
	readonly describe: (subject: SubjectName) => string;
}

/** All kinds of value, one row each. A file of the cache names its kind by its position here, so new ones go to the end. */
export const kinds = [
	{
		name: 'layer',
		folder: 'layers',
		leastCost: 500,
		isFixed: true,
		describe: ({ text, isFile }) => (isFile ? `layers in ${text}` : `layer ${text}`),
	},
	{
		name: 'document',
		folder: 'documents',
		leastCost: 0,
		isFixed: true,
		describe: ({ text }) => `document ${text}`,
	},
	{
		name: 'answer',
		folder: 'answers',
		leastCost: 1000,
		isFixed: false,
		describe: ({ text }) => `details of ${text}`,
	},
	{
		name: 'tree',
		folder: 'trees',
		leastCost: 10_000,
		isFixed: false,
		describe: ({ text }) => `file tree of ${text}`,
	},
	{
		name: 'digests',
		folder: 'digests',
		leastCost: 2000,
		isFixed: true,
		describe: ({ text, isFile }) =>
			isFile ? `SHA-256 of files in ${text}` : `SHA-256 of files of layer ${text}`,
	},
	{
		name: 'facts',
		folder: 'facts',
		leastCost: 500,
		isFixed: true,
		describe: ({ text, isFile }) => (isFile ? `contents of layers in ${text}` : `contents of layer ${text}`),
	},
] as const satisfies readonly KindRow[];

export type KindName = (typeof kinds)[number]['name'];

/** Nothing of an image that takes less work than this to read is cached. */
const LEAST_IMAGE_COST: Microseconds = 10_000;

export function kindNamed(name: KindName): KindRow {
	return kinds[codeOf(name)];
}

/** The number of a kind in a file of the cache. */
export function codeOf(name: KindName): number {
	return kinds.findIndex((kind) => kind.name === name);
}

/** Whether a value, or all layers of an image together, take more work than the cache itself. */
export function isWorthCaching(what: KindName | 'image', cost: Microseconds): boolean {
	return cost >= (what === 'image' ? LEAST_IMAGE_COST : kindNamed(what).leastCost);
}

/** How a value becomes bytes, and comes back. */
export interface CacheKind<T extends object> {
	readonly name: KindName;
	/** The value as parts, which are written as they lie in memory. */
	readonly encode: (value: T) => readonly Uint8Array[];
	/** Takes parts that each have a buffer of just their size; null when they do not fit each other. */
	readonly decode: (parts: readonly Uint8Array[]) => T | null;
	/** Whether a value is sound and can be the value of these keys. Asked after reading and before writing. */
	readonly check: (value: T, keys: readonly CacheKey[]) => boolean;
}
