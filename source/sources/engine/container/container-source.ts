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
	const opening = { input, options };
	const refusals: Refusal[] = [];
	for (const engineName of engineNames) {
		const asked = await ask(engineName, name, opening);
		if ('container' in asked) return foundIn(asked.engine, asked.container, opening);
		refusals.push(asked);
	}
	const others = Object.keys(engines).filter((other) => !engineNames.includes(other));
	throw await foundNowhere({ name, refusals, others }, opening);
}

interface Found {
	readonly engine: ContainerEngine;
	readonly container: InspectedContainer;
}

async function ask(engineName: string, name: string, { input, options }: Opening): Promise<Found | Refusal> {
	try {
		const engine = await engines[engineName](input, options);
		const container = await engine.inspect(name, options.signal);
		return container === null ? { engine, error: null } : { engine, container };
	} catch (error) {
		throwIfInterrupted(options.signal);
		if (!(error instanceof FathomError) || !mayBeElsewhere.includes(error.code)) throw error;
		return { engine: null, error };
	}
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
	const listing = `List the containers with: ${prefix ?? 'docker'} ps --all`;
	if (name === '')
		throw new FathomError({
			code: 'usage',
			message: `container:${prefix}: is not followed by the name of a container.`,
			hint: `container:${prefix}:NAME. ${listing}`,
		});
	const isImage = /[/:@]/.test(name);
	throw new FathomError({
		code: 'usage',
		message: `"${shorten(name)}" is not a valid container name.`,
		hint: isImage ? `If you mean the image, leave "container:" out: fathom ${shorten(name)}` : listing,
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
	if (imageId === null) throw withoutImage(engine, container);
	const { platform: _platform, imageName: _imageName, ...rest } = input;
	const image = { ...rest, name: imageId, ...(platform !== null && { platform }) };
	return engine.findImage(image, options).catch((error: unknown) => {
		const isGone = error instanceof FathomError && error.code === 'not-found';
		throw isGone ? imageGone(engine, { ...container, imageId }, error) : error;
	});
}

function withoutImage({ label }: ContainerEngine, { name }: InspectedContainer): FathomError {
	return new FathomError({
		code: 'not-found',
		message: `${label}: container ${shorten(name)} was not made from an image.`,
		hint: `Name an image to hold it against: fathom container:${shorten(name)} --over IMAGE`,
	});
}

/** A tag may be that of another image by now, so that it is no more than what the image was called. */
function imageGone(
	{ label, program }: ContainerEngine,
	{ name, imageId, imageName }: InspectedContainer & { readonly imageId: string },
	cause: unknown,
): FathomError {
	const isTag = imageName !== null && !/^(?:sha256:)?[0-9a-f]{12,64}$/.test(imageName);
	const called = isTag ? ` (then called ${shorten(imageName)})` : '';
	return new FathomError({
		code: 'not-found',
		message: `${label}: container ${shorten(name)} was made from image ${imageId}${called}, which is gone.`,
		hint: `Bring that image back with ${program} pull or ${program} load, or name it where it still is: fathom container:${shorten(name)} --over IMAGE${isTag ? '. The tag may be that of another image now.' : ''}`,
		cause,
	});
}

interface Search {
	readonly name: string;
	readonly refusals: readonly Refusal[];
	/** The engines that were not asked. */
	readonly others: readonly string[];
}

async function foundNowhere({ name, refusals, others }: Search, opening: Opening): Promise<FathomError> {
	const asked = refusals.flatMap(({ engine }) => (engine === null ? [] : [engine]));
	const errors = refusals.flatMap(({ error }) => (error === null ? [] : [error]));
	const reasons = refusals.map(({ engine, error }) =>
		engine === null ? (error?.message ?? '').replace(/\.$/, '') : `${engine.label} has no container ${name}`,
	);
	return new FathomError({
		code: asked.length > 0 ? 'not-found' : (errors[0]?.code ?? 'not-found'),
		message: `${reasons.join('; ')}.`,
		hint:
			(await elsewhere(name, others, opening)) ??
			(await hintFor(name, asked, opening)) ??
			errors[0]?.hint ??
			'List the containers with: docker ps --all',
		...(errors.length > 0 && { cause: new AggregateError(errors, 'What each engine said') }),
	});
}

/** The user may have named the wrong engine. */
async function elsewhere(name: string, others: readonly string[], opening: Opening): Promise<string | null> {
	for (const other of others) {
		const asked = await ask(other, name, opening);
		if ('container' in asked)
			return `${asked.engine.label} has a container of that name: fathom container:${other}:${name}`;
	}
	return null;
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
	const listings = asked.map(({ program }) => `${program} ps --all`);
	return listings.length === 0 ? null : `List the containers with: ${listings.join(' or ')}`;
}

/** What the engine says of an image that it does not have, where it has similar ones. */
function similarImages(error: unknown): string | null {
	const [, names] = (error instanceof FathomError && /^It has (.*)\.$/s.exec(error.hint ?? '')) || [];
	return names === undefined ? null : `If you mean an image, it has ${names}.`;
}
