import type { WastedPath } from '../../analysis/figures.ts';
import { type WasteCause, wasteCauses } from '../../filetree/file-tree.ts';
import { type ByteBuffer, byteConstant } from '../byte-buffer.ts';
import type { PathBytes } from './path-bytes.ts';

const pathKey = byteConstant('{"path":"');
const bytesKey = byteConstant('","wastedBytes":');
const copiesKey = byteConstant(',"copies":');
const causesKey = byteConstant(',"causes":[');
const shippedInKey = byteConstant('],"shippedIn":[');
const culpritsKey = byteConstant('],"culprits":[');
const end = byteConstant(']}');

const causeTexts = Object.fromEntries(wasteCauses.map((cause) => [cause, byteConstant(`"${cause}"`)]));

const COMMA = 0x2c;

/** Returns a function that appends the row of one wasted path. */
export function wastedPathRowWriter(paths: PathBytes): (wasted: WastedPath, buffer: ByteBuffer) => void {
	return ({ node, bytes, copies, causes, shippedIn, culprits }, buffer) => {
		buffer.append(pathKey);
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
	};
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
