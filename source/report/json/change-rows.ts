import { attributesNumber } from '../../filetree/change-attributes.ts';
import {
	changeKinds,
	type FileTree,
	IMPLIED_DIRECTORY,
	NO_ENTRY,
	REMOVED,
	UNCHANGED,
} from '../../filetree/file-tree.ts';
import { describingEntryOf } from '../../filetree/links.ts';
import {
	ATTRIBUTES_DIGEST_BYTES,
	DIRECTORY,
	entryKinds,
	HARD_LINK,
	type StringColumn,
} from '../../tar/changeset.ts';
import { type ByteBuffer, type ByteConstant, byteConstant } from '../byte-buffer.ts';
import type { AttributeBytes } from './attribute-bytes.ts';
import { appendJsonString } from './json-string.ts';
import type { LinkedContent } from './linked-content.ts';
import type { PathBytes } from './path-bytes.ts';

const pathKey = byteConstant('{"path":"');
/** The attributes of an implied directory, which are fixed by definition. */
const impliedAttributes = byteConstant(',"mode":"0755","uid":0,"gid":0');

/** The key of what the target column holds, for each type of entry; null for a type that has no target. */
const targetKeys = entryKinds.map((type) => {
	if (type === 'symlink' || type === 'hard-link') return byteConstant(',"linkTarget":"');
	return type === 'character-device' || type === 'block-device' ? byteConstant(',"device":"') : null;
});

/** The bytes between the path and the size, for each kind of change and type of entry. */
const kindKeys = changeKinds.map((kind) =>
	entryKinds.map((type) => byteConstant(`","kind":"${kind}","type":"${type}","sizeBytes":`)),
);

const QUOTE = 0x22;
const CLOSING_BRACE = 0x7d;

/** The changes that a layer's change set lists, as indices into the tree, in path order. The root has no path and is left out. */
export function listedChanges(tree: FileTree, layerIndex: number): Uint32Array {
	return changesWhere(tree, layerIndex, (change) => tree.changeKindCodes[change] !== UNCHANGED);
}

/**
 * What the change set does not list and a later layer can build on: directories that the layer has an entry for and does not change, that
 * are implied ones from then on, and implied ones that it removes. Not those that what it adds implies.
 */
export function unlistedChanges(tree: FileTree, layerIndex: number): Uint32Array {
	const { changeKindCodes, changeEntries, changeStarts } = tree;
	let node = 0;
	return changesWhere(tree, layerIndex, (change) => {
		if (changeKindCodes[change] !== UNCHANGED) return false;
		if (changeEntries[change] !== IMPLIED_DIRECTORY) return true;
		node = nodeOfChange(tree, change, node);
		return change > changeStarts[node] && changeEntries[change - 1] !== NO_ENTRY;
	});
}

function changesWhere(
	{ layerChanges, layerChangeStarts, changeStarts }: FileTree,
	layerIndex: number,
	isWanted: (change: number) => boolean,
): Uint32Array {
	const start = layerChangeStarts[layerIndex];
	const end = layerChangeStarts[layerIndex + 1];
	const wanted = new Uint32Array(end - start);
	const rootEnd = changeStarts[1];
	let count = 0;
	for (let index = start; index < end; index++) {
		const change = layerChanges[index];
		if (change >= rootEnd && isWanted(change)) wanted[count++] = change;
	}
	return wanted.subarray(0, count);
}

/**
 * Returns a function that appends the row of one change. It expects the changes of one layer in ascending order. `appendMore` appends
 * further members to a row.
 */
export function changeRowWriter(
	tree: FileTree,
	rows: RowBytes,
	appendMore: ((change: number, buffer: ByteBuffer) => void) | null,
): (change: number, buffer: ByteBuffer) => void {
	let node = 0;
	return (change, buffer) => {
		node = nodeOfChange(tree, change, node);
		appendRow(buffer, { ...rows, tree, node, change });
		appendMore?.(change, buffer);
		buffer.appendByte(CLOSING_BRACE);
	};
}

/** What rows have in common, for all layers. */
export interface RowBytes {
	readonly paths: PathBytes;
	readonly attributes: AttributeBytes;
	readonly linked: LinkedContent;
}

interface Row extends RowBytes {
	readonly tree: FileTree;
	readonly node: number;
	readonly change: number;
}

/** Everything but the closing brace. A removed path is described as it was before the layer, any other path as the layer left it. */
function appendRow(buffer: ByteBuffer, { tree, paths, attributes, linked, node, change }: Row): void {
	const isRemoved = tree.changeEntries[change] === NO_ENTRY;
	const kind = isRemoved ? REMOVED : tree.changeKindCodes[change];
	const described = isRemoved ? change - 1 : change;
	const entry = tree.changeEntries[described];
	const isImplied = entry === IMPLIED_DIRECTORY;
	const describing = isImplied ? null : describingEntryOf(tree, described);
	const type =
		describing === null ? DIRECTORY : tree.changesets[describing.layerIndex].kinds[describing.entry];
	buffer.append(pathKey);
	paths.append(buffer, node);
	buffer.append(kindKeys[kind][type]);
	buffer.appendNumber(tree.changeBytes[change]);
	if (describing === null) {
		buffer.append(impliedAttributes);
		return;
	}
	attributes.append(buffer, tree.changesets[tree.changeLayers[described]], entry);
	appendAttributesDigest(buffer, tree, described);
	const targetKey = targetKeys[type];
	if (targetKey === null) return;
	const { targets } = tree.changesets[describing.layerIndex];
	appendTarget(buffer, { key: targetKey, targets, entry: describing.entry });
	if (type === HARD_LINK && !isRemoved) linked.append(buffer, change);
}

/** Of the extended attributes, where there are any. */
function appendAttributesDigest(buffer: ByteBuffer, tree: FileTree, change: number): void {
	const number = attributesNumber(tree, change);
	if (number === 0 || tree.changeAttributes === null) return;
	const start = (number - 1) * ATTRIBUTES_DIGEST_BYTES;
	const digest = tree.changeAttributes.digests.subarray(start, start + ATTRIBUTES_DIGEST_BYTES);
	buffer.append(byteConstant(`,"attributesDigest":"${Buffer.from(digest).toString('hex')}"`));
}

interface Target {
	readonly key: ByteConstant;
	readonly targets: StringColumn;
	readonly entry: number;
}

function appendTarget(buffer: ByteBuffer, { key, targets, entry }: Target): void {
	buffer.append(key);
	appendJsonString(buffer, targets, entry);
	buffer.appendByte(QUOTE);
}

/**
 * The node that a change belongs to, at or after `from`. A layer changes a few paths or nearly all of them: with steps that double,
 * the next node is found at once when it is close, and without a walk over all nodes when it is far.
 */
function nodeOfChange({ changeStarts, nodeCount }: FileTree, change: number, from: number): number {
	let low = from;
	let step = 1;
	while (low + step < nodeCount && changeStarts[low + step] <= change) {
		low += step;
		step *= 2;
	}
	let high = Math.min(low + step, nodeCount);
	while (high - low > 1) {
		const middle = (low + high) >>> 1;
		if (changeStarts[middle] <= change) low = middle;
		else high = middle;
	}
	return low;
}
