import type { KnownSize, LedgerStep } from './ledger.ts';

/** The figure that the ledger begins with. */
export const storedMeaning: readonly [name: string, meaning: string] = [
	'stored',
	'the blobs of the layers as stored',
];

/** What each step takes away or adds. */
export const stepMeanings: Readonly<Record<LedgerStep, string>> = {
	compression: 'what compression saves in the blobs',
	headers: 'the headers of the entries',
	padding: 'the rest of the last block of each file',
	'other-blocks': 'extended headers, end marks and other blocks',
	holes: 'the holes of sparse files, which the tars do not have',
	removed: 'waste: removed by a later layer',
	content: 'waste: replaced by a later layer',
	metadata: 'waste: shipped again for mode or owner',
	identical: 'waste: shipped again unchanged',
	duplicate: 'waste: shipped twice in one layer',
};

/** The figure that a step leads to, after the last step of its kind. */
export const figuresAfter: Readonly<Partial<Record<LedgerStep, readonly [name: string, meaning: string]>>> = {
	compression: ['unpacked', 'the layers as uncompressed tars'],
	holes: ['total', 'the content of all files in all layers'],
	duplicate: ['live', 'visible in the final file system'],
};

/** Who shows a figure, and what it is made of. */
export const knownMeanings: Readonly<Record<KnownSize, readonly [name: string, meaning: string]>> = {
	registry: ['registry', 'stored'],
	docker: ['docker (classic store)', 'total + symlink targets - duplicate'],
	'docker-containerd': ['docker (containerd)', 'stored + unpacked layers on disk'],
	podman: ['podman', 'unpacked + a few kB of records'],
	dive: ['dive', 'total - duplicate'],
};
