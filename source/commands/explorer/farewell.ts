import type { ImageFindings } from '../../analysis/findings/image-findings.ts';
import type { ImageView } from '../../session/stages.ts';
import { flagLabel, flags } from '../../settings/flags.ts';
import { STANDARD_INPUT } from '../../sources/archive/standard-input-source.ts';
import { formatBytes, formatPercent } from '../../text/bytes.ts';
import { escapeForTerminal } from '../../text/escape.ts';
import { shellWord } from '../../text/shell-word.ts';
import type { CommandContext } from '../command.ts';

/** What is known of an image when the user leaves it. */
export interface LeftImage {
	readonly figures: Pick<ImageView['figures'], 'totalBytes' | 'wastedBytes' | 'efficiency'>;
	/** Null where they are not known yet. */
	readonly findings: Pick<ImageFindings, 'findings'> | null;
}

/** The line that stays on the terminal when the explorer is gone: the image, its verdict, and the command to try next. Safe for a terminal. */
export function farewellLine(
	{ figures, findings }: LeftImage,
	context: Pick<CommandContext, 'command' | 'reference' | 'flags'>,
): string {
	const { totalBytes, wastedBytes, efficiency } = figures;
	const open = findings?.findings.filter(({ acceptedBecause }) => acceptedBecause === null).length ?? null;
	const verdict = [
		formatBytes(totalBytes),
		`${formatBytes(wastedBytes)} wasted`,
		`efficiency ${formatPercent(efficiency)}`,
		...(open === null ? [] : [open === 1 ? '1 finding' : `${open} findings`]),
	];
	const next = nextCommand(context, open !== 0);
	const name = context.command === 'demo' ? 'The sample image' : context.reference;
	return escapeForTerminal(`${name}: ${verdict.join(', ')}.${next === null ? '' : ` Next: ${next}`}`);
}

/** What standard input gave cannot be had again. */
function nextCommand(
	{ command, reference, flags: given }: Pick<CommandContext, 'command' | 'reference' | 'flags'>,
	hasFindings: boolean,
): string | null {
	if (command === 'demo') return 'fathom IMAGE';
	if (reference === STANDARD_INPUT) return null;
	const name = hasFindings ? 'report' : 'files';
	const wanted = hasFindings ? ['--only', 'findings', '--format', 'text'] : ['--sort', 'size'];
	const words = [reference, ...flagsFor(name, given), ...wanted];
	return `fathom ${name} ${words.map(shellWord).join(' ')}`;
}

/** Flags that write files, or need what is typed. */
const notAgain: readonly string[] = ['json', 'username', 'password-stdin', 'layer'];

/** The flags that were given and mean the same to another command. */
function flagsFor(command: 'report' | 'files', given: CommandContext['flags']): readonly string[] {
	return flags
		.filter(({ name, commands }) => commands.includes(command) && given.has(name) && !notAgain.includes(name))
		.flatMap((flag) => {
			const text = given.get(flag.name) ?? '';
			if (flag.placeholder !== null) return [`--${flag.name}`, text];
			return (text === 'true') === (flag.isOn !== true) ? [flagLabel(flag)] : [];
		});
}
