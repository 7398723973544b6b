import { noCache } from '../../cache/layer-cache.ts';
import { FathomError } from '../../errors.ts';
import { formatReference, type ImageReference } from '../../image/reference.ts';
import type { Notice } from '../../warning.ts';
import type { Access, FoundImage, ImageSource, ReadOptions, SourceInput } from '../image-source.ts';
import { throwIfInterrupted } from '../time-slice.ts';
import { type FullName, fullNames } from './configuration/full-names.ts';
import { type PullSource, pullSources, requireAllowed } from './configuration/pull-sources.ts';
import { type RegistriesConfig, readRegistriesConfig } from './configuration/registries-config.ts';
import { type DocumentSource, fetchManifest, fetchTagged } from './documents.ts';
import { readRegistryImage } from './read-registry-image.ts';
import { RegistryClient } from './registry-client.ts';
import { summariseImage } from './summarise-image.ts';

/** Reads images from a registry, without an engine (OCI distribution specification). */
export const registrySource: ImageSource = { sourceName: 'registry', find };

/** Asks each place that the registries' configuration gives for the name, until one has the image. */
async function find(input: SourceInput, options: ReadOptions): Promise<FoundImage> {
	const config = await readRegistriesConfig(input.host);
	const failures: FathomError[] = [];
	try {
		for (const name of fullNames(input.name, config)) {
			const places = pullSources(name.reference, config);
			for (const place of places) {
				const isMirror = place !== places.at(-1);
				const found = await findAt(place, { name, isMirror, input, options, config }).catch(
					(error: unknown) => {
						throwIfInterrupted(options.signal);
						if (!(error instanceof FathomError)) throw error;
						failures.push(error);
						return null;
					},
				);
				if (found !== null) return found;
			}
		}
	} catch (error) {
		throw withProblems(error, config);
	}
	throw withProblems(allFailed(failures), config);
}

interface Attempt {
	readonly name: FullName;
	/** Whether there is another place to ask for the name. */
	readonly isMirror: boolean;
	readonly input: SourceInput;
	readonly options: ReadOptions;
	readonly config: RegistriesConfig;
}

async function findAt(
	place: PullSource,
	{ name, isMirror, input, options, config }: Attempt,
): Promise<FoundImage> {
	requireAllowed(place);
	const { reference } = place;
	const access = accessTo(place, name.reference, input.access);
	const { signal, onNote } = options;
	const client = new RegistryClient({ reference, access, host: input.host, signal, onNote });
	const source: DocumentSource = { client, cache: input.cache, label: input.name };
	const notices = config.problems.map((message): Notice => ({ code: 'configuration-ignored', message }));
	try {
		const top = await (reference.digest === null
			? fetchTagged(reference.tag ?? 'latest', source)
			: // A mirror that does not answer must be found out before layers are fetched from it.
				fetchManifest(reference.digest, isMirror ? { ...source, cache: noCache() } : source));
		return {
			foundIn: foundIn(place, name),
			read: () => {
				const names = namesOf(name.reference);
				return readRegistryImage({ input, reference, access, source, top, names, notices }, options);
			},
			summarise: () => summariseImage(top, input.platform, source),
		};
	} catch (error) {
		client.close();
		throw error;
	}
}

/** A password of the command line is for the registry in the name, and not for its mirrors. */
function accessTo({ reference, insecure }: PullSource, name: ImageReference, access: Access): Access {
	const isNamed = reference.registry === name.registry;
	return {
		...access,
		...(isNamed ? {} : { username: null, password: null }),
		insecure: access.insecure || insecure,
	};
}

function namesOf(reference: ImageReference): readonly string[] {
	return reference.tag === null ? [] : [formatReference({ ...reference, digest: null })];
}

/** `the registry quay.io (the alias fedora in /etc/containers/registries.conf)`. */
function foundIn({ reference, why }: PullSource, name: FullName): string {
	const reasons = [name.why, why].filter((reason) => reason !== null).join('; ');
	return `the registry ${reference.registry}${reasons === '' ? '' : ` (${reasons})`}`;
}

/** The error of the last place, which is the one that the name means, with what the others said. */
function allFailed(failures: readonly FathomError[]): FathomError {
	const last = failures[failures.length - 1];
	if (failures.length === 1) return last;
	const others = failures.slice(0, -1).map(({ message }) => message.replace(/\.$/, ''));
	return new FathomError({
		code: last.code,
		message: `${last.message} Tried before: ${[...new Set(others)].join('; ')}.`,
		...(last.hint !== undefined && { hint: last.hint }),
		cause: new AggregateError(failures, 'What each place said'),
	});
}

/** A file that cannot be used may be the reason why an image is not found. */
function withProblems(error: unknown, { problems }: RegistriesConfig): unknown {
	if (problems.length === 0 || !(error instanceof FathomError)) return error;
	const { code, message, cause, hint } = error;
	const said = problems.join(' ');
	return new FathomError({ code, message, cause, hint: hint === undefined ? said : `${hint} ${said}` });
}
