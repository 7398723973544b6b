import { modificationTimeOf } from '../../../../../filetree/change-attributes.ts';
import {
	bytesAfterAt,
	type Comparison,
	changeAt,
	changedCountAt,
} from '../../../../../filetree/comparison.ts';
import {
	type ChangeKind,
	changeKinds,
	type FileTree,
	NO_ENTRY,
	UNCHANGED,
} from '../../../../../filetree/file-tree.ts';
import { type OtherName, otherNameOf } from '../../../../../filetree/inodes/other-name.ts';
import { kindOfEntry } from '../../../../../filetree/links.ts';
import { lostAt, shippedAt } from '../../../../../filetree/node-amounts.ts';
import { entryKinds } from '../../../../../tar/changeset.ts';
import { formatBytes, formatCount } from '../../../../../text/bytes.ts';
import { formatDate } from '../../../../../text/dates.ts';
import { attributesOf, namedOwner } from '../../../frame/attributes.ts';
import { shownPath } from '../../../frame/names.ts';
import { packageText } from '../../../frame/package-text.ts';
import { ownersOf } from '../../../image-details.ts';
import { span } from '../../../line.ts';
import type { TreeRows } from '../../../tree/tree-rows.ts';
import { type DetailRow, field, paragraph } from '../../list/detail-rows.ts';
import type { LayersImage, LayersScene } from '../layers-state.ts';

/** The file or folder under the cursor: what it is, what every layer did to it, and what its copies waste. */
export function fileDetails(
	{ subject: image }: LayersScene,
	{ node, projection }: TreeRows,
	width: number,
): readonly DetailRow[] {
	if (node === null) return [[span('There is no file under the cursor.', 'faint')]];
	const { tree } = image;
	const { comparison, sums } = projection;
	const change = changeAt(comparison, node);
	const attributes = attributesOf(tree, change);
	const time = modificationTimeOf(tree, change);
	const owner = namedOwner(attributes.owner, ownersOf(image.details));
	const facts = [attributes.permissions, owner, ...(time === null ? [] : [formatDate(time)])];
	const amounts = [...amountsOf(comparison, node)];
	const count = changedCountAt(comparison, node);
	const owned = attributes.isDirectory ? null : packageText(image.details, node);
	if (attributes.isDirectory) amounts.push(count === 1 ? '1 change' : `${formatCount(count)} changes`);
	return [
		...paragraph(facts.join('  '), width),
		...field('history', historyText(image, node), { width }),
		...paragraph(amounts.join(', '), width),
		...otherNameRows(comparison, node, width),
		...(attributes.isDirectory && sums !== comparison
			? paragraph(`of what matches: ${amountsOf(sums, node).join(', ')}`, width)
			: []),
		...(attributes.target === null ? [] : field('leads to', attributes.target, { width })),
		...field('type', entryKinds[kindOfEntry(tree, change)].replaceAll('-', ' '), { width }),
		...(owned === null ? [] : field('package', owned, { width })),
		...wasteRows(image, node, width),
		...field('path', shownPath(tree, node), { width }),
	];
}

function amountsOf(comparison: Comparison, node: number): readonly string[] {
	return [
		`ships ${formatBytes(shippedAt(comparison, node))}`,
		`takes away ${formatBytes(lostAt(comparison, node))}`,
		`${formatBytes(bytesAfterAt(comparison, node))} after`,
	];
}

const otherNameWords: Readonly<Record<OtherName['kind'], string>> = {
	left: 'its bytes stay: another name of the file is left',
	lost: 'its bytes are lost with another name of the file',
	counts: 'its bytes count with another name of the file',
};

/** Why a name of a file that has several ships or takes away nothing. */
function otherNameRows(comparison: Comparison, node: number, width: number): readonly DetailRow[] {
	const other = otherNameOf(comparison, node);
	if (other === null) return [];
	return paragraph(`${otherNameWords[other.kind]}, ${shownPath(comparison.tree, other.node)}`, width);
}

/** What each layer did to a path: `L7 added 46 B → L8 removed`. */
function historyText({ tree, stage }: LayersImage, node: number): string {
	const steps: string[] = [];
	for (let change = tree.changeStarts[node]; change < tree.changeStarts[node + 1]; change++) {
		const code = tree.changeKindCodes[change];
		if (code <= UNCHANGED && steps.length > 0) continue;
		const kind = changeKinds[code];
		const word = stage.kind !== 'complete' && !isKnown(kind) ? 'changed' : stepWords[kind];
		const isGone = tree.changeEntries[change] === NO_ENTRY;
		const isSized = !isGone && !isFolder(tree, change);
		const bytes = isSized ? `${separators[kind] ?? ' '}${formatBytes(tree.changeBytes[change])}` : '';
		steps.push(`L${tree.changeLayers[change] + 1} ${word}${bytes}`);
	}
	return steps.join(' → ');
}

const stepWords: Readonly<Record<ChangeKind, string>> = {
	absent: 'not there',
	unchanged: 'there',
	added: 'added',
	content: 'changed',
	metadata: 'mode or owner changed',
	identical: 'same again',
	removed: 'removed',
};

/** Between such a word and the size; a blank where there is none. */
const separators: Readonly<Partial<Record<ChangeKind, string>>> = {
	content: ' to ',
	metadata: ', ',
	identical: ', ',
};

/** Whether a kind of change is known before contents are compared. */
function isKnown(kind: ChangeKind): boolean {
	return kind === 'added' || kind === 'removed' || kind === 'unchanged';
}

function isFolder(tree: FileTree, change: number): boolean {
	return entryKinds[kindOfEntry(tree, change)] === 'directory';
}

function wasteRows({ tree, stage }: LayersImage, node: number, width: number): readonly DetailRow[] {
	if (stage.kind !== 'complete' || wastingNodes(tree)[node] === 0) return [];
	const { count, nodes, bytes } = tree.waste;
	let [copies, wasted] = [0, 0];
	for (let index = 0; index < count; index++) {
		if (nodes[index] !== node) continue;
		copies += 1;
		wasted += bytes[index];
	}
	if (copies === 0) return [];
	const text = `${copies === 1 ? '1 copy is' : `${formatCount(copies)} copies are`} wasted: ${formatBytes(wasted)}`;
	return paragraph(text, width, 'warning');
}

const known = new WeakMap<FileTree, Uint8Array>();

/** 1 for each node that wastes something: only few rows of an image are looked for in all that is wasted. */
function wastingNodes(tree: FileTree): Uint8Array {
	let isWasting = known.get(tree);
	if (isWasting === undefined) {
		isWasting = new Uint8Array(tree.nodeCount);
		const { count, nodes } = tree.waste;
		for (let index = 0; index < count; index++) isWasting[nodes[index]] = 1;
		known.set(tree, isWasting);
	}
	return isWasting;
}
