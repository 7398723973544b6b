import type { WasteCause } from '../../filetree/file-tree.ts';

/** What lies between two figures of an image: how a layer is packed, and then why bytes are wasted. */
export const ledgerSteps = [
	'compression',
	'headers',
	'padding',
	'other-blocks',
	'holes',
	'removed',
	'content',
	'metadata',
	'identical',
	'duplicate',
] as const satisfies readonly (PackingStep | WasteCause)[];

type PackingStep = 'compression' | 'headers' | 'padding' | 'other-blocks' | 'holes';
export type LedgerStep = (typeof ledgerSteps)[number];

/** Bytes; `from + amount` is `to`, and that is where the next row begins. */
export interface LedgerRow {
	readonly step: LedgerStep;
	readonly from: number;
	readonly amount: number;
	readonly to: number;
}

/** Sizes that other programs show of an image. */
export const knownSizes = ['registry', 'docker', 'docker-containerd', 'podman', 'dive'] as const;
export type KnownSize = (typeof knownSizes)[number];

export interface KnownFigure {
	readonly name: KnownSize;
	/** Null where it cannot be told, because the layers are not stored as a registry has them. */
	readonly bytes: number | null;
	/** Whether it depends on what the image does not say: the file system of an engine, or the length of its own records. */
	readonly isApproximate: boolean;
}

/** How the sizes of an image hang together. */
export interface Ledger {
	/** From the stored bytes by the unpacked and the total bytes to the live bytes. */
	readonly rows: readonly LedgerRow[];
	/** What hard links save in the final file system: names beside the first of each inode, and what they would take as files of their own. */
	readonly hardLinks: { readonly names: number; readonly savedBytes: number };
	readonly known: readonly KnownFigure[];
}
