import { textReporter } from '../report/text-report.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { loadNamedImage } from './with-image.ts';

/** Prints the summary of an image. Throws `FathomError`. */
export async function summary(reference: string, context: CommandContext): Promise<CommandResult> {
	const loaded = await loadNamedImage(reference, context);
	await textReporter.write(loaded, context.output, context.layout);
	return 0;
}
