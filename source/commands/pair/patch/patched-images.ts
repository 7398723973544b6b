import type { Both } from '../../../diff/merge/merge-structure.ts';
import { formatPlatform } from '../../../image/platform.ts';
import type { ComparedImage } from '../../../session/pair/compared-image.ts';
import type { SessionFiles } from '../../../session/session-files.ts';
import { escapeForTerminal } from '../../../text/escape.ts';

/** An image whose files can be shown. */
export interface PatchedImage extends Pick<ComparedImage, 'image' | 'tree'> {
	readonly files: Pick<SessionFiles, 'refusal' | 'openEntry'>;
}

export type PatchedImages = Both<PatchedImage>;

/** What to call each image, safe for a terminal: the references, and what tells the images apart where there is one reference. */
export function labelsOf(images: PatchedImages): Both<string> {
	const [older, newer] = images.map(({ image }) => escapeForTerminal(image.reference));
	if (older !== newer) return [older, newer];
	const [oldPlatform, newPlatform] = images.map(({ image: { description } }) =>
		description.platform === null ? '' : escapeForTerminal(formatPlatform(description.platform)),
	);
	return oldPlatform === newPlatform
		? [`${older} (old)`, `${newer} (new)`]
		: [`${older} (${oldPlatform || 'old'})`, `${newer} (${newPlatform || 'new'})`];
}
