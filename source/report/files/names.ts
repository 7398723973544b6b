import { stringAt } from '../../tar/changeset.ts';
import { PathBytes } from '../json/path-bytes.ts';
import type { FileFormat, ListedFiles, RowWriter } from './write-rows.ts';

/** Paths alone, byte for byte, each with a NUL behind it: the only byte that no path has. */
export const namesFormat: FileFormat<'names'> = { format: 'names', writerOf };

const SLASH = 0x2f;
const NUL = 0;

function* writerOf({ tree, rows }: ListedFiles): Generator<undefined, RowWriter, undefined> {
	const paths = new PathBytes(tree, (buffer, column, index) => buffer.appendBytes(stringAt(column, index)));
	return (buffer, row) => {
		buffer.appendByte(SLASH);
		paths.append(buffer, rows.nodes[row]);
		buffer.appendByte(NUL);
	};
}
