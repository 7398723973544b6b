import type { LoadOptions } from '../session/load-image.ts';
import type { CommandContext } from './command.ts';

/** What the settings say about opening an image. */
export function loadOptionsOf({
	settings,
	stdin,
	host,
	cache,
	access,
	earlyWorker,
}: Pick<CommandContext, 'settings' | 'stdin' | 'host' | 'cache' | 'access' | 'earlyWorker'>): Omit<
	LoadOptions,
	'signal' | 'onProgress'
> {
	const { source, imageName, platform, verify, baseLayerCount } = settings;
	return {
		verify,
		stdin,
		host,
		cache,
		access,
		earlyWorker,
		...(source !== null && { source }),
		...(imageName !== null && { imageName }),
		...(platform !== null && { platform }),
		...(baseLayerCount !== null && { baseLayerCount }),
	};
}
