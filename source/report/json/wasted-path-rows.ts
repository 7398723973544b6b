import type { Analysis } from '../../analysis/analysis.ts';
import { type WasteCause, wasteCauses } from '../../filetree/file-tree.ts';
import { type ByteBuffer, byteConstant } from '../byte-buffer.ts';
import type { ByteStream } from '../byte-stream.ts';
import type { PathBytes } from './path-bytes.ts';

const pathKey = byteConstant('\n    {"path":"');
const nextPathKey = byteConstant(',\n    {"path":"');
const bytesKey = byteConstant('","wastedBytes":');
const copiesKey = byteConstant(',"copies":');
const causesKey = byteConstant(',"causes":[');
const shippedInKey = byteConstant('],"shippedIn":[');
const culpritsKey = byteConstant('],"culprits":[');
const end = byteConstant(']}');

const causeTexts = Object.fromEntries(wasteCauses.map((cause) => [cause, byteConstant(`"${cause}"`)]));

const COMMA = 0x2c;

/** Writes every path that carried wasted bytes, a row each, most bytes first; returns how many. */
export async function writeWastedPathRows(
	stream: ByteStream,
	{ wastedPaths, paths }: { readonly wastedPaths: Analysis['wastedPaths']; readonly paths: PathBytes },
): Promise<number> {
	let rowCount = 0;
	for (const { node, bytes, copies, causes, shippedIn, culprits } of wastedPaths) {
		if (stream.isFull) await stream.flush();
		const { buffer } = stream;
		buffer.append(rowCount === 0 ? pathKey : nextPathKey);
		rowCount += 1;
		paths.append(buffer, node);
		buffer.append(bytesKey);
		buffer.appendNumber(bytes);
		buffer.append(copiesKey);
		buffer.appendNumber(copies);
		buffer.append(causesKey);
		appendCauses(buffer, causes);
		buffer.append(shippedInKey);
		appendNumbers(buffer, shippedIn);
		buffer.append(culpritsKey);
		appendNumbers(buffer, culprits);
		buffer.append(end);
	}
	return rowCount;
}

function appendCauses(buffer: ByteBuffer, causes: readonly WasteCause[]): void {
	for (let index = 0; index < causes.length; index++) {
		if (index > 0) buffer.appendByte(COMMA);
		buffer.append(causeTexts[causes[index]]);
	}
}

function appendNumbers(buffer: ByteBuffer, numbers: readonly number[]): void {
	for (let index = 0; index < numbers.length; index++) {
		if (index > 0) buffer.appendByte(COMMA);
		buffer.appendNumber(numbers[index]);
	}
}
