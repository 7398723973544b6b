import { FathomError } from '../../../errors.ts';
import { shorten } from '../../../text/shorten.ts';
import type { FoundImage, ImageSource, ReadOptions, SourceInput } from '../../image-source.ts';
import { throwIfInterrupted } from '../../time-slice.ts';
import { connectDocker } from '../docker/docker-source.ts';
import { similarNames } from '../image-name.ts';
import { connectPodman, withoutSocket } from '../podman/podman-source.ts';
import type { ContainerEngine, InspectedContainer } from './container-engine.ts';
import { httpContainers } from './http-containers.ts';
import { programContainers } from './podman-program-containers.ts';
import { readFileSystem } from './read-file-system.ts';

/**
 * The containers of Docker and Podman: the file system of one as an image of one layer, with what its engine says of it. Nothing is
 * made, started or stopped in the engine.
 */
export const containerSource: ImageSource = { sourceName: 'container', find: findContainer };

type Connect = (input: SourceInput, options: ReadOptions) => Promise<ContainerEngine>;

const engines: Readonly<Record<string, Connect>> = {
	docker: async (input, options) => httpContainers(await connectDocker(input, options)),
	podman: async (input, options) => {
		const { engine, error } = await connectPodman(input, options);
		if (engine !== null) return httpContainers(engine);
		return programContainers(input, options).catch((reason: unknown) => {
			throw error ?? withoutSocket(reason);
		});
	},
};

/** An engine that was asked, and has no such container or does not answer. */
interface Refusal {
	readonly engine: ContainerEngine | null;
	readonly error: FathomError | null;
}

/** Looks in Docker and then in Podman, or in the one that is named in front: `container:podman:web`. */
async function findContainer(input: SourceInput, options: ReadOptions): Promise<FoundImage> {
	const { engineNames, name } = readName(input.name);
	const { signal } = options;
	const refusals: Refusal[] = [];
	for (const engineName of engineNames) {
		try {
			const engine = await engines[engineName](input, options);
			const container = await engine.inspect(name, signal);
			if (container !== null) return await foundIn(engine, container, { input, options });
			refusals.push({ engine, error: null });
		} catch (error) {
			throwIfInterrupted(signal);
			if (!(error instanceof FathomError) || !mayBeElsewhere.includes(error.code)) throw error;
			refusals.push({ engine: null, error });
		}
	}
	throw await foundNowhere(name, refusals, { input, options });
}

const mayBeElsewhere: readonly FathomError['code'][] = ['unavailable', 'settings', 'denied', 'unsupported'];

/** What an engine accepts (Docker Engine, `names.RestrictedNameChars`), and so do IDs and their starts. */
const containerName = /^[A-Za-z0-9][\w.-]*$/;
const LONGEST_NAME = 255;

function readName(written: string): { readonly engineNames: readonly string[]; readonly name: string } {
	const [, prefix, rest] = /^(docker|podman):(.*)$/s.exec(written) ?? [];
	const name = (rest ?? written).replace(/^\/+/, '');
	if (containerName.test(name) && name.length <= LONGEST_NAME)
		return { engineNames: prefix === undefined ? Object.keys(engines) : [prefix], name };
	const isImage = /[/:@]/.test(name);
	throw new FathomError({
		code: 'usage',
		message: `"${shorten(name)}" is not a valid container name.`,
		hint: isImage
			? `If you mean the image, leave "container:" out: fathom ${shorten(name)}`
			: 'List the containers with: docker ps --all',
	});
}

interface Opening {
	readonly input: SourceInput;
	readonly options: ReadOptions;
}

/** That its image is gone is said before its files are read. */
async function foundIn(
	engine: ContainerEngine,
	container: InspectedContainer,
	{ input, options }: Opening,
): Promise<FoundImage> {
	const findImage = (reading: ReadOptions) => imageOf(engine, container, { input, options: reading });
	if (input.over === undefined) await findImage(options);
	return {
		foundIn: engine.label,
		read: () => readFileSystem({ engine, container, input, options, findImage }),
	};
}

async function imageOf(
	engine: ContainerEngine,
	container: InspectedContainer,
	{ input, options }: Opening,
): Promise<FoundImage> {
	const { imageId, platform } = container;
	if (imageId === null) throw imageGone(engine, container, 'was not made from an image');
	const { platform: _platform, imageName: _imageName, ...rest } = input;
	const image = { ...rest, name: imageId, ...(platform !== null && { platform }) };
	return engine.findImage(image, options).catch((error: unknown) => {
		const isGone = error instanceof FathomError && error.code === 'not-found';
		throw isGone ? imageGone(engine, container, 'was made from an image that is gone', error) : error;
	});
}

function imageGone(
	{ label }: ContainerEngine,
	{ name, imageName }: InspectedContainer,
	why: string,
	cause?: unknown,
): FathomError {
	const known =
		imageName !== null && !/^(?:sha256:)?[0-9a-f]{12,64}$/.test(imageName) ? shorten(imageName) : null;
	return new FathomError({
		code: 'not-found',
		message: `${label}: container ${shorten(name)} ${why}${known === null || cause === undefined ? '' : ` (${known})`}.`,
		hint: `Name an image to hold it against: fathom container:${shorten(name)} --over ${known ?? 'IMAGE'}`,
		cause,
	});
}

async function foundNowhere(
	name: string,
	refusals: readonly Refusal[],
	opening: Opening,
): Promise<FathomError> {
	const asked = refusals.flatMap(({ engine }) => (engine === null ? [] : [engine]));
	const errors = refusals.flatMap(({ error }) => (error === null ? [] : [error]));
	const reasons = refusals.map(({ engine, error }) =>
		engine === null ? (error?.message ?? '').replace(/\.$/, '') : `${engine.label} has no container ${name}`,
	);
	return new FathomError({
		code: asked.length > 0 ? 'not-found' : (errors[0]?.code ?? 'not-found'),
		message: `${reasons.join('; ')}.`,
		hint:
			(await hintFor(name, asked, opening)) ?? errors[0]?.hint ?? 'List the containers with: docker ps --all',
		...(errors.length > 0 && { cause: new AggregateError(errors, 'What each engine said') }),
	});
}

/** The user may mean an image of that name, or another container. */
async function hintFor(
	name: string,
	asked: readonly ContainerEngine[],
	{ input, options }: Opening,
): Promise<string | null> {
	const { signal } = options;
	for (const engine of asked) {
		const meant = await engine
			.findImage({ ...input, name }, options)
			.then(() => `There is an image of that name: fathom ${engine.program}:${name}`, similarImages);
		throwIfInterrupted(signal);
		if (meant !== null) return meant;
	}
	for (const engine of asked) {
		const names = await engine.names(signal).catch(() => []);
		throwIfInterrupted(signal);
		const similar = similarNames(name, names).map(shorten);
		if (similar.length > 0) return `It has ${similar.join(', ')}.`;
	}
	return asked.length === 0 ? null : `List the containers with: ${asked[0].program} ps --all`;
}

/** What the engine says of an image that it does not have, where it has similar ones. */
function similarImages(error: unknown): string | null {
	const [, names] = (error instanceof FathomError && /^It has (.*)\.$/s.exec(error.hint ?? '')) || [];
	return names === undefined ? null : `If you mean an image, it has ${names}.`;
}
