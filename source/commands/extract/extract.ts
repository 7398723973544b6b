import { FathomError } from '../../errors.ts';
import { formatBytes } from '../../text/bytes.ts';
import { shellWord } from '../../text/shell-word.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { findFile } from '../files/find-file.ts';
import { type OpenedFiles, withFiles } from '../files/with-files.ts';
import { ProgressLine } from '../output/progress-line.ts';
import { extractionRemarks, extractionSummary, extractNodes } from './extract-nodes.ts';
import type { Extracted } from './extraction.ts';

/** Writes files and folders of an image below a folder. Throws `FathomError`, also where something was in the way. */
export async function extract(context: CommandContext): Promise<CommandResult> {
	const folder = folderOf(context);
	const keepsOwners = keepsOwnersOf(context);
	const { onWarning, output } = context;
	const write = async (files: OpenedFiles): Promise<void> => {
		const progress = new ProgressLine(context);
		try {
			const extracted = await extractTo(folder, files, { context, keepsOwners, progress });
			progress.clear();
			for (const line of extractionRemarks(extracted)) onWarning(line);
			await output.write(Buffer.from(`${extractionSummary(extracted, folder)}\n`));
			throwConflict(extracted, context);
		} finally {
			progress.clear();
		}
	};
	await withFiles(context, write, { readsContents: true });
	return 0;
}

interface Extracting {
	readonly context: CommandContext;
	readonly keepsOwners: boolean;
	readonly progress: ProgressLine;
}

async function extractTo(
	folder: string,
	files: OpenedFiles,
	{ context, keepsOwners, progress }: Extracting,
): Promise<Extracted> {
	const { signal, flags } = context;
	const { opened, point } = files;
	const nodes: number[] = [];
	for (const path of context.paths)
		nodes.push((await findFile(files, { path, followsLast: false }, context)).node);
	return extractNodes({
		folder,
		tree: opened.tree,
		files: opened.files,
		nodes,
		point,
		keepsOwners,
		force: flags.get('force') === 'true',
		signal,
		onProgress: (bytes, total) =>
			progress.show(() => `extracting: ${formatBytes(bytes)} of ${formatBytes(total)}`),
	});
}

function folderOf({ flags, paths, reference }: CommandContext): string {
	const folder = flags.get('to');
	if (folder !== undefined) return folder;
	throw new FathomError({
		code: 'usage',
		message: 'fathom extract needs --to DIR, the folder to write to.',
		hint: `fathom extract ${shellWord(reference)} ${paths.map(shellWord).join(' ')} --to DIR`,
	});
}

function keepsOwnersOf({ flags, host }: CommandContext): boolean {
	if (flags.get('owner') !== 'true') return false;
	if (host.userId === 0) return true;
	throw new FathomError({
		code: 'usage',
		message: '--owner: only root can give files to other users.',
		hint: 'Leave out --owner, so that the files are yours, or run it as root.',
	});
}

/** Throws `output` where something was in the way. */
function throwConflict({ leftOut }: Extracted, { flags }: CommandContext): void {
	const conflict = leftOut.conflict();
	if (conflict === null) return;
	throw new FathomError({
		code: 'output',
		message: `${conflict}.`,
		hint: hintForConflict(leftOut, flags.has('force')),
	});
}

function hintForConflict({ isDeniedOnly }: Extracted['leftOut'], isForced: boolean): string {
	if (isDeniedOnly) return 'chmod -R u+rwx on what is there, or another folder with --to.';
	return isForced
		? 'Nothing replaces a folder: name another one with --to, or move what is there.'
		: '--force to replace files and symlinks, or another folder with --to.';
}
