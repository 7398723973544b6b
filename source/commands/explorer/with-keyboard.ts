import { openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { FathomError } from '../../errors.ts';
import type { CommandContext } from '../command.ts';
import { canDraw, isContinuousIntegration } from '../watcher.ts';

/**
 * Hands over the keyboard where somebody can watch and press keys, and gives it back afterwards. False, and nothing is done, where nobody
 * can. Throws what `explore` throws, and `interrupted`.
 */
export async function withKeyboard(
	context: CommandContext,
	explore: (keys: NodeJS.ReadStream) => Promise<void>,
): Promise<boolean> {
	const isWatched = !isContinuousIntegration(context.host.environment) && canDraw(context);
	const keys = isWatched ? findKeyboard(context.stdin) : null;
	if (keys === null) return false;
	try {
		await explore(keys);
	} finally {
		if (keys !== context.stdin) keys.destroy();
	}
	if (context.signal.aborted) throw new FathomError({ code: 'interrupted', message: 'Interrupted.' });
	return true;
}

/** Where keys come from: standard input, or the terminal itself where an image or a file comes in by standard input. */
function findKeyboard(stdin: NodeJS.ReadStream): NodeJS.ReadStream | null {
	if (stdin.isTTY) return stdin;
	try {
		return new ReadStream(openSync('/dev/tty', 'r'));
	} catch {
		// A process without a terminal of its own, as under cron, has nobody to press keys.
		return null;
	}
}
