import type { SessionOptions } from '../session/session-options.ts';
import { singleImageCommands } from '../settings/commands.ts';
import type { ImageChoice } from '../sources/image-source.ts';
import type { CommandContext } from './command.ts';

/** Which image the command line and the settings name. */
export function imageChoiceOf({
	reference,
	settings: { source, imageName, platform, asLayer, over },
}: Pick<CommandContext, 'reference' | 'settings'>): ImageChoice {
	return {
		reference,
		...(source !== null && { source }),
		...(imageName !== null && { imageName }),
		...(platform !== null && { platform }),
		...(asLayer && { asLayer }),
		...(over !== null && { over }),
	};
}

/** What the settings say about reading it. */
export function sessionOptionsOf({
	command,
	settings: { verify, digests, maxPaths, maxPathBytes, online },
	base,
	dockerfile,
	stdin,
	host,
	cache,
	access,
	earlyWorker,
	onNote,
}: Omit<CommandContext, 'reference'>): SessionOptions {
	const limits = {
		paths: maxPaths ?? Number.POSITIVE_INFINITY,
		pathBytes: maxPathBytes ?? Number.POSITIVE_INFINITY,
	};
	const baseSearch = singleImageCommands.includes(command) ? { online } : null;
	return {
		...{ verify, digests, limits, stdin, host, cache, access, earlyWorker, onNote },
		...{ base, baseSearch, dockerfile },
	};
}
