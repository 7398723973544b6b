import { FathomError } from '../../errors.ts';
import { changeBefore } from '../../filetree/comparison.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import { findContent } from '../../filetree/find-content.ts';
import type { LayerEntry } from '../../filetree/links.ts';
import { pathOf } from '../../filetree/paths.ts';
import type { ByteSink } from '../../report/byte-stream.ts';
import { STANDARD_INPUT } from '../../sources/archive/standard-input-source.ts';
import { stringAt } from '../../tar/changeset.ts';
import { escapeForTerminal } from '../../text/escape.ts';
import { shellWord } from '../../text/shell-word.ts';
import { shorten } from '../../text/shorten.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { writeReport } from '../output/write-report.ts';
import { findFile } from './find-file.ts';
import { terminalText } from './terminal-text.ts';
import { type OpenedFiles, withFiles } from './with-files.ts';

/** Prints the content of a file: byte for byte, but to a terminal only text, with control characters escaped. Throws `FathomError`. */
export async function cat(context: CommandContext): Promise<CommandResult> {
	const { paths, signal, stdout, flags, layout } = context;
	const [path] = paths;
	const print = async (files: OpenedFiles): Promise<void> => {
		const content = await contentAt(files, path, context);
		const { opened } = files;
		const pieces = opened.files.openEntry(content, signal);
		const isForTerminal = stdout.isTTY && (flags.get('output') ?? STANDARD_INPUT) === STANDARD_INPUT;
		const safe = { isLog: layout.isLog, refusal: noText(context) };
		const printed = isForTerminal ? terminalText(pieces, safe) : pieces;
		await writeReport(context, (sink) => copy(printed, sink));
	};
	await withFiles(context, print, { readsContents: true });
	return 0;
}

/** Where the content is. Throws `not-found`, also where there is no content. */
async function contentAt(files: OpenedFiles, path: string, context: CommandContext): Promise<LayerEntry> {
	const { opened, point } = files;
	const { tree } = opened;
	const { node } = await findFile(files, { path, followsLast: true }, context);
	const found =
		node === 0 ? ({ kind: 'no-file', entryKind: 'directory' } as const) : findContent(tree, node, point - 1);
	const shown = `/${escapeForTerminal(pathOf(tree, node))}`;
	switch (found.kind) {
		case 'file':
			return found;
		case 'empty':
			throw new FathomError({
				code: 'not-found',
				message: `${shown} is a hard link to ${linkTarget(tree, node, point)}, which is no file, so it has no content.`,
				hint: 'Container engines refuse such a layer or leave the link out.',
			});
		case 'absent':
			throw new FathomError({ code: 'not-found', message: `${shown} is not there.` });
		case 'no-file':
			throw new FathomError({
				code: 'not-found',
				message: `${shown} is a ${found.entryKind.replace('-', ' ')}, which has no content.`,
				...(found.entryKind === 'directory' && {
					hint: `fathom files ${shellWord(context.reference)} ${shellWord(shown)}`,
				}),
			});
	}
}

function linkTarget(tree: FileTree, node: number, point: number): string {
	const change = changeBefore(tree, node, point);
	const { targets } = tree.changesets[tree.changeLayers[change]];
	const target = Buffer.from(stringAt(targets, tree.changeEntries[change])).toString('utf8');
	return shorten(`/${target}`);
}

async function copy(pieces: AsyncIterable<Uint8Array>, sink: ByteSink): Promise<void> {
	for await (const piece of pieces) {
		await sink.write(piece);
		if (sink.hasNoReader?.()) return;
	}
}

/** What is no text is for a file: the hint is the command with a file behind it. */
function noText({ reference, paths: [path], flags }: CommandContext): FathomError {
	const layer = flags.has('layer') ? ` --layer ${flags.get('layer')}` : '';
	return new FathomError({
		code: 'output',
		message: `${shorten(path)} is not text, and is not printed to a terminal.`,
		hint: `fathom cat ${shellWord(reference)} ${shellWord(path)}${layer} > FILE`,
	});
}
