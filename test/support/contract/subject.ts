import type { TestContext } from 'node:test';
import type { FathomErrorCode } from '../../../source/errors.ts';
import type { LayerDescription } from '../../../source/image/image.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { type ImageOpening, openImage } from '../../../source/session/open-image.ts';
import type { SessionOptions } from '../../../source/session/session-options.ts';
import type { ImageChoice, SourceKind } from '../../../source/sources/image-source.ts';
import type { KnownImage } from './known-image.ts';

/** An image that is there to be opened. */
export interface Openable {
	readonly choice: ImageChoice;
	/** Is called for each opening, as standard input can be read only once. None by default. */
	readonly options?: () => SessionOptions;
}

/** The known image, and what its source says of it. */
export interface WholeImage extends Openable {
	readonly names: readonly string[];
	/** Lowest first. */
	readonly layers: readonly StoredLayer[];
}

/** A layer as its source has it. */
export type StoredLayer = Pick<LayerDescription, 'digest' | 'mediaType' | 'storedBytes'>;

export interface DamagedImage extends Openable {
	readonly code: FathomErrorCode;
	/** Names the image. */
	readonly message: RegExp;
}

/** An image that takes longer to read than anybody waits. */
export interface EndlessImage extends Openable {
	/** Resolves when nothing more comes; absent where progress tells that reading is under way. */
	readonly isStuck?: Promise<void>;
}

/** A source that has the known image. Each function prepares an image for one test. */
export interface ContractSubject {
	readonly known: KnownImage;
	readonly sourceKind: SourceKind;
	/** Where the source says that the image is; null for files. */
	readonly foundIn: RegExp | null;
	/** Whether the image is gone once it is read, as from standard input. */
	readonly isReadOnce?: boolean;
	readonly whole: (t: TestContext) => Promise<WholeImage>;
	/** By what is wrong. */
	readonly damaged: Readonly<Record<string, (t: TestContext) => Promise<DamagedImage>>>;
	/** By what takes so long. */
	readonly endless: Readonly<Record<string, (t: TestContext) => Promise<EndlessImage>>>;
}

export function begin({ choice, options }: Openable, more: SessionOptions = {}): ImageOpening {
	return openImage(choice, { ...options?.(), ...more });
}

/** The known image, read; it is closed after the test. */
export async function opened(
	t: TestContext,
	{ whole }: ContractSubject,
	options: SessionOptions = {},
): Promise<ImageSession> {
	const opening = begin(await whole(t), options);
	t.after(() => opening.close());
	return opening.complete;
}
