import type { Copies, CopyGroup } from '../../../analysis/copies/copies.ts';
import type { FileTree } from '../../../filetree/file-tree.ts';
import { type ByteBuffer, byteConstant } from '../../byte-buffer.ts';
import type { JsonWriter } from '../json-writer.ts';
import { PathBytes } from '../path-bytes.ts';

const typeKey = byteConstant('{"type":"');
const savedKey = byteConstant('","savedBytes":');
const copyKey = byteConstant(',"copyBytes":');
const filesKey = byteConstant(',"files":');
const pathsKey = byteConstant(',"paths":["');
const between = byteConstant('","');
const end = byteConstant('"]}');

const types = { file: byteConstant('file'), folder: byteConstant('folder') } as const;

/** Writes the member `copies` of a report. */
export function copiesJson(
	json: JsonWriter,
	{ tree, copies }: { readonly tree: FileTree; readonly copies: Copies },
): Promise<void> {
	const { fromBytes, savedBytes, unreadLayers, unknownFiles, groups } = copies;
	return json.object('copies', async () => {
		json.values({ fromBytes, savedBytes, unreadLayers, unknownFiles });
		await json.array('groups', groups, copyRowWriter(new PathBytes(tree)));
	});
}

function copyRowWriter(paths: PathBytes): (group: CopyGroup, buffer: ByteBuffer) => void {
	return ({ type, savedBytes, copyBytes, files, nodes }, buffer) => {
		buffer.append(typeKey);
		buffer.append(types[type]);
		buffer.append(savedKey);
		buffer.appendNumber(savedBytes);
		buffer.append(copyKey);
		buffer.appendNumber(copyBytes);
		buffer.append(filesKey);
		buffer.appendNumber(files);
		buffer.append(pathsKey);
		for (const [index, node] of nodes.entries()) {
			if (index > 0) buffer.append(between);
			paths.append(buffer, node);
		}
		buffer.append(end);
	};
}
