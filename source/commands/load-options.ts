import type { CommandContext } from './command.ts';
import type { LoadOptions } from './load-image.ts';

/** What the settings say about opening an image. */
export function loadOptionsOf({
	settings,
	stdin,
	host,
	cache,
}: Pick<CommandContext, 'settings' | 'stdin' | 'host' | 'cache'>): Omit<
	LoadOptions,
	'signal' | 'onProgress'
> {
	const { imageName, platform, verify, baseLayerCount } = settings;
	return {
		verify,
		stdin,
		host,
		cache,
		...(imageName !== null && { imageName }),
		...(platform !== null && { platform }),
		...(baseLayerCount !== null && { baseLayerCount }),
	};
}
