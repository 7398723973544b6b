import { FathomError } from '../../errors.ts';
import type { BaseClaim } from '../../image/base-claims.ts';
import type { BaseImage, ImageDescription, NewerImage } from '../../image/image.ts';
import type { ImageSummary } from '../../image/image-summary.ts';
import { formatReference, parseReference } from '../../image/reference.ts';
import { throwIfInterrupted } from '../time-slice.ts';
import { summaryBeside } from './images-beside.ts';

/** An image that a place has. */
export interface PlacedImage {
	readonly summary: ImageSummary;
	/** Where it is, for people. */
	readonly foundIn: string;
}

/** Where a base is looked for: an engine or a registry. */
export interface BasePlace {
	readonly kind: 'engine' | 'registry';
	/** Looks for an image by a reference. Null where it has none. Throws `FathomError` where it does not answer. */
	readonly find: (reference: string, signal: AbortSignal) => Promise<PlacedImage | null>;
}

export interface BaseSearch {
	readonly claims: readonly BaseClaim[];
	/** The image whose base is looked for. */
	readonly description: Pick<ImageDescription, 'layers'>;
	/** Other images of the same source. */
	readonly others: readonly ImageDescription[];
	/** The first one that has an image is believed. */
	readonly places: readonly BasePlace[];
	/** Aborted by the user. */
	readonly signal: AbortSignal;
	readonly limits: SearchLimits;
}

export interface SearchLimits {
	/** How long all of it may take. */
	readonly seconds: number;
	/** How many images are asked for. */
	readonly mostClaims: number;
}

export interface FoundBases {
	/** The topmost first. */
	readonly bases: readonly BaseImage[];
	/** Why something that is claimed was not found or is not so, as a sentence; null where nobody is to know. Hostile text may be in it. */
	readonly problem: string | null;
}

/** More than a chain of images has. */
const MOST_BASES = 8;

/**
 * Finds the images that an image is built on: those that it names, then those that these name, of which all layers are the lowest of the image.
 * A place that does not answer is passed over. Throws `interrupted`.
 */
export async function findBases(search: BaseSearch): Promise<FoundBases> {
	const searcher = new BaseSearcher(search);
	await searcher.run();
	throwIfInterrupted(search.signal);
	return { bases: searcher.bases, problem: searcher.problem };
}

interface FoundBase {
	readonly claim: BaseClaim;
	readonly image: PlacedImage;
	/** Null for the image's own source. */
	readonly place: BasePlace | null;
}

class BaseSearcher {
	readonly #search: BaseSearch;
	readonly #deadline: AbortSignal;
	readonly #signal: AbortSignal;
	readonly #found = new Map<number, BaseImage>();
	readonly #silent = new Set<BasePlace>();
	#problem: string | null = null;
	#lie: string | null = null;
	#mismatch: string | null = null;

	constructor(search: BaseSearch) {
		this.#search = search;
		this.#deadline = AbortSignal.timeout(search.limits.seconds * 1000);
		this.#signal = AbortSignal.any([search.signal, this.#deadline]);
	}

	get bases(): readonly BaseImage[] {
		return [...this.#found.values()].sort((left, right) => right.layerCount - left.layerCount);
	}

	/** A base that is found answers for one that is not. */
	get problem(): string | null {
		return this.#lie ?? (this.#found.size === 0 ? (this.#mismatch ?? this.#problem) : null);
	}

	async run(): Promise<void> {
		const { claims, limits } = this.#search;
		const waiting = [...claims];
		const seen = new Set<string>();
		for (const claim of waiting) {
			if (seen.size >= limits.mostClaims || this.#found.size >= MOST_BASES || this.#signal.aborted) return;
			const key = keyOf(claim);
			if (seen.has(key)) continue;
			seen.add(key);
			const found = await this.#locate(claim);
			if (found !== null && (await this.#take(found))) waiting.push(...found.image.summary.claims);
		}
	}

	/** Whether it is a base that nobody named before. */
	async #take(found: FoundBase): Promise<boolean> {
		const { claim, image, place } = found;
		const { diffIds, digests } = image.summary;
		const { layers } = this.#search.description;
		if (!isBelow(diffIds, layers)) {
			this.#noteOthers(found);
			return false;
		}
		if (this.#found.has(diffIds.length)) return false;
		this.#found.set(diffIds.length, {
			image: nameOf(claim),
			digest: claim.digest ?? digests[0] ?? null,
			layerCount: diffIds.length,
			saidBy: claim.saidBy,
			foundIn: image.foundIn,
			newer: await this.#newerThan(claim, image.summary, place),
		});
		return true;
	}

	/** A builder names all images that it used, and one without layers of its own has those of its base. */
	#noteOthers({ claim, image }: FoundBase): void {
		const { diffIds, digests } = image.summary;
		const own = this.#search.description.layers.map(({ diffId }) => diffId);
		if (claim.saidBy !== 'annotation' || diffIds.length === 0 || sameLayers(diffIds, own)) return;
		const claimed = `The image says that it is built on ${nameOf(claim)}`;
		if (claim.digest !== null && digests.includes(claim.digest))
			this.#lie ??= `${claimed}, and its layers are not those of that image`;
		else
			this.#mismatch ??= `${claimed}, and what has that name now (found in ${image.foundIn}) has other layers`;
	}

	/** The image of a claim in the first place that has it, by digest where one is said, else by name. */
	async #locate(claim: BaseClaim): Promise<FoundBase | null> {
		const beside = summaryBeside(claim, this.#search.others);
		if (beside !== null)
			return { claim, place: null, image: { summary: beside, foundIn: 'the same source' } };
		const references = referencesOf(claim);
		let other: FoundBase | null = null;
		for (const place of this.#search.places) {
			for (const reference of references) {
				const image = await this.#ask(place, reference);
				if (image === null) continue;
				const found: FoundBase = { claim, image, place };
				if (isBelow(image.summary.diffIds, this.#search.description.layers)) return found;
				other ??= found;
			}
		}
		return other;
	}

	/** What has the name now. What an engine has may be older: only a registry knows, or the time at which an image was made. */
	async #newerThan(claim: BaseClaim, base: ImageSummary, from: BasePlace | null): Promise<NewerImage | null> {
		const tagged = taggedReference(claim);
		if (tagged === null) return null;
		const registries = this.#search.places.filter(({ kind }) => kind === 'registry');
		const engines = from?.kind === 'engine' ? [from] : [];
		for (const place of [...registries, ...engines]) {
			const current = await this.#ask(place, tagged);
			if (current === null || current.summary.diffIds.length === 0) continue;
			const isSame = sameLayers(current.summary.diffIds, base.diffIds);
			if (isSame) return null;
			if (place.kind === 'engine' && !isLater(current.summary, base)) continue;
			return { digest: current.summary.digests[0] ?? null, foundIn: current.foundIn };
		}
		return null;
	}

	async #ask(place: BasePlace, reference: string): Promise<PlacedImage | null> {
		if (this.#silent.has(place) || this.#signal.aborted) return null;
		try {
			return await place.find(reference, this.#signal);
		} catch (error) {
			throwIfInterrupted(this.#search.signal);
			if (!(error instanceof FathomError)) throw error;
			this.#note(place, reference, error);
			return null;
		}
	}

	/** What an engine lacks is nothing to speak of: it was not said to have it. */
	#note(place: BasePlace, reference: string, { code, message }: FathomError): void {
		const isLate = this.#deadline.aborted;
		if (place.kind === 'engine') {
			if (code !== 'not-found') this.#silent.add(place);
			return;
		}
		const reason = isLate
			? `there was no answer within ${this.#search.limits.seconds} seconds`
			: message.replace(/\.$/, '');
		this.#problem ??= `The base ${reference} was not found: ${reason}`;
	}
}

/** Whether layers are the lowest of an image, and not all of them. */
function isBelow(diffIds: ImageSummary['diffIds'], layers: ImageDescription['layers']): boolean {
	return (
		diffIds.length > 0 &&
		diffIds.length < layers.length &&
		diffIds.every((diffId, index) => diffId !== null && diffId === layers[index].diffId)
	);
}

function sameLayers(left: ImageSummary['diffIds'], right: ImageSummary['diffIds']): boolean {
	return left.length === right.length && left.every((diffId, index) => diffId === right[index]);
}

function isLater(current: ImageSummary, base: ImageSummary): boolean {
	return Date.parse(current.created ?? '') > Date.parse(base.created ?? '');
}

function keyOf({ name, digest }: BaseClaim): string {
	return `${name === null ? '' : formatReference(parseReference(name))}@${digest}`;
}

function nameOf({ name, digest }: BaseClaim): string {
	return name ?? digest ?? '';
}

/** By digest first: a tag may be another image by now. */
function referencesOf({ name, digest }: BaseClaim): readonly string[] {
	if (name === null) return digest === null ? [] : [digest];
	if (digest === null) return [name];
	const exact = formatReference({ ...parseReference(name), tag: null, digest });
	const tagged = taggedReference({ name, digest });
	return tagged === null ? [exact] : [exact, tagged];
}

/** The name where its tag says something: one without a tag beside a digest means just the digest. */
function taggedReference({ name, digest }: Pick<BaseClaim, 'name' | 'digest'>): string | null {
	if (name === null) return null;
	const { tag } = parseReference(digest === null ? name : `${name}@${digest}`);
	return tag === null ? null : name;
}
