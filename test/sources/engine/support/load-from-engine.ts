import { FathomError } from '../../../../source/errors.ts';
import type { ImageSession } from '../../../../source/session/image-session.ts';
import type { Host } from '../../../../source/sources/host.ts';
import { type LoadOptions, loadImage } from '../../../support/load-image.ts';
import type { FakeEngine } from './fake-engine.ts';

/** A user whose home is a folder without anything that matters. */
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

/** `CODE: MESSAGE [HINT]`, with where the engine is left out, as that differs each time. */
export async function failureOf(
	engine: Pick<FakeEngine, 'address'>,
	options: LoadOptions = {},
	name = 'docker:app:1',
): Promise<string> {
	try {
		await loadFrom(engine, options, name);
	} catch (error) {
		if (!(error instanceof FathomError)) throw error;
		return `${error.code}: ${error.message} [${error.hint}]`.replaceAll(engine.address, 'ADDRESS');
	}
	return 'no failure';
}
