import type { Changeset } from '../../tar/changeset.ts';

/** What a file of an archive turned out to be, by its content, as the manifest usually comes last. */
export type StreamedFile =
	| { readonly type: 'document'; readonly bytes: Uint8Array }
	| { readonly type: 'layer'; readonly changeset: Changeset }
	/** Neither; `reason` says why it is not a layer. */
	| { readonly type: 'other'; readonly reason: unknown };

/** What takes the content of a file. */
export interface FileTarget {
	write(piece: Uint8Array): void;
	/** As of a `ContentSink`. */
	readonly isBehind?: boolean;
	step?(): void;
	finish(): StreamedFile;
	close(): void;
}
