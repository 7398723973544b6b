import { compareInSteps } from '../../../filetree/compare.ts';
import { bytesAfterAt, type Comparison, changeAt, kindAt } from '../../../filetree/comparison.ts';
import { ABSENT, type FileTree } from '../../../filetree/file-tree.ts';
import { PatternError } from '../../../filter/pattern/pattern.ts';
import { textTest } from '../../../filter/text-test.ts';
import type { Steps } from '../../../steps.ts';
import { formatBytes, formatCount } from '../../../text/bytes.ts';
import { attributesOf } from '../../model/frame/attributes.ts';
import { shownName, shownPath } from '../../model/frame/names.ts';
import { childOrder, prepareOrder, type SortOrder } from '../../model/rows/child-order.ts';
import type { Subject } from '../../model/subject.ts';
import { differenceMark } from '../../model/views/difference/files/difference-letters.ts';
import { type Answer, type PlainCommand, said, type Talk } from '../answer.ts';
import { type FoundPath, findPlace } from './find-place.ts';
import { shownWord } from './view-commands.ts';

/** The commands that go through folders. */
export const folderCommands: readonly PlainCommand[] = [
	{
		names: ['cd'],
		usage: 'cd PATH',
		summary: 'go to a folder, from which paths start then',
		kind: null,
		run: changeFolder,
	},
	{
		names: ['ls'],
		usage: 'ls PATH',
		summary: 'what is in a folder, the largest first; without PATH, in this one',
		kind: null,
		run: listFolder,
	},
];

async function changeFolder(argument: string, talk: Talk): Promise<Answer> {
	const found = await findPlace(argument === '' ? '/' : argument, talk, true);
	if (found.kind === 'none') return said(found.reason);
	const { node, isFolder, remark } = found;
	const path = shownPath(talk.subject.tree, node);
	if (!isFolder) return said(`${path} is no folder.`);
	if (remark !== null && talk.subject.kind === 'image')
		return said(`${path} is not there any more: layer ${found.point + 1} removed it.`);
	return { lines: [`In ${path}`], folder: node };
}

async function listFolder(argument: string, talk: Talk): Promise<Answer> {
	const found = await findPlace(argument, talk, true);
	if (found.kind === 'none') return said(found.reason);
	return listChildren(found, talk, '');
}

async function listChildren(found: FoundPath, talk: Talk, filter: string): Promise<Answer> {
	const { subject } = talk;
	const { node, remark } = found;
	const path = shownPath(subject.tree, node);
	if (!found.isFolder) return said(`${path} is no folder.`);
	const { comparison, order } = await comparisonFor(subject, found.point, talk);
	const all = await talk.run(childrenOf(comparison, node, order));
	const nodes = filtered(subject.tree, all, filter);
	if (nodes === null) return said('This filter is not valid.');
	const count = `${formatCount(nodes.length)} ${nodes.length === 1 ? 'entry' : 'entries'}`;
	const wanted = filter === '' ? '' : ` with ${shownWord(filter)}`;
	return {
		lines: [...(remark === null ? [] : [remark]), `${path}: ${count}${wanted}`],
		list: { count: nodes.length, rows: rowsOf(subject, comparison, nodes) },
		filtered: (other) => listChildren(found, talk, other),
	};
}

/** Null where the filter is none. */
function filtered(tree: FileTree, nodes: readonly number[], filter: string): readonly number[] | null {
	if (filter === '') return nodes;
	try {
		const hasIt = textTest(filter);
		return nodes.filter((node) => hasIt(shownName(tree, node)));
	} catch (error) {
		if (error instanceof PatternError) return null;
		throw error;
	}
}

interface Compared {
	readonly comparison: Comparison;
	readonly order: SortOrder;
}

const latest = new WeakMap<FileTree, { readonly point: number; readonly comparison: Comparison }>();

/** Of an image all that is there at a point, of two what differs. */
async function comparisonFor(subject: Subject, point: number, talk: Talk): Promise<Compared> {
	if (subject.kind === 'difference') return { comparison: subject.comparison, order: 'delta' };
	const { tree } = subject;
	const known = latest.get(tree);
	const comparison =
		known?.point === point ? known.comparison : await talk.run(compareInSteps(tree, 0, point, {}));
	latest.set(tree, { point, comparison });
	return { comparison, order: 'new-size' };
}

const CHILDREN_A_STEP = 2048;

function* childrenOf(comparison: Comparison, folder: number, order: SortOrder): Steps<readonly number[]> {
	yield* prepareOrder(comparison, order);
	const next = childOrder(comparison, { order, isReversed: false }).children(folder);
	const nodes: number[] = [];
	let seen = 0;
	for (let node = next(); node !== -1; node = next()) {
		if (kindAt(comparison, node) !== ABSENT) nodes.push(node);
		seen += 1;
		if (seen % CHILDREN_A_STEP === 0) yield;
	}
	return nodes;
}

function* rowsOf(subject: Subject, comparison: Comparison, nodes: readonly number[]): Generator<string> {
	for (const node of nodes) yield rowText(subject, comparison, node);
}

function rowText(subject: Subject, comparison: Comparison, node: number): string {
	const { tree } = subject;
	const change = changeAt(comparison, node);
	const attributes = change === -1 ? null : attributesOf(tree, change);
	const meaning = subject.kind === 'difference' ? differenceMark(subject, node).meaning : '';
	return [
		`${shownName(tree, node)}${attributes?.isDirectory === false ? '' : '/'}`,
		formatBytes(bytesAfterAt(comparison, node)),
		...(meaning === '' || meaning === 'not changed' ? [] : [meaning]),
		...(attributes?.target ? [`leads to ${attributes.target}`] : []),
	].join(', ');
}
