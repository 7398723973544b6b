import { findPath } from '../../diff/listing/find-path.ts';
import { FathomError } from '../../errors.ts';
import { PatternError } from '../../filter/pattern/pattern.ts';
import { hasOwnerNames, resolveOwners } from '../../filter/terms/resolve-owners.ts';
import { rowFilter } from '../../filter/terms/row-filter.ts';
import type { Term } from '../../filter/terms/terms.ts';
import { changedRows, type FileRows, rowsAt, sortedRows } from '../../report/files/file-rows.ts';
import { writeRows } from '../../report/files/write-rows.ts';
import { runInSlices, TimeSlice } from '../../sources/time-slice.ts';
import { shorten } from '../../text/shorten.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { writeReport } from '../output/write-report.ts';
import { type FilesChoice, filesChoiceOf, invalidFilter } from './files-choice.ts';
import { findFile } from './find-file.ts';
import { readOwnerNames } from './read-owner-names.ts';
import { topmostOf } from './topmost.ts';
import { layerNumberOf, type OpenedFiles, withFiles } from './with-files.ts';

/** Lists the files of an image, or what a layer changed. Throws `FathomError`. */
export async function files(context: CommandContext): Promise<CommandResult> {
	const choice = filesChoiceOf(context);
	const { signal } = context;
	await withFiles(context, async (opened) => {
		const { tree } = opened.opened;
		const rows = await selectRows(opened, choice, context);
		await writeReport(context, async (sink, { isLog }) => {
			const { format, areChanges } = choice;
			const write = await runInSlices(format.writerOf({ tree, rows, areChanges, isLog }), signal);
			const slice = new TimeSlice(signal);
			await writeRows(rows, write, { sink, pause: () => slice.yield() });
		});
	});
	return 0;
}

async function selectRows(
	files: OpenedFiles,
	{ terms, order, areChanges }: FilesChoice,
	context: CommandContext,
): Promise<FileRows> {
	const { opened, point } = files;
	const { tree } = opened;
	const { signal, flags } = context;
	refuseAbsentLayers(terms, tree.layerCount, flags.get('filter') ?? '');
	const tops = await topsOf(files, areChanges, context);
	const filter = await runInSlices(rowFilter(tree, await withNumbers(files, terms, context)), signal).catch(
		(error: unknown) => {
			throw error instanceof PatternError ? invalidFilter(flags.get('filter') ?? '', error.message) : error;
		},
	);
	const selection = { tops, filter };
	const rows = await runInSlices(
		areChanges ? changedRows(tree, layersOf(point, context), selection) : rowsAt(tree, point, selection),
		signal,
	);
	return runInSlices(sortedRows(tree, rows, order), signal);
}

/** The terms with the numbers of the owners that they name, which only the image knows. Throws `usage`. */
async function withNumbers(
	{ opened }: OpenedFiles,
	terms: readonly Term[],
	{ signal, flags }: CommandContext,
): Promise<readonly Term[]> {
	if (!hasOwnerNames(terms)) return terms;
	if (opened.files.refusal !== null) throw opened.files.refusal;
	const resolved = resolveOwners(terms, await readOwnerNames(opened, signal));
	if (resolved.ok) return resolved.terms;
	throw invalidFilter(flags.get('filter') ?? '', resolved.problem);
}

/** No path is of a layer that the image does not have. Throws `usage`. */
function refuseAbsentLayers(terms: readonly Term[], layerCount: number, text: string): void {
	const layers = `${layerCount} ${layerCount === 1 ? 'layer' : 'layers'}`;
	for (const term of terms)
		if (term.kind === 'layer' && term.first >= layerCount)
			throw invalidFilter(text, `layer:${term.first + 1}: the image has ${layers}`);
}

/** The layer that was named, or all of them. */
function layersOf(point: number, context: CommandContext): readonly number[] {
	return layerNumberOf(context) === null ? Array.from({ length: point }, (_, layer) => layer) : [point - 1];
}

/** The subtrees that are listed. A layer may have removed a path, so that its changes are looked for at the path itself. */
async function topsOf(
	files: OpenedFiles,
	areChanges: boolean,
	context: CommandContext,
): Promise<readonly number[]> {
	const { paths, signal, reference } = context;
	const { tree } = files.opened;
	if (paths.length === 0) return [0];
	const tops: number[] = [];
	for (const path of paths) {
		if (!areChanges) {
			tops.push((await findFile(files, { path, followsLast: false }, context)).node);
			continue;
		}
		const found = await runInSlices(findPath(tree, path), signal);
		if (found.kind === 'missing') throw noLayerHas(path, reference);
		tops.push(found.node);
	}
	return topmostOf(tree, tops);
}

function noLayerHas(path: string, reference: string): FathomError {
	return new FathomError({
		code: 'not-found',
		message: `No layer of ${reference} has ${shorten(path.startsWith('/') ? path : `/${path}`)}.`,
		hint: 'fathom files IMAGE --changes lists the changes of all layers.',
	});
}
