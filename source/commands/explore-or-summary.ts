import { FathomError } from '../errors.ts';
import { suggestCommand } from '../settings/command-line/references.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { withKeyboard } from './explorer/with-keyboard.ts';
import { checkOutputs } from './output/check-outputs.ts';
import { isContinuousIntegration } from './running/watcher.ts';
import { judgedSummary, summary } from './summary.ts';

/**
 * What a bare image means: the explorer where there is a terminal for it, else the summary, with the verdict where nobody looks, as in CI.
 * Returns 1 when a rule fails. Throws `FathomError`.
 */
export async function exploreOrSummarise(context: CommandContext): Promise<CommandResult> {
	try {
		const isJudged = isContinuousIntegration(context.host.environment);
		if (!isJudged && (await withKeyboard(context, (keys) => openExplorer(keys, context)))) return 0;
		if (['at', 'layer'].some((name) => context.flags.has(name)))
			(await import('./explorer/start-place.ts')).rejectStart(context);
		return isJudged ? await judgedSummary(context) : await summary(context);
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
	const { explore } = await import('./explorer/explore.ts');
	await explore(keys, context);
}
