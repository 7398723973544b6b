import { parseDigest } from './digest.ts';
import type { BaseOrigin } from './image.ts';
import type { Material } from './provenance.ts';
import { parseReference } from './reference.ts';

/** What an image says of one that it may be built on. At least one of name and digest is there. */
export interface BaseClaim {
	/** A reference without a digest, valid, as written; null where none is said. */
	readonly name: string | null;
	/** Of a manifest or an index; null where none is said. */
	readonly digest: string | null;
	readonly saidBy: BaseOrigin;
}

/** What may say what an image is built on. All of it is hostile text. */
export interface BaseHints {
	readonly annotations: Readonly<Record<string, string>>;
	readonly labels: Readonly<Record<string, string>>;
	readonly materials: readonly Material[];
}

const NAME_KEY = 'org.opencontainers.image.base.name';
const DIGEST_KEY = 'org.opencontainers.image.base.digest';

/** More images than a Dockerfile builds on. */
const MOST_MATERIALS = 20;
const LONGEST_NAME = 512;

/**
 * What an image says of its base: the images that its builder attests, then its annotations, then its labels (OCI image specification,
 * annotations.md, "Pre-Defined Annotation Keys"). Labels may be those of the base, handed down. What is no valid name or digest is left out.
 */
export function baseClaimsOf({ annotations, labels, materials }: BaseHints): readonly BaseClaim[] {
	const claims = [
		...materials.flatMap(imageOfMaterial).slice(0, MOST_MATERIALS),
		claimOf(annotations[NAME_KEY], annotations[DIGEST_KEY], 'annotation'),
		claimOf(labels[NAME_KEY], labels[DIGEST_KEY], 'annotation'),
	].filter((claim) => claim !== null);
	const known = new Map(claims.toReversed().map((claim) => [`${claim.name}@${claim.digest}`, claim]));
	return [...known.values()].toReversed();
}

/** `pkg:docker/ghcr.io/acme/base@1?platform=linux%2Famd64`, as BuildKit writes it (package URL specification). */
function imageOfMaterial({ uri, digest }: Material): readonly BaseClaim[] {
	const [, path, version] = /^pkg:docker\/([^?#@]{1,512})(?:@([^?#]{1,256}))?(?:[?#]|$)/.exec(uri) ?? [];
	const name = path === undefined ? null : decoded(version === undefined ? path : `${path}:${version}`);
	const claim = name === null ? null : claimOf(name, digest, 'provenance');
	return claim === null ? [] : [claim];
}

function decoded(text: string): string | null {
	try {
		return decodeURIComponent(text);
	} catch {
		return null;
	}
}

function claimOf(
	text: string | undefined,
	digestText: string | undefined,
	saidBy: BaseOrigin,
): BaseClaim | null {
	const named = nameIn(text);
	const digest = parseDigest(digestText) ?? named.digest;
	return named.name === null && digest === null ? null : { name: named.name, digest, saidBy };
}

function nameIn(text: string | undefined): Pick<BaseClaim, 'name' | 'digest'> {
	if (text === undefined || text === 'scratch' || text.length > LONGEST_NAME) return NOTHING;
	try {
		const { digest } = parseReference(text);
		return { name: text.replace(/@.*$/, ''), digest };
	} catch {
		return NOTHING;
	}
}

const NOTHING = { name: null, digest: null } as const;
