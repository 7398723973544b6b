import type { DeletedFile } from '../../../analysis/hidden/deleted-files.ts';
import type { SecretFiles } from '../../../analysis/hidden/secret-files.ts';
import type { FileTree } from '../../../filetree/file-tree.ts';
import { pathOf } from '../../../filetree/paths.ts';
import { byteConstant } from '../../byte-buffer.ts';
import { jsonText } from '../json-text.ts';
import type { JsonWriter } from '../json-writer.ts';
import { PathBytes } from '../path-bytes.ts';

const pathKey = byteConstant('{"path":"');
const bytesKey = byteConstant('","bytes":');
const layerKey = byteConstant(',"layerIndex":');
const removedKey = byteConstant(',"removedBy":');

/** Writes the member `deleted` of a report. */
export function deletedJson(json: JsonWriter, tree: FileTree, deleted: Iterable<DeletedFile>): Promise<void> {
	const paths = new PathBytes(tree);
	return json.array('deleted', deleted, ({ node, bytes, layerIndex, removedBy, cause, secrets }, buffer) => {
		buffer.append(pathKey);
		paths.append(buffer, node);
		buffer.append(bytesKey);
		buffer.appendNumber(bytes);
		buffer.append(layerKey);
		buffer.appendNumber(layerIndex);
		buffer.append(removedKey);
		buffer.appendNumber(removedBy);
		buffer.appendText(`,"cause":"${cause}","secrets":${jsonText(secrets.map(({ kind }) => kind))}}`);
	});
}

/** Writes the members of a report that say which files look secret; never what the secret is. */
export async function secretsJson(
	json: JsonWriter,
	tree: FileTree,
	{ files, unreadLayers }: SecretFiles,
): Promise<void> {
	await json.array('secrets', files, ({ node, layers, secrets, visibleNode, removedBy, isLikelyExample }) =>
		json.object(null, () =>
			json.values({
				path: pathOf(tree, node),
				layers,
				secrets,
				visiblePath: visibleNode === null ? null : pathOf(tree, visibleNode),
				removedBy,
				isLikelyExample,
			}),
		),
	);
	json.value('secretsNotReadInLayers', unreadLayers);
}
