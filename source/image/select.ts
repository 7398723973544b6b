import { FathomError } from '../errors.ts';
import type { Notice } from '../warning.ts';
import { shortDigest } from './digest.ts';
import { matchName, type Named } from './match-name.ts';
import { formatPlatform, type Platform, platformMatches } from './platform.ts';

/** One image of a source that can be selected. */
export interface Candidate extends Named {
	readonly platform: Platform | null;
}

export interface Selection<T extends Candidate> {
	/** In archive order. */
	readonly candidates: readonly T[];
	/** `--image`. */
	readonly imageName: string | undefined;
	/** `--platform`. */
	readonly platform: Platform | undefined;
	/** The platform to prefer without `--platform`. */
	readonly host: Platform;
	/** The source, for messages. */
	readonly where: string;
}

export interface Selected<T extends Candidate> {
	readonly chosen: T;
	readonly notices: readonly Notice[];
}

/**
 * Selects one image: by name and platform as far as they are given, then the first for the host's platform, then the first. When several
 * match, a notice says which one was opened. Throws `no-such-image` when none matches, and `not-an-image` when there are no images.
 */
export function selectImage<T extends Candidate>(selection: Selection<T>): Selected<T> {
	const { candidates, imageName, platform, host, where } = selection;
	if (candidates.length === 0) {
		throw new FathomError({ code: 'not-an-image', message: `${where} contains no image.` });
	}
	const named = imageName === undefined ? candidates : matchName(candidates, imageName);
	const fitting = platform === undefined ? named : named.filter((image) => fits(image, platform));
	if (fitting.length === 0) throw noSuchImage(selection);
	const forHost = fitting.find((image) => fits(image, host));
	const chosen = forHost ?? fitting[0];
	return { chosen, notices: fitting.length > 1 ? [imageChosen(chosen, fitting, forHost !== undefined)] : [] };
}

/** A notice about platforms that an index lists and the archive does not contain; null without any. */
export function platformsAbsent(platforms: readonly Platform[]): Notice | null {
	if (platforms.length === 0) return null;
	const names = [...new Set(platforms.map(formatPlatform))];
	return {
		code: 'platforms-absent',
		message: `The index also lists images that the archive does not contain: ${enumerate(names)}.`,
	};
}

function fits({ platform }: Candidate, wanted: Platform): boolean {
	return platform !== null && platformMatches(wanted, platform);
}

function imageChosen(chosen: Candidate, fitting: readonly Candidate[], forHost: boolean): Notice {
	const others = fitting.filter((image) => image !== chosen).map(describe);
	const reason = forHost ? " that fits this machine's platform" : '';
	return {
		code: 'image-chosen',
		message: `Opened ${describe(chosen)}, the first of ${fitting.length} images${reason}; --image or --platform picks another: ${enumerate(others)}.`,
	};
}

function noSuchImage({ candidates, imageName, platform, where }: Selection<Candidate>): FathomError {
	const criteria = [
		imageName === undefined ? '' : ` named "${imageName}"`,
		platform === undefined ? '' : ` for ${formatPlatform(platform)}`,
	].join('');
	return new FathomError({
		code: 'no-such-image',
		message: `${where} contains no image${criteria}. It contains: ${enumerate(candidates.map(describe))}.`,
		hint: 'Set --image to one of these names or digests, or --platform to one of these platforms.',
	});
}

/** `alpine:3.14 (linux/amd64)`: the first name, or else the digest. */
function describe({ names, manifestDigest, configDigest, platform }: Candidate): string {
	const digest = manifestDigest ?? configDigest;
	const name = names[0]?.slice(0, maximumNameLength) ?? (digest === null ? 'unnamed' : shortDigest(digest));
	return platform === null ? name : `${name} (${formatPlatform(platform)})`;
}

const maximumNameLength = 200;
const maximumListed = 10;

function enumerate(items: readonly string[]): string {
	const rest = items.length - maximumListed;
	return [...items.slice(0, maximumListed), ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ');
}
