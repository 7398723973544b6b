import { createHash } from 'node:crypto';
import { FathomError } from '../../errors.ts';
import type { Descriptor } from '../../image/descriptor.ts';
import { corrupt } from '../../image/json.ts';
import { parseOciDocument } from '../../image/manifest.ts';
import {
	isProvenanceType,
	maximumProvenanceBytes,
	type Provenance,
	parseProvenance,
} from '../../image/provenance.ts';
import type { Notice } from '../../warning.ts';

/** Where an attestation is. */
export interface AttestationSource {
	/** The digest of its manifest. */
	readonly digest: string;
	/** Null for a document that is absent. */
	readonly manifest: (digest: string) => Promise<Uint8Array | null>;
	readonly blob: (digest: string) => Promise<Uint8Array | null>;
}

export interface FoundProvenance {
	/** Null where there is none that says anything of a Dockerfile. */
	readonly provenance: Provenance | null;
	readonly notices: readonly Notice[];
}

/**
 * Reads BuildKit's provenance out of the attestations of an image (BuildKit, docs/attestations/attestation-storage.md). An image is none the
 * worse for an attestation that cannot be read: that is a notice. One that was left out when the image was copied is not missed. Throws
 * `interrupted`.
 */
export async function readProvenance(source: AttestationSource): Promise<FoundProvenance> {
	try {
		return { provenance: await findProvenance(source), notices: [] };
	} catch (error) {
		if (!(error instanceof FathomError) || error.code === 'interrupted') throw error;
		const message = `${error.message} The lines of the Dockerfile are not known without it.`;
		return { provenance: null, notices: [{ code: 'provenance-not-used', message }] };
	}
}

async function findProvenance({ digest, manifest, blob }: AttestationSource): Promise<Provenance | null> {
	const bytes = await manifest(digest);
	if (bytes === null) return null;
	requireDigest(bytes, digest);
	const document = parseOciDocument(bytes, WHERE);
	if (document.kind !== 'manifest') return null;
	const statement = document.layers.find(isStatement);
	if (statement === undefined) return null;
	if (statement.size !== null && statement.size > maximumProvenanceBytes) throw tooLarge(statement.size);
	const content = await blob(statement.digest);
	if (content === null) return null;
	if (content.length > maximumProvenanceBytes) throw tooLarge(content.length);
	requireDigest(content, statement.digest);
	return parseProvenance(content, WHERE);
}

const WHERE = "The image's provenance";

function isStatement({ annotations }: Descriptor): boolean {
	return isProvenanceType(annotations['in-toto.io/predicate-type']);
}

function requireDigest(bytes: Uint8Array, digest: string): void {
	const [algorithm, hex] = digest.split(':');
	if (createHash(algorithm).update(bytes).digest('hex') !== hex)
		throw corrupt(WHERE, 'does not match its digest');
}

function tooLarge(bytes: number): FathomError {
	return corrupt(WHERE, `is ${bytes} bytes; at most ${maximumProvenanceBytes} are read`);
}
