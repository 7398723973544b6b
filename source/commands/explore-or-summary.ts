import { FathomError } from '../errors.ts';
import { suggestCommand } from '../settings/command-line/references.ts';
import { plain } from '../text/paint.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { withKeyboard } from './explorer/with-keyboard.ts';
import { checkOutputs } from './output/check-outputs.ts';
import { imageChoiceOf, sessionOptionsOf } from './session-options.ts';
import { judgedSummary, summary } from './summary.ts';
import { isContinuousIntegration } from './watcher.ts';
import { finishOpening } from './with-session.ts';

/**
 * What a bare image means: the explorer where there is a terminal for it, else the summary, with the verdict where nobody looks, as in CI.
 * Returns 1 when a rule fails. Throws `FathomError`.
 */
export async function exploreOrSummarise(context: CommandContext): Promise<CommandResult> {
	try {
		if (isContinuousIntegration(context.host.environment)) return await judgedSummary(context);
		if (await withKeyboard(context, (keys) => openExplorer(keys, context))) return 0;
		return await summary(context);
	} catch (error) {
		throw withSuggestion(error, suggestCommand(context.reference));
	}
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
