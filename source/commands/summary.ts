import { textReporter } from '../report/text/report.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { withSession } from './with-session.ts';

/** Prints the summary of an image. Throws `FathomError`. */
export async function summary(context: CommandContext): Promise<CommandResult> {
	await withSession(context, textReporter.needs, (session) =>
		textReporter.write(session, context.output, context.layout),
	);
	return 0;
}
