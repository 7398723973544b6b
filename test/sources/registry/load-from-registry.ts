import { FathomError } from '../../../source/errors.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import type { Host } from '../../../source/sources/host.ts';
import { type LoadOptions, loadImage } from '../../support/load-image.ts';
import type { FakeServer } from './fake-registry.ts';

/** A user whose home is a folder without anything that matters. */
export function hostWith(environment: Host['environment'], homeFolder = '/nowhere'): Host {
	return { environment, homeFolder, currentFolder: '/', system: 'linux', userId: null };
}

export function loadFrom(
	{ address }: Pick<FakeServer, 'address'>,
	options: LoadOptions = {},
	name = 'app:1',
): Promise<ImageSession> {
	return loadImage(`registry:${address}/${name}`, { host: hostWith({}), ...options });
}

/** `CODE: MESSAGE [HINT]`, with the address of the registry left out, as its port differs each time. */
export async function failureOf(
	server: Pick<FakeServer, 'address'>,
	options: LoadOptions = {},
	name = 'app:1',
): Promise<string> {
	try {
		await loadFrom(server, options, name);
	} catch (error) {
		if (!(error instanceof FathomError)) throw error;
		return `${error.code}: ${error.message} [${error.hint}]`.replaceAll(server.address, 'REGISTRY');
	}
	return 'no failure';
}

/** The lines of those requests that were for blobs of layers, with the range that was asked for. */
export function blobRequests({ requests }: FakeServer, but: readonly string[] = []): readonly string[] {
	return requests
		.filter(({ line }) => line.includes('/blobs/') && !but.some((digest) => line.endsWith(digest)))
		.map(({ headers }) => headers.range ?? 'whole');
}
