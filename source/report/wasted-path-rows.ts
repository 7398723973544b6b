import type { Analysis } from '../analysis/analysis.ts';
import type { ByteStream } from './byte-stream.ts';
import { jsonText } from './json-text.ts';
import type { PathBytes } from './path-bytes.ts';

const encoder = new TextEncoder();
const newline = encoder.encode('\n');
const separator = encoder.encode(',\n');
const pathKey = encoder.encode('    {"path":"');
const bytesKey = encoder.encode('","wastedBytes":');
const copiesKey = encoder.encode(',"copies":');

/** Writes every path that carried wasted bytes, a row each, most bytes first; returns how many. */
export async function writeWastedPathRows(
	stream: ByteStream,
	{ wastedPaths, paths }: { readonly wastedPaths: Analysis['wastedPaths']; readonly paths: PathBytes },
): Promise<number> {
	let rowCount = 0;
	for (const { node, bytes, copies, causes, shippedIn, culprits } of wastedPaths) {
		if (stream.isFull) await stream.flush();
		const { buffer } = stream;
		buffer.append(rowCount === 0 ? newline : separator);
		rowCount += 1;
		buffer.append(pathKey);
		paths.append(buffer, node);
		buffer.append(bytesKey);
		buffer.appendNumber(bytes);
		buffer.append(copiesKey);
		buffer.appendNumber(copies);
		buffer.appendText(
			`,"causes":${jsonText(causes)},"shippedIn":[${shippedIn.join()}],"culprits":[${culprits.join()}]}`,
		);
	}
	return rowCount;
}
