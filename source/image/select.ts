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
	const fitting = orderByPlatform(named, { platform, host });
	if (fitting.length === 0) throw noSuchImage(selection);
	const [chosen] = fitting;
	// In the order of the archive.
	const others = named.filter((image) => image !== chosen && fitting.includes(image));
	const howElse = '--image or --platform picks another';
	const notice = choiceNotice({ chosen, others, platform, host, howElse });
	return { chosen, notices: notice === null ? [] : [notice] };
}

export interface PlatformChoice {
	/** `--platform`. */
	readonly platform: Platform | undefined;
	/** The platform to prefer without `--platform`. */
	readonly host: Platform;
}

/**
 * The rule of all sources, the best first: with `--platform` the images for that platform alone; otherwise those for the host's, and then
 * the others in their order.
 */
export function orderByPlatform<T extends Pick<Candidate, 'platform'>>(
	images: readonly T[],
	{ platform, host }: PlatformChoice,
): readonly T[] {
	if (platform !== undefined) return images.filter((image) => fits(image, platform));
	return [...images.filter((image) => fits(image, host)), ...images.filter((image) => !fits(image, host))];
}

export interface Choice extends PlatformChoice {
	readonly chosen: Candidate;
	/** Those that could have been opened as well. */
	readonly others: readonly Candidate[];
	/** How to open one of them. */
	readonly howElse: string;
}

/** The notice that there were several images, or none for the host's platform; null where the choice was plain. */
export function choiceNotice({ chosen, others, platform, host, howElse }: Choice): Notice | null {
	const isForHost = fits(chosen, host);
	const isForeign = platform === undefined && chosen.platform !== null && !isForHost;
	if (others.length === 0 && !isForeign) return null;
	const [name, ...otherNames] = describeEach([chosen, ...others]);
	const count = others.length + 1;
	const first = count === 1 ? '' : `, the first of ${count} images`;
	const reason = isForHost ? " that fits this machine's platform" : '';
	const foreign = isForeign ? `; there is none for this machine's platform, ${formatPlatform(host)}` : '';
	const rest = otherNames.length === 0 ? '' : `; ${howElse}: ${enumerate(otherNames)}`;
	return {
		code: 'image-chosen',
		message: `Opened ${name}${first}${count === 1 ? '' : reason}${foreign}${rest}.`,
	};
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

function fits({ platform }: Pick<Candidate, 'platform'>, wanted: Platform): boolean {
	return platform !== null && platformMatches(wanted, platform);
}

function noSuchImage({ candidates, imageName, platform, where }: Selection<Candidate>): FathomError {
	const criteria = [
		imageName === undefined ? '' : ` named "${imageName}"`,
		platform === undefined ? '' : ` for ${formatPlatform(platform)}`,
	].join('');
	return new FathomError({
		code: 'no-such-image',
		message: `${where} contains no image${criteria}. It contains: ${enumerate(describeEach(candidates))}.`,
		hint: 'Set --image to one of these names or digests, or --platform to one of these platforms.',
	});
}

/** Adds the digest to those that would read the same. */
function describeEach(images: readonly Candidate[]): readonly string[] {
	const names = images.map(describe);
	return names.map((name, index) => {
		const { manifestDigest, configDigest } = images[index];
		const digest = manifestDigest ?? configDigest;
		const isAmbiguous = names.indexOf(name) !== names.lastIndexOf(name);
		return isAmbiguous && digest !== null ? `${name} ${shortDigest(digest)}` : name;
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
