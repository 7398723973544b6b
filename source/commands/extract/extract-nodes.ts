import { FathomError } from '../../errors.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import type { SessionFiles } from '../../session/session-files.ts';
import { runInSlices } from '../../sources/time-slice.ts';
import { formatBytes, formatCount } from '../../text/bytes.ts';
import { escapeForTerminal } from '../../text/escape.ts';
import { topmostOf } from '../files/topmost.ts';
import { hintForFolderError, wordWriteError } from '../output/system-error.ts';
import { type Extracted, Extraction } from './extraction.ts';
import { bestFolderAccess } from './folder.ts';
import { codeOf } from './left-out.ts';
import { fileAmong, makeFolders } from './make-folders.ts';
import { planExtraction } from './plan.ts';
import { TargetTree } from './target-tree.ts';

export interface NodesToExtract {
	/** The folder to write below; made if it is not there, with those above it. */
	readonly folder: string;
	readonly tree: FileTree;
	readonly files: Pick<SessionFiles, 'openEntry'>;
	readonly nodes: readonly number[];
	/** How many layers are there. */
	readonly point: number;
	readonly keepsOwners: boolean;
	/** Whether files and symlinks that are there are replaced. */
	readonly force: boolean;
	readonly signal: AbortSignal;
	/** Gets how many bytes of how many have been written. */
	readonly onProgress: (bytes: number, totalBytes: number) => void;
}

/** Writes files and folders of an image below a folder. What is in the way is counted. Throws `FathomError`. */
export async function extractNodes(wanted: NodesToExtract): Promise<Extracted> {
	const { folder, tree, files, nodes, point, signal, onProgress } = wanted;
	const plan = await runInSlices(planExtraction(tree, topmostOf(tree, nodes), point), signal);
	const target = openTarget(folder, tree);
	const extraction = new Extraction(target, {
		...wanted,
		open: (content) => files.openEntry(content, signal, 'left-out'),
		onProgress: (bytes) => onProgress(bytes, plan.files.totalBytes),
	});
	try {
		return await extraction.run(plan);
	} catch (error) {
		throw asOutputError(folder, error);
	} finally {
		target.close();
	}
}

/** What was written, in one sentence, safe for a terminal. */
export function extractionSummary(
	{ files, directories, symlinks, bytes }: Extracted,
	folder: string,
): string {
	const made = [
		...(files === 0 ? [] : [counted(files, 'file', 'files')]),
		...(directories === 0 ? [] : [counted(directories, 'directory', 'directories')]),
		...(symlinks === 0 ? [] : [counted(symlinks, 'symlink', 'symlinks')]),
	];
	const others = made.slice(0, -1).join(', ');
	const what = [...(others === '' ? [] : [others]), made.at(-1) ?? 'nothing'].join(' and ');
	return `Extracted ${what} (${formatBytes(bytes)}) to ${escapeForTerminal(folder)}.`;
}

/** What was left out and cannot be helped, a line each, safe for a terminal. */
export function extractionRemarks({ leftOut, withoutSetId }: Extracted): readonly string[] {
	const setId = counted(withoutSetId, 'path', 'paths');
	return [
		...leftOut.warnings(),
		...(withoutSetId > 0 ? [`left out the set-user-ID or set-group-ID bit of ${setId}`] : []),
	];
}

function openTarget(folder: string, tree: FileTree): TargetTree {
	try {
		makeFolders(folder);
		return new TargetTree(tree, folder, bestFolderAccess());
	} catch (error) {
		if (codeOf(error) !== 'ENOTDIR') throw asOutputError(folder, error);
		throw new FathomError({
			code: 'output',
			message: `${fileAmong(folder)} is a file, not a folder to write to.`,
			hint: 'Name another folder; it is made if it is not there.',
		});
	}
}

function counted(count: number, one: string, many: string): string {
	return `${formatCount(count)} ${count === 1 ? one : many}`;
}

function asOutputError(folder: string, cause: unknown): unknown {
	if (cause instanceof FathomError || !/^E[A-Z0-9]+$/.test(codeOf(cause))) return cause;
	const hint = hintForFolderError(cause);
	return new FathomError({
		code: 'output',
		message: `${folder} cannot be written: ${wordWriteError(cause)}.`,
		...(hint !== undefined && { hint }),
		cause,
	});
}
