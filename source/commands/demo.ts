import { fileURLToPath } from 'node:url';
import { packageRoot } from '../package-root.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { openOrSummarise } from './explore-or-summary.ts';

/** The sample image, which lies beside the program in the package as in the repository. */
const samplePath = fileURLToPath(new URL('sample/image.tar', packageRoot));

/** Opens the sample image. Throws `FathomError`. */
export async function demo(context: CommandContext): Promise<CommandResult> {
	return openOrSummarise(samplePath, context);
}
