import { type DifferencePart, differenceParts } from '../../diff/differing-parts.ts';
import { FathomError } from '../../errors.ts';
import type { DifferenceReporter } from '../../report/diff/compared.ts';
import { differenceReporters } from '../../report/diff/reporters.ts';
import { suggest } from '../../settings/command-line/suggest.ts';
import { globFault } from '../../text/glob-limits.ts';
import { shorten } from '../../text/shorten.ts';
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
	path,
}: Pick<CommandContext, 'flags' | 'path'>): DifferenceChoice {
	const formats = differenceReporters.map(({ format }) => format);
	const format = flags.get('format');
	return {
		reporter:
			differenceReporters[format === undefined ? 0 : formats.indexOf(oneOf(formats, 'format', format))],
		parts: partsOf(flags.get('only') ?? (path === null ? undefined : 'files')),
		ignore: globsOf(flags.get('ignore')),
		isFull: flags.get('full') === 'true',
		hasExitCode: flags.get('exit-code') === 'true',
	};
}

/** The values of `--only`, each of which may be a list; all parts without it. */
function partsOf(text: string | undefined): ReadonlySet<DifferencePart> {
	if (text === undefined) return new Set(differenceParts);
	const words = text.split(/[\n,]/).map((word) => word.trim());
	return new Set(words.map((word) => oneOf(differenceParts, 'only', word)));
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

function oneOf<Word extends string>(words: readonly Word[], flag: string, text: string): Word {
	const found = words.find((word) => word === text);
	if (found !== undefined) return found;
	const meant = suggest(text, words);
	const list = `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
	throw new FathomError({
		code: 'usage',
		message: `--${flag}: expected ${list}, got ${shorten(JSON.stringify(text))}.`,
		...(meant !== null && { hint: `--${flag} ${meant}` }),
	});
}
