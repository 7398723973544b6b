import { BUILD_CACHE_TYPE, manifestKind } from '../../image/artifact.ts';
import { attestedDigest, type Descriptor, isAttestation, namesOf } from '../../image/descriptor.ts';
import { type OciManifest, parseOciDocument } from '../../image/manifest.ts';
import type { DocumentBudget } from './document-budget.ts';

/** Where the documents of a walk come from. */
export interface IndexSource {
	/** The document with this digest; null when it is absent. */
	readonly read: (digest: string) => Promise<Uint8Array | null>;
	/** What to call the document in an error. */
	readonly nameOf: (digest: string) => string;
	/** Gets the digests of an image and of the manifest with attestations about it. */
	readonly onAttestation?: (image: string, attestation: string) => void;
	/** The descriptors of an index to follow, in this order; all of them by default. */
	readonly select?: (images: readonly Descriptor[]) => readonly Descriptor[];
	readonly budget: DocumentBudget;
}

/** The document at which a walk starts. */
export interface IndexRoot {
	readonly bytes: Uint8Array;
	/** What to call it in an error. */
	readonly name: string;
}

/** What a walk comes to. `path` holds the descriptors that lead there, outermost first; it is empty for the root itself. */
export type IndexStep = {
	readonly path: readonly Descriptor[];
} /** Of an image, or so it seems: where the type of its config is unknown, the config decides (`artifact.ts`). */ & (
	| { readonly kind: 'image'; readonly manifest: OciManifest }
	/** A manifest of something else, such as a signature or a chart. */
	| { readonly kind: 'artifact'; readonly manifest: OciManifest }
	| { readonly kind: 'schema-1' }
	| { readonly kind: 'other'; readonly mediaType: string | null }
	/** The document is listed, but not there. */
	| { readonly kind: 'absent' }
	/** A bound was reached: what follows is not read. */
	| { readonly kind: 'cut' }
);

/** An index may list blobs of any type beside manifests; only what may be a manifest or an index is read. */
const documentType = /json|manifest|index/;

/** Real indexes are nested once or twice. */
const MOST_NESTED_INDEXES = 8;
const MOST_IMAGES = 1000;
/** Descriptors that are looked at, counting one for each path that leads to it. */
const MOST_DESCRIPTORS = 10_000;

/**
 * Follows an index, and the indexes in it, to the manifests (OCI image specification, image-index.md). A document is parsed once, however
 * often it is listed, but comes up once for each name and platform that the descriptors above it give. An index that leads back to itself
 * is not followed again. Attestations are left out. Throws `corrupt` for a document that cannot be
 * read, and `interrupted`.
 */
export function walkIndex(root: IndexRoot, source: IndexSource): AsyncGenerator<IndexStep> {
	return new Walk(source).from(root);
}

type Parsed =
	| { readonly kind: 'index'; readonly selected: readonly Descriptor[] }
	| { readonly kind: 'image' | 'artifact'; readonly manifest: OciManifest }
	| { readonly kind: 'schema-1' | 'absent' | 'cut' }
	| { readonly kind: 'other'; readonly mediaType: string | null };

class Walk {
	readonly #source: IndexSource;
	readonly #parsed = new Map<string, Parsed>();
	readonly #seen = new Set<string>();
	#descriptors = 0;
	#images = 0;

	constructor(source: IndexSource) {
		this.#source = source;
	}

	async *from({ bytes, name }: IndexRoot): AsyncGenerator<IndexStep> {
		yield* this.#steps(await this.#parse(bytes, name), []);
	}

	async *#steps(parsed: Parsed, path: readonly Descriptor[]): AsyncGenerator<IndexStep> {
		if (parsed.kind !== 'index') {
			if (parsed.kind === 'image') this.#images += 1;
			yield { ...parsed, path };
			return;
		}
		for (const descriptor of parsed.selected) {
			if (this.#isAtBound()) {
				yield { kind: 'cut', path };
				return;
			}
			this.#descriptors += 1;
			await this.#source.budget.yield();
			if (this.#isNew(descriptor, path)) yield* this.#follow(descriptor, path);
		}
	}

	/** Whether the descriptor leads to something else than those before: what is below it, under which name and for which platform. */
	#isNew(descriptor: Descriptor, parents: readonly Descriptor[]): boolean {
		const path = [...parents, descriptor];
		const names = path.map(({ annotations }) => namesOf(annotations)).findLast(({ length }) => length > 0);
		const platform = path.findLast((each) => each.platform !== null)?.platform;
		const what = JSON.stringify([descriptor.digest, names, platform]);
		if (this.#seen.has(what)) return false;
		// What is nested too deeply here may be listed further up as well.
		if (parents.length <= MOST_NESTED_INDEXES) this.#seen.add(what);
		return !parents.some(({ digest }) => digest === descriptor.digest);
	}

	#isAtBound(): boolean {
		const { budget } = this.#source;
		return this.#images >= MOST_IMAGES || this.#descriptors >= MOST_DESCRIPTORS || budget.isExceeded;
	}

	async *#follow(descriptor: Descriptor, parents: readonly Descriptor[]): AsyncGenerator<IndexStep> {
		const path = [...parents, descriptor];
		const { mediaType } = descriptor;
		if (parents.length > MOST_NESTED_INDEXES) yield { kind: 'cut', path };
		else if (mediaType !== null && !documentType.test(mediaType)) yield { kind: 'other', mediaType, path };
		else yield* this.#steps(await this.#documentAt(descriptor.digest), path);
	}

	async #documentAt(digest: string): Promise<Parsed> {
		const known = this.#parsed.get(digest);
		if (known) return known;
		const bytes = await this.#source.read(digest);
		const parsed: Parsed =
			bytes === null ? { kind: 'absent' } : await this.#parse(bytes, this.#source.nameOf(digest));
		this.#parsed.set(digest, parsed);
		return parsed;
	}

	async #parse(bytes: Uint8Array, name: string): Promise<Parsed> {
		const { budget, select = (images) => images } = this.#source;
		if (!(await budget.admit(bytes))) return { kind: 'cut' };
		const document = parseOciDocument(bytes, name);
		switch (document.kind) {
			case 'index': {
				if (document.manifests.some(({ mediaType }) => mediaType === BUILD_CACHE_TYPE))
					return { kind: 'other', mediaType: BUILD_CACHE_TYPE };
				for (const descriptor of document.manifests) {
					const image = attestedDigest(descriptor);
					if (image !== null) this.#source.onAttestation?.(image, descriptor.digest);
				}
				const images = document.manifests.filter((descriptor) => !isAttestation(descriptor));
				return { kind: 'index', selected: distinct(select(images)) };
			}
			case 'manifest':
				return { kind: manifestKind(document) === 'artifact' ? 'artifact' : 'image', manifest: document };
			case 'schema-1':
			case 'other':
				return document;
		}
	}
}

/** Without those that are said once more: an index may list one document ten thousand times. */
function distinct(descriptors: readonly Descriptor[]): readonly Descriptor[] {
	const known = new Map(
		descriptors.map((descriptor) => [
			JSON.stringify([descriptor.digest, namesOf(descriptor.annotations), descriptor.platform]),
			descriptor,
		]),
	);
	return [...known.values()];
}
