import { openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { FathomError } from '../errors.ts';
import { suggestCommand } from '../settings/command-line/references.ts';
import { plain } from '../text/paint.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { checkOutputs } from './output/check-outputs.ts';
import { imageChoiceOf, sessionOptionsOf } from './session-options.ts';
import { judgedSummary, summary } from './summary.ts';
import { canDraw, isContinuousIntegration } from './watcher.ts';
import { finishOpening } from './with-session.ts';

/**
 * What a bare image means: the explorer where there is a terminal for it, else the summary, with the verdict where nobody looks, as in CI.
 * Returns 1 when a rule fails. Throws `FathomError`.
 */
export async function exploreOrSummarise(context: CommandContext): Promise<CommandResult> {
	const isJob = isContinuousIntegration(context.host.environment);
	const keys = !isJob && canDraw(context) ? findKeyboard(context.stdin) : null;
	try {
		if (isJob) return await judgedSummary(context);
		if (keys === null) return await summary(context);
		await openExplorer(keys, context);
	} catch (error) {
		throw withSuggestion(error, suggestCommand(context.reference));
	} finally {
		if (keys !== context.stdin) keys?.destroy();
	}
	if (context.signal.aborted) throw new FathomError({ code: 'interrupted', message: 'Interrupted.' });
	return 0;
}

/** A word that is no image may be a misspelt command. */
function withSuggestion(error: unknown, suggestion: string | null): unknown {
	if (suggestion === null || !(error instanceof FathomError) || error.code !== 'not-found') return error;
	const { code, message, cause } = error;
	return new FathomError({ code, message, cause, hint: `fathom ${suggestion}` });
}

async function openExplorer(keys: NodeJS.ReadStream, context: CommandContext): Promise<void> {
	await checkOutputs(context);
	const { explore } = await import('./explore.ts');
	await explore({
		choice: imageChoiceOf(context),
		options: sessionOptionsOf(context),
		stdin: keys,
		stdout: context.stdout,
		colour: context.layout.paint !== plain,
		signal: context.signal,
		onComplete: (session) => finishOpening(session, context),
	});
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
