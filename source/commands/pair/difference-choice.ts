import { type DifferencePart, differenceParts } from '../../diff/differing-parts.ts';
import { FathomError } from '../../errors.ts';
import type { DifferenceReporter } from '../../report/diff/compared.ts';
import { differenceReporters } from '../../report/diff/reporters.ts';
import { globFault } from '../../text/glob/glob-fault.ts';
import { shorten } from '../../text/shorten.ts';
import { wordOf, wordsOf } from '../chosen-words.ts';
import type { CommandContext } from '../command.ts';

/** What the flags of `fathom diff` ask for. */
export interface DifferenceChoice {
	readonly reporter: DifferenceReporter;
	readonly parts: ReadonlySet<DifferencePart>;
	/** Globs of paths that do not count. */
	readonly ignore: readonly string[];
	readonly isFull: boolean;
	/** Whether a difference makes the command end with 1. */
	readonly hasExitCode: boolean;
}

/** Reads the flags of `fathom diff`. With a path, only files are of interest. Throws `usage`. */
export function differenceChoiceOf({
	flags,
	paths,
}: Pick<CommandContext, 'flags' | 'paths'>): DifferenceChoice {
	const formats = differenceReporters.map(({ format }) => format);
	const format = flags.get('format');
	return {
		reporter:
			differenceReporters[format === undefined ? 0 : formats.indexOf(wordOf(formats, 'format', format))],
		parts: wordsOf(differenceParts, 'only', flags.get('only') ?? (paths.length === 0 ? undefined : 'files')),
		ignore: globsOf(flags.get('ignore')),
		isFull: flags.get('full') === 'true',
		hasExitCode: flags.get('exit-code') === 'true',
	};
}

/** The values of `--ignore`. */
function globsOf(text: string | undefined): readonly string[] {
	const globs = text?.split('\n') ?? [];
	for (const glob of globs) {
		const fault = globFault(glob);
		if (fault !== null)
			throw new FathomError({ code: 'usage', message: `--ignore ${shorten(glob)}: ${fault}.` });
	}
	return globs;
}
