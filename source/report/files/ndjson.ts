import { broughtBy, contentBytesOf, describedBy } from '../../filetree/brought-by.ts';
import { changeKinds, IMPLIED_DIRECTORY } from '../../filetree/file-tree.ts';
import { describingEntryOf } from '../../filetree/links.ts';
import { DIRECTORY, entryKinds } from '../../tar/changeset.ts';
import { byteConstant } from '../byte-buffer.ts';
import { AttributeBytes } from '../json/attribute-bytes.ts';
import { appendJsonString } from '../json/json-string.ts';
import { PathBytes } from '../json/path-bytes.ts';
import type { FileFormat, ListedFiles, RowWriter } from './write-rows.ts';

/** A JSON object a line, as schema/files.schema.json describes it. */
export const ndjsonFormat: FileFormat<'ndjson'> = { format: 'ndjson', writerOf };

const pathKey = byteConstant('{"path":"');
const kindKeys = changeKinds.map((kind) =>
	entryKinds.map((type) => byteConstant(`","kind":"${kind}","type":"${type}","layerIndex":`)),
);
const sizeKey = byteConstant(',"sizeBytes":');
const contentKey = byteConstant(',"contentBytes":');
/** Of a directory that no layer has an entry for. */
const impliedAttributes = byteConstant(',"mode":"0755","uid":0,"gid":0');
const targetKeys = entryKinds.map((type) => {
	if (type === 'symlink' || type === 'hard-link') return byteConstant(',"linkTarget":"');
	return type === 'character-device' || type === 'block-device' ? byteConstant(',"device":"') : null;
});
const rowEnd = byteConstant('}\n');
const QUOTE = 0x22;

function* writerOf({ tree, rows }: ListedFiles): Generator<undefined, RowWriter, undefined> {
	const paths = new PathBytes(tree);
	const attributes = new AttributeBytes();
	return (buffer, row) => {
		const [node, change] = [rows.nodes[row], rows.changes[row]];
		const described = describedBy(tree, change);
		const brought = broughtBy(tree, node, change);
		const entry = tree.changeEntries[described];
		const describing = entry === IMPLIED_DIRECTORY ? null : describingEntryOf(tree, described);
		const changeset = describing && tree.changesets[describing.layerIndex];
		const type = describing === null || changeset === null ? DIRECTORY : changeset.kinds[describing.entry];
		buffer.append(pathKey);
		paths.append(buffer, node);
		buffer.append(kindKeys[tree.changeKindCodes[brought]][type]);
		buffer.appendNumber(tree.changeLayers[brought]);
		buffer.append(sizeKey);
		buffer.appendNumber(tree.changeBytes[change]);
		buffer.append(contentKey);
		buffer.appendNumber(contentBytesOf(tree, change));
		if (entry === IMPLIED_DIRECTORY) buffer.append(impliedAttributes);
		else attributes.append(buffer, tree.changesets[tree.changeLayers[described]], entry);
		const targetKey = targetKeys[type];
		if (targetKey !== null && describing !== null && changeset !== null) {
			buffer.append(targetKey);
			appendJsonString(buffer, changeset.targets, describing.entry);
			buffer.appendByte(QUOTE);
		}
		buffer.append(rowEnd);
	};
}
