import { FathomError } from '../../errors.ts';
import type { Artifact } from '../../image/artifact.ts';
import { shortDigest } from '../../image/digest.ts';
import { formatPlatform } from '../../image/platform.ts';
import type { Changeset } from '../../tar/changeset.ts';
import { shorten } from '../../text/shorten.ts';
import type { ListedImages, ListFile } from './find-images.ts';
import { sparseHint } from './listed-image.ts';

const MOST_NAMED = 10;
const SAVE_AGAIN = 'Save the image again, for example with: docker save NAME -o image.tar';

/** For a store whose list has no image that is present: what it lists instead. */
export function noImage(
	label: string,
	listedBy: ListFile,
	{ artifacts, absentPlatforms, isCut }: Pick<ListedImages, 'artifacts' | 'absentPlatforms' | 'isCut'>,
): FathomError {
	if (artifacts.length > 0) return onlyArtifacts(label, artifacts);
	const platforms = [...new Set(absentPlatforms.map(formatPlatform))].slice(0, MOST_NAMED).join(', ');
	const reason = isCut
		? 'lists too many documents, and no image among the first of them'
		: platforms === ''
			? 'lists no image that is present'
			: `lists images for ${platforms}, but none of them is present`;
	return new FathomError({
		code: 'not-an-image',
		message: `${label}: ${listedBy} ${reason}.`,
		hint: platforms === '' ? SAVE_AGAIN : sparseHint,
	});
}

function onlyArtifacts(label: string, artifacts: readonly Artifact[]): FathomError {
	const [first] = artifacts;
	const rest = artifacts.length - MOST_NAMED;
	const named = artifacts.slice(0, MOST_NAMED).map(nameArtifact);
	const list = [...named, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
	return new FathomError({
		code: 'not-an-image',
		message: `${label} is not a container image: ${artifacts.length === 1 ? 'it holds' : 'it holds only artifacts,'} ${list}.`,
		hint: first.hint,
	});
}

/** `a Helm chart (mychart:1, application/vnd.cncf.helm.config.v1+json)`. */
function nameArtifact({ what, type, names, manifestDigest }: Artifact): string {
	const name = names[0] ?? (manifestDigest === null ? null : shortDigest(manifestDigest));
	const details = [name, type].filter((detail) => detail !== null).map(shorten);
	return details.length === 0 ? what : `${what} (${details.join(', ')})`;
}

export interface NoImageInput {
	readonly label: string;
	/** The entries of the archive. */
	readonly outer: Pick<Changeset, 'warnings' | 'count'>;
	readonly index: {
		/** The folders of the archive that hold an image each. */
		readonly imageFolders: readonly string[];
		readonly has: (path: RegExp) => boolean;
	};
}

/** For an archive that has neither the files of an image nor those of a container. The file that lists the others comes last, so a cut loses it first. */
export function noImageIn({ label, outer: { warnings, count }, index }: NoImageInput): FathomError {
	const { imageFolders } = index;
	const what = 'it has no manifest.json and no index.json';
	if (imageFolders.length > 0) {
		const folders = imageFolders.slice(0, MOST_NAMED).map(shorten).join(', ');
		return notAnImage(
			label,
			`it holds ${imageFolders.length} folders with images (${folders})`,
			'Unpack it, and open one of the folders.',
		);
	}
	if (index.has(/^[0-9a-f]{64}\/layer\.tar$/))
		return notAnImage(
			label,
			`${what}, though it has layers as docker save writes them`,
			'Load it into an engine if that accepts it, and save the image again by its name.',
		);
	if (!warnings.some(({ code }) => code === 'no-end-mark'))
		return notAnImage(label, what, count > 0 ? AS_LAYER : undefined);
	return new FathomError({
		code: 'truncated',
		message: `${label} is not a container image, or not all of one: ${what}, and no mark at its end.`,
		hint: 'If the file is incomplete, save or copy the image again; if it is the tar of one layer, open it with --as-layer.',
	});
}

const AS_LAYER = 'If it is the tar of one layer, open it with --as-layer.';

/** For a file or a folder that has nothing to do with images, as far as can be seen. */
export class NothingFound extends FathomError {}

/** For an archive or a folder that is neither an image nor a container's file system; `hint` says what to try where that is known. */
export function notAnImage(label: string, what: string, hint?: string): FathomError {
	const code = 'not-an-image';
	const message = `${label} is not a container image: ${what}.`;
	if (hint !== undefined) return new FathomError({ code, message, hint });
	return new NothingFound({
		code,
		message,
		hint: 'fathom reads what docker save, podman save, skopeo and buildx write, and OCI layout folders.',
	});
}
