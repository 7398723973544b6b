import { openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { FathomError } from '../../errors.ts';
import { STANDARD_INPUT } from '../../sources/archive/standard-input-source.ts';
import type { CommandContext } from '../command.ts';
import { canDraw, isContinuousIntegration } from '../running/watcher.ts';
import { isPlain } from './open-surface.ts';

/**
 * Hands over the keyboard where somebody can watch and press keys, and gives it back afterwards. False, and nothing is done, where nobody
 * can. Throws what `explore` throws, and `interrupted`.
 */
export async function withKeyboard(
	context: CommandContext,
	explore: (keys: NodeJS.ReadStream) => Promise<void>,
): Promise<boolean> {
	const keys = isContinuousIntegration(context.host.environment) ? null : findInput(context);
	if (keys === null) return false;
	try {
		await explore(keys);
	} finally {
		if (keys !== context.stdin) keys.destroy();
	}
	if (context.signal.aborted) throw new FathomError({ code: 'interrupted', message: 'Interrupted.' });
	return true;
}

function findInput(context: CommandContext): NodeJS.ReadStream | null {
	if (isPlain(context)) return findCommands(context);
	return canDraw(context) ? findKeyboard(context.stdin) : null;
}

/**
 * Where commands come from that are typed a line at a time. Only who asks for it on the command line has them read from a script, or their
 * answers written to a file: a setting for all runs must not take what a shell's loop reads.
 */
function findCommands({
	stdin,
	stdout,
	flags,
	reference,
	newImage,
}: CommandContext): NodeJS.ReadStream | null {
	const isAsked = flags.get('plain') === 'true';
	const isImage = [reference, newImage?.reference].includes(STANDARD_INPUT);
	if (isAsked && !isImage) return stdin;
	return stdout.isTTY ? findKeyboard(stdin) : null;
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
