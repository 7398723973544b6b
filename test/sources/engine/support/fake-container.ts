import type { IncomingMessage, ServerResponse } from 'node:http';
import { directory, file, symlink, type TarEntry } from '../../../support/archives/tar-entry.ts';
import { layerTar } from '../../../support/archives/write-archive.ts';
import { classicImage, type EngineContent } from './engine-content.ts';

/** A container in a fake engine. */
export interface FakeContainer {
	readonly name: string;
	/** Over the usual response of the inspect call. */
	readonly inspect?: Readonly<Record<string, unknown>>;
	/** What the engine exports. */
	readonly tar?: Uint8Array;
	/** Closes the connection after this many bytes of the export. */
	readonly cutAfter?: number;
	/** Whether the container is gone once its export was asked for. */
	readonly isRemoved?: boolean;
	/** Single files, by path. */
	readonly files?: Readonly<Record<string, TarEntry>>;
}

export const containerId = `${'c0ffee'.repeat(10)}c0ff`;

const large = Buffer.alloc(100_000, 'large ');

/** The file system of a container of `engineImage` that changed nothing. */
export const untouched: readonly TarEntry[] = [
	file('.dockerenv'),
	directory('dev/'),
	file('dev/console'),
	directory('etc/'),
	file('etc/hosts'),
	file('etc/motd', 'hullo'),
	symlink('etc/mtab', '/proc/mounts'),
	file('large', large),
	directory('proc/'),
	directory('sys/'),
];

/** An engine that has the image and a container of it. */
export function withContainer(container: FakeContainer, image: EngineContent = classicImage()) {
	let hasExported = false;
	const isThere = () => !(container.isRemoved && hasExported);
	const answer = (request: IncomingMessage, response: ServerResponse): boolean => {
		const { pathname, searchParams } = new URL(request.url ?? '', 'http://engine');
		const [, name, verb] = /\/containers\/([^/]+)\/(json|export|archive)$/.exec(pathname) ?? [];
		if (pathname.endsWith('/containers/json'))
			response.end(JSON.stringify([{ Names: [`/${container.name}`] }]));
		else if (name === undefined) return answerImage(pathname, response, image);
		else if (![container.name, containerId].includes(name) || !isThere()) notFound(response);
		else if (verb === 'json') response.end(JSON.stringify(inspected(container, image)));
		else if (verb === 'archive') sendFile(response, container.files?.[searchParams.get('path') ?? '']);
		else {
			hasExported = true;
			sendExport(response, container);
		}
		return true;
	};
	return { ...image, answer };
}

function inspected({ name, inspect }: FakeContainer, image: EngineContent) {
	return {
		Id: containerId,
		Name: `/${name}`,
		Created: '2024-05-06T07:08:09Z',
		Image: image.inspect.Id,
		Config: { Image: 'app:1' },
		State: { Running: false, Paused: false },
		Mounts: [],
		...inspect,
	};
}

/** The image is asked for by its ID. */
function answerImage(pathname: string, response: ServerResponse, image: EngineContent): boolean {
	const isAsked = decodeURIComponent(pathname).includes(`/images/${image.inspect.Id}/`);
	if (isAsked && pathname.endsWith('/json')) response.end(JSON.stringify(image.inspect));
	else if (isAsked && pathname.endsWith('/get')) response.end(image.archive);
	return response.writableEnded;
}

function sendExport(response: ServerResponse, { tar = layerTar(untouched), cutAfter }: FakeContainer): void {
	if (cutAfter === undefined) response.end(tar);
	else response.write(tar.subarray(0, cutAfter), () => response.socket?.destroySoon());
}

function sendFile(response: ServerResponse, entry: TarEntry | undefined): void {
	if (entry === undefined) notFound(response);
	else response.end(layerTar([entry]));
}

function notFound(response: ServerResponse): void {
	response.statusCode = 404;
	response.end(JSON.stringify({ message: 'No such container' }));
}
