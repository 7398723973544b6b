import { attributesNumber } from '../../filetree/change-attributes.ts';
import {
	changeKinds,
	type FileTree,
	IMPLIED_DIRECTORY,
	REMOVED,
	UNCHANGED,
} from '../../filetree/file-tree.ts';
import { describingEntryOf } from '../../filetree/links.ts';
import { ATTRIBUTES_DIGEST_BYTES, DIRECTORY, entryKinds, type StringColumn } from '../../tar/changeset.ts';
import { type ByteBuffer, type ByteConstant, byteConstant } from '../byte-buffer.ts';
import type { AttributeBytes } from './attribute-bytes.ts';
import { appendJsonString } from './json-string.ts';
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
export function listedChanges(
	{ layerChanges, layerChangeStarts, changeKindCodes, changeStarts }: FileTree,
	layerIndex: number,
): Uint32Array {
	const start = layerChangeStarts[layerIndex];
	const end = layerChangeStarts[layerIndex + 1];
	const listed = new Uint32Array(end - start);
	const rootEnd = changeStarts[1];
	let count = 0;
	for (let index = start; index < end; index++) {
		const change = layerChanges[index];
		if (changeKindCodes[change] !== UNCHANGED && change >= rootEnd) listed[count++] = change;
	}
	return listed.subarray(0, count);
}

/**
 * Returns a function that appends the row of one change. It expects the changes of one layer in ascending order. `appendMore` appends
 * further members to a row.
 */
export function changeRowWriter(
	tree: FileTree,
	{ paths, attributes }: RowBytes,
	appendMore: ((change: number, buffer: ByteBuffer) => void) | null,
): (change: number, buffer: ByteBuffer) => void {
	let node = 0;
	return (change, buffer) => {
		node = nodeOfChange(tree, change, node);
		appendRow(buffer, { tree, paths, attributes, node, change });
		appendMore?.(change, buffer);
		buffer.appendByte(CLOSING_BRACE);
	};
}

/** What rows have in common, for all layers. */
export interface RowBytes {
	readonly paths: PathBytes;
	readonly attributes: AttributeBytes;
}

interface Row extends RowBytes {
	readonly tree: FileTree;
	readonly node: number;
	readonly change: number;
}

/** Everything but the closing brace. A removed path is described as it was before the layer, any other path as the layer left it. */
function appendRow(buffer: ByteBuffer, { tree, paths, attributes, node, change }: Row): void {
	const kind = tree.changeKindCodes[change];
	const described = kind === REMOVED ? change - 1 : change;
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
