import { FathomError } from '../../errors.ts';
import { parseFilter } from '../../filter/terms/parse-filter.ts';
import type { Term } from '../../filter/terms/terms.ts';
import { type RowOrder, rowOrders } from '../../report/files/file-rows.ts';
import { fileFormats, nulFormat } from '../../report/files/formats.ts';
import type { FileFormat } from '../../report/files/write-rows.ts';
import { STANDARD_INPUT } from '../../sources/archive/standard-input-source.ts';
import { shorten } from '../../text/shorten.ts';
import { wordOf } from '../chosen-words.ts';
import type { CommandContext } from '../command.ts';

/** What the flags of `fathom files` ask for. */
export interface FilesChoice {
	readonly format: FileFormat;
	readonly terms: readonly Term[];
	readonly order: RowOrder;
	/** Whether change sets are listed in place of files. */
	readonly areChanges: boolean;
}

/** Reads the flags of `fathom files`. Throws `usage`. */
export function filesChoiceOf(context: Pick<CommandContext, 'flags' | 'stdout'>): FilesChoice {
	const { flags } = context;
	return {
		format: flags.get('null') === 'true' ? nulFormatFor(context) : formatOf(flags.get('format')),
		terms: termsOf(flags.get('filter')),
		order: wordOf(rowOrders, 'sort', flags.get('sort') ?? 'name'),
		areChanges: flags.get('changes') === 'true',
	};
}

function formatOf(text: string | undefined): FileFormat {
	const names = fileFormats.map(({ format }) => format);
	return fileFormats[text === undefined ? 0 : names.indexOf(wordOf(names, 'format', text))];
}

/** Names as they are are nothing for a terminal, and no other format either. Throws `usage`. */
function nulFormatFor({ flags, stdout }: Pick<CommandContext, 'flags' | 'stdout'>): FileFormat {
	if (flags.has('format')) {
		throw new FathomError({
			code: 'usage',
			message: '-0 and --format cannot be used together.',
			hint: 'Leave out one of them.',
		});
	}
	if (stdout.isTTY && (flags.get('output') ?? STANDARD_INPUT) === STANDARD_INPUT) {
		throw new FathomError({
			code: 'usage',
			message: '-0 prints names as they are, which is not safe on a terminal.',
			hint: 'fathom files IMAGE -0 | xargs -0 ...',
		});
	}
	return nulFormat;
}

function termsOf(text: string | undefined): readonly Term[] {
	const parsed = parseFilter(text ?? '');
	if (parsed.ok) return parsed.terms;
	throw invalidFilter(text ?? '', parsed.problem);
}

/** Says what is wrong with a filter. */
export function invalidFilter(text: string, problem: string): FathomError {
	return new FathomError({
		code: 'usage',
		message: `--filter ${shorten(text)}: ${problem}.`,
		hint: "--filter '>10MB kind:added'",
	});
}
