import { jsonReporter } from '../../report/json/report.ts';
import type { ImageSession } from '../../session/image-session.ts';
import type { CommandContext } from '../command.ts';
import { writeOutputFile } from './output-file.ts';

/** Writes the JSON report to the file that a flag names, if it does. Throws `output` or `interrupted`. */
export async function writeJsonFile(
	session: ImageSession,
	{ flags, layout, signal }: Pick<CommandContext, 'flags' | 'layout' | 'signal'>,
	flag: 'json' | 'save-baseline',
): Promise<void> {
	const path = flags.get(flag);
	if (path === undefined) return;
	await writeOutputFile({ path, signal, write: (sink) => jsonReporter.write(session, sink, layout) });
}
