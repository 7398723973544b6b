import { FathomError } from '../../errors.ts';
import type { Platform } from '../../image/platform.ts';
import { parseReference, registryHost } from '../../image/reference.ts';
import type { Host } from '../host.ts';
import {
	type ReadNote,
	type SourceInput,
	type SourceKind,
	type SourceName,
	usualLimits,
} from '../image-source.ts';
import { loadSource } from '../source-list.ts';
import type { BasePlace, PlacedImage } from './find-bases.ts';
import { localHost } from './local-engines.ts';
import { registryOfReference } from './registry-of-reference.ts';

export interface PlacesInput {
	/** How the image itself was opened. */
	readonly input: SourceInput;
	readonly sourceKind: SourceKind;
	/** The platform of the image, which is that of its base. */
	readonly platform: Platform | null;
	/** Whether registries are asked, and engines of other machines. */
	readonly online: boolean;
	readonly onNote?: ((note: ReadNote) => void) | undefined;
}

type EngineName = Extract<SourceName, 'docker' | 'podman' | 'containerd'>;

const engineNames: readonly EngineName[] = ['docker', 'podman', 'containerd'];

const engineOf: Readonly<Partial<Record<SourceKind, EngineName>>> = {
	'docker-engine': 'docker',
	'podman-engine': 'podman',
	containerd: 'containerd',
};

/** The seconds that a registry has for a document: a base is no reason to wait for long. */
const DOCUMENT_SECONDS = 10;

/** Where bases are looked for: in the engine that the image is of, in the others, in registries. Without `online`, only on this machine. */
export function basePlaces(places: PlacesInput): readonly BasePlace[] {
	const { input, sourceKind, online } = places;
	const own = engineOf[sourceKind] ?? null;
	const engines = [...engineNames].sort((left, right) => Number(right === own) - Number(left === own));
	return [
		...engines.flatMap((name) => {
			const host = online || name === own ? input.host : localHost(name, input);
			return host === null ? [] : [enginePlace(name, host, places)];
		}),
		...(online ? [registryPlace(places)] : []),
	];
}

function enginePlace(name: EngineName, host: Host, places: PlacesInput): BasePlace {
	return {
		kind: 'engine',
		find: (reference, signal) => summarise(name, { ...inputFor(reference, places), host }, signal),
	};
}

/** Says which host it asks, and asks none again that does not answer. */
function registryPlace(places: PlacesInput): BasePlace {
	const { onNote } = places;
	const silent = new Map<string, FathomError>();
	return {
		kind: 'registry',
		find: async (reference, signal) => {
			// Registries know names alone.
			if (/^sha\d+:/.test(reference)) return null;
			const host = registryHost(parseReference(reference));
			const known = silent.get(host);
			if (known !== undefined) throw known;
			onNote?.({ kind: 'waiting', message: `asking ${host} for the base ${reference}` });
			try {
				return await summarise('registry', inputFor(reference, places), signal);
			} catch (error) {
				if (error instanceof FathomError && error.code === 'unavailable') silent.set(host, error);
				throw error;
			} finally {
				onNote?.({ kind: 'resumed' });
			}
		},
	};
}

/** A password that was given for the registry of the image goes to no other one, and neither does leave to do without TLS. */
function inputFor(reference: string, { input, platform }: PlacesInput): SourceInput {
	const { workers, cache, host, stdin, access } = input;
	const registry = registryOfReference(reference, null);
	const isSame = registry !== null && registry === registryOfReference(input.reference, input.source ?? null);
	const limits = access.limits ?? usualLimits;
	const seconds = Math.min(limits.documentSeconds ?? DOCUMENT_SECONDS, DOCUMENT_SECONDS);
	return {
		...{ workers, cache, host, stdin },
		reference,
		name: reference,
		...(platform !== null && { platform }),
		access: {
			...access,
			...(isSame ? {} : { username: null, password: null, insecure: false }),
			limits: { ...limits, documentSeconds: seconds },
		},
	};
}

async function summarise(
	name: SourceName,
	input: SourceInput,
	signal: AbortSignal,
): Promise<PlacedImage | null> {
	const source = await loadSource(name);
	try {
		const { foundIn, summarise } = await source.find(input, { signal });
		const summary = summarise === undefined ? null : await summarise();
		return summary === null ? null : { summary, foundIn: foundIn ?? name };
	} catch (error) {
		const isAbsent = error instanceof FathomError && /^(?:not-found|no-such-image)$/.test(error.code);
		if (isAbsent && name !== 'registry') return null;
		throw error;
	}
}
