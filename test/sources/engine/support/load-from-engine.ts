import { FathomError } from '../../../../source/errors.ts';
import type { ImageSession } from '../../../../source/session/image-session.ts';
import type { Host } from '../../../../source/sources/host.ts';
import { type LoadOptions, loadImage } from '../../../support/load-image.ts';
import type { FakeEngine } from './fake-engine.ts';

/** A user whose home folder is empty. */
export function hostWith(environment: Host['environment'], homeFolder = '/nowhere'): Host {
	return { environment, homeFolder, currentFolder: '/', system: 'linux', userId: 1000 };
}

export function loadFrom(
	{ address }: Pick<FakeEngine, 'address'>,
	options: LoadOptions = {},
	name = 'docker:app:1',
): Promise<ImageSession> {
	return loadImage(name, { host: hostWith({ DOCKER_HOST: address }), ...options });
}

/** How loading fails: `CODE: MESSAGE [HINT]`, with ADDRESS for the engine's address, which differs each time. */
export async function failureOf(
	engine: Pick<FakeEngine, 'address'>,
	options: LoadOptions = {},
	name = 'docker:app:1',
): Promise<string> {
	const failure = await failureIn(loadFrom(engine, options, name));
	return failure.replaceAll(engine.address, 'ADDRESS');
}

/** How loading fails with these variables: `CODE: MESSAGE [HINT]`. */
export function failureWith(name: string, environment: Host['environment']): Promise<string> {
	return failureIn(loadImage(name, { host: hostWith(environment) }));
}

async function failureIn(loading: Promise<ImageSession>): Promise<string> {
	try {
		await loading;
	} catch (error) {
		if (!(error instanceof FathomError)) throw error;
		return `${error.code}: ${error.message} [${error.hint}]`;
	}
	return 'no failure';
}
