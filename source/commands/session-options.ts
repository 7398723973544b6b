import type { SessionOptions } from '../session/session-options.ts';
import type { ImageChoice } from '../sources/image-source.ts';
import type { CommandContext } from './command.ts';

/** Which image the command line and the settings name. */
export function imageChoiceOf({
	reference,
	settings: { source, imageName, platform, asLayer },
}: Pick<CommandContext, 'reference' | 'settings'>): ImageChoice {
	return {
		reference,
		...(source !== null && { source }),
		...(imageName !== null && { imageName }),
		...(platform !== null && { platform }),
		...(asLayer && { asLayer }),
	};
}

/** What the settings say about reading it. */
export function sessionOptionsOf({
	settings: { verify, digests, baseLayerCount },
	stdin,
	host,
	cache,
	access,
	earlyWorker,
	onNote,
}: Omit<CommandContext, 'reference'>): SessionOptions {
	const base = baseLayerCount !== null && { baseLayerCount };
	return { verify, digests, stdin, host, cache, access, earlyWorker, onNote, ...base };
}
