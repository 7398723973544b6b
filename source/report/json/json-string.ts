import { type StringColumn, stringAt } from '../../tar/changeset.ts';
import { decodeName } from '../../text/decode-name.ts';
import type { ByteBuffer } from '../byte-buffer.ts';
import { jsonStringContent } from './json-text.ts';

/** Appends string `index` of a column as the content of a JSON string, without the quotes. */
export function appendJsonString(buffer: ByteBuffer, column: StringColumn, index: number): void {
	const start = index === 0 ? 0 : column.ends[index - 1];
	if (buffer.appendIfPlain(column.bytes, start, column.ends[index])) return;
	buffer.appendText(jsonStringContent(decodeName(stringAt(column, index))));
}
