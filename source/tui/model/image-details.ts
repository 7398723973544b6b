import type { Copies } from '../../analysis/copies/copies.ts';
import type { ImageFindings } from '../../analysis/findings/image-findings.ts';
import type { DeletedFiles } from '../../analysis/hidden/deleted-files.ts';
import type { SecretFiles } from '../../analysis/hidden/secret-files.ts';
import type { Ledger } from '../../analysis/ledger/ledger.ts';
import type { Packages } from '../../analysis/packages/packages.ts';
import type { OwnerNames } from '../../filetree/words/owner-names.ts';

/** What is worked out of the contents of files once the image is there: it comes later than the tree, one after the other. */
export interface ImageDetails {
	readonly ledger: Ledger;
	readonly findings: ImageFindings;
	readonly packages: Packages;
	/** The files that look secret, those that are visible included. */
	readonly secrets: SecretFiles;
	readonly deleted: DeletedFiles;
	readonly copies: Copies;
	/** What the image calls owners. It is read when it is first to be seen. */
	readonly owners: OwnerNames;
}

export type DetailName = keyof ImageDetails;

/** A detail, as far as it is known. */
export type Known<Value> =
	| { readonly kind: 'waiting' }
	| { readonly kind: 'known'; readonly value: Value }
	/** `reason`: in the user's words, not yet escaped for a terminal. */
	| { readonly kind: 'failed'; readonly reason: string };

export type KnownDetails = { readonly [Name in DetailName]: Known<ImageDetails[Name]> };

const waiting = { kind: 'waiting' } as const;

export const nothingKnown: KnownDetails = {
	ledger: waiting,
	findings: waiting,
	packages: waiting,
	secrets: waiting,
	deleted: waiting,
	copies: waiting,
	owners: waiting,
};

/** The value of a detail; null as long as it is not known. */
export function knownValue<Value>(known: Known<Value>): Value | null {
	return known.kind === 'known' ? known.value : null;
}

const nobody: OwnerNames = { users: new Map(), groups: new Map() };

/** What the image calls owners: nothing where that could not be read; null as long as it is not known. */
export function ownersOf({ owners }: KnownDetails): OwnerNames | null {
	return owners.kind === 'failed' ? nobody : knownValue(owners);
}
