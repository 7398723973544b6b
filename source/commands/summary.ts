import { textReporter } from '../report/text/report.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { loadNamedImage } from './load-named-image.ts';

/** Prints the summary of an image. Throws `FathomError`. */
export async function summary(context: CommandContext): Promise<CommandResult> {
	const loaded = await loadNamedImage(context, { showsDive: true });
	await textReporter.write(loaded, context.output, context.layout);
	return 0;
}
