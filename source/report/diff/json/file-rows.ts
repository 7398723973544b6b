import type { ImageDifference } from '../../../diff/image-difference.ts';
import { type DifferingPath, differingPathAt } from '../../../diff/listing/differing-path.ts';
import { differenceKinds, metadataFields } from '../../../diff/listing/file-differences.ts';
import { attributeOf, modificationTimeOf } from '../../../filetree/change-attributes.ts';
import { IMPLIED_DIRECTORY } from '../../../filetree/file-tree.ts';
import { describingEntryOf } from '../../../filetree/links.ts';
import { DIRECTORY, entryKinds } from '../../../tar/changeset.ts';
import { type ByteBuffer, byteConstant } from '../../byte-buffer.ts';
import { appendJsonString } from '../../json/json-string.ts';
import { PathBytes } from '../../json/path-bytes.ts';

const pathKey = byteConstant('{"path":"');
const kindKeys = Object.fromEntries(
	differenceKinds.map((kind) => [kind, byteConstant(`","kind":"${kind}"`)]),
);
const directoryKeys = [byteConstant(',"isDirectory":false'), byteConstant(',"isDirectory":true')];
const oldBytesKey = byteConstant(',"oldBytes":');
const newBytesKey = byteConstant(',"newBytes":');
const fieldsKey = byteConstant(',"fields":[');
const fieldTexts = Object.fromEntries(metadataFields.map((field) => [field, byteConstant(`"${field}"`)]));
const noFrom = byteConstant('],"from":null');
const fromKey = byteConstant('],"from":"');
const oldKey = byteConstant(',"old":');
const newKey = byteConstant(',"new":');
const none = byteConstant('null');
const typeKeys = entryKinds.map((type) => byteConstant(`{"type":"${type}","mode":"`));
const uidKey = byteConstant('","uid":');
const gidKey = byteConstant(',"gid":');
const mtimeKey = byteConstant(',"mtime":');
/** The key of what the target column holds, for each type of entry; null for a type that has no target. */
const targetKeys = entryKinds.map((type) => {
	if (type === 'symlink' || type === 'hard-link') return byteConstant(',"linkTarget":"');
	return type === 'character-device' || type === 'block-device' ? byteConstant(',"device":"') : null;
});

const QUOTE = 0x22;
const COMMA = 0x2c;
const CLOSING_BRACE = 0x7d;
const ZERO = 0x30;

/** Returns a function that appends a row of the differences, given by its number. */
export function fileRowWriter(difference: ImageDifference): (row: number, buffer: ByteBuffer) => void {
	const { tree } = difference;
	const paths = new PathBytes(tree);
	const oldPaths = new PathBytes(tree);
	return (row, buffer) => {
		const path = differingPathAt(difference, row);
		buffer.append(pathKey);
		paths.append(buffer, path.node);
		buffer.append(kindKeys[path.kind]);
		buffer.append(directoryKeys[Number(path.isDirectory)]);
		buffer.append(oldBytesKey);
		appendBytes(buffer, path.oldBytes);
		buffer.append(newBytesKey);
		appendBytes(buffer, path.newBytes);
		appendFields(buffer, path);
		appendFrom(buffer, path, oldPaths);
		buffer.append(oldKey);
		appendState(buffer, difference, path.oldChange);
		buffer.append(newKey);
		appendState(buffer, difference, path.newChange);
		buffer.appendByte(CLOSING_BRACE);
	};
}

function appendBytes(buffer: ByteBuffer, bytes: number | null): void {
	if (bytes === null) buffer.append(none);
	else buffer.appendNumber(bytes);
}

function appendFields(buffer: ByteBuffer, { fields }: DifferingPath): void {
	buffer.append(fieldsKey);
	for (let index = 0; index < fields.length; index++) {
		if (index > 0) buffer.appendByte(COMMA);
		buffer.append(fieldTexts[fields[index]]);
	}
}

function appendFrom(buffer: ByteBuffer, { from }: DifferingPath, paths: PathBytes): void {
	if (from === null) {
		buffer.append(noFrom);
		return;
	}
	buffer.append(fromKey);
	paths.append(buffer, from);
	buffer.appendByte(QUOTE);
}

function appendState(buffer: ByteBuffer, { tree, strict }: ImageDifference, change: number | null): void {
	if (change === null) {
		buffer.append(none);
		return;
	}
	const described = tree.changeEntries[change] === IMPLIED_DIRECTORY ? null : describingEntryOf(tree, change);
	const changeset = described && tree.changesets[described.layerIndex];
	const type = described === null || changeset === null ? DIRECTORY : changeset.kinds[described.entry];
	buffer.append(typeKeys[type]);
	appendMode(buffer, attributeOf(tree, change, 'modes'));
	buffer.append(uidKey);
	buffer.appendNumber(attributeOf(tree, change, 'uids'));
	buffer.append(gidKey);
	buffer.appendNumber(attributeOf(tree, change, 'gids'));
	const mtime = strict === null ? null : modificationTimeOf(tree, change);
	if (mtime !== null) {
		buffer.append(mtimeKey);
		buffer.appendNumber(mtime);
	}
	const targetKey = targetKeys[type];
	if (targetKey !== null && described !== null && changeset !== null) {
		buffer.append(targetKey);
		appendJsonString(buffer, changeset.targets, described.entry);
		buffer.appendByte(QUOTE);
	}
	buffer.appendByte(CLOSING_BRACE);
}

function appendMode(buffer: ByteBuffer, mode: number): void {
	for (let shift = 9; shift >= 0; shift -= 3) buffer.appendByte(ZERO + ((mode >> shift) & 7));
}
