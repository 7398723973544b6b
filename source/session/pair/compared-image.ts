import type { Figures } from '../../analysis/figures.ts';
import type { Packages } from '../../analysis/packages/packages.ts';
import type { ComparedPackage } from '../../diff/packages/compared-packages.ts';
import type { UnknownFact } from '../../diff/unknown-facts.ts';
import type { FileTree, LayerFiles } from '../../filetree/file-tree.ts';
import type { FactGroup } from '../../tar/changeset.ts';
import type { IdentityKey } from '../../tar/content-identity.ts';
import type { Warning } from '../../warning.ts';
import type { ImageSession } from '../image-session.ts';
import type { FactsAsking } from '../session-facts.ts';

/** One of two images that are compared. An `ImageSession` is one, and so is an image of which only a saved report is left. */
export interface ComparedImage {
	readonly image: Omit<ImageSession['image'], 'sourceKind' | 'others'> & { readonly sourceKind: string };
	/** The description with the values that look secret; absent where a saved report is left, which has none of them. */
	readonly recorded?: ImageSession['recorded'];
	readonly tree: FileTree;
	readonly figures: Figures;
	readonly contents: ComparedContents;
	readonly details: ComparedDetails;
	/** Reads layers again; absent where only a saved report is left. */
	readonly files?: Pick<ImageSession['files'], 'storedLayer' | 'openEntry'>;
	/** What is not known of it; nothing by default. */
	readonly unknown?: ReadonlySet<UnknownFact>;
}

export interface ComparedDetails {
	/** Null where a report is left that does not have them. Throws `FathomError`, with `interrupted` when the signal is aborted. */
	packages(asking?: FactsAsking): Promise<Packages | SavedPackages | null>;
	/** What could not be made out of the contents that were read for these facts. */
	warnings(groups: readonly FactGroup[], asking?: FactsAsking): Promise<readonly Warning[]>;
}

/** The packages that a saved report has. */
export interface SavedPackages {
	readonly packages: readonly (ComparedPackage & { readonly path: string })[];
	readonly unreadLayers: readonly number[];
}

export interface ComparedContents {
	/** The key of the content identities in changesets; null where those are SHA-256 alone. Identities of one key can be compared. */
	readonly identityKey: IdentityKey | null;
	/**
	 * The SHA-256 of regular files: for each layer given, `DIGEST_BYTES` a file in the order of its entries; zeros for a file of which it is
	 * not known. Throws `FathomError`.
	 */
	digests(layers: readonly LayerFiles[], signal?: AbortSignal): Promise<readonly Uint8Array[]>;
	/**
	 * The identities that files of uncompressed layers on disk would have under a key, in the same order; null where one of these layers
	 * is elsewhere. Absent where no content can be read. Throws `FathomError`.
	 */
	identities?(
		layers: readonly LayerFiles[],
		key: IdentityKey | null,
		signal?: AbortSignal,
	): Promise<readonly Uint8Array[] | null>;
}
