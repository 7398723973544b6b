import { randomBytes } from 'node:crypto';
import { inParts, type Steps } from '../../steps.ts';

const FILES_A_STEP = 4096;

/** Hashes of files, `length` bytes each; zeros mean that the content is not known. */
export interface SizedHashes {
	readonly hashes: Uint8Array;
	readonly length: number;
	/** The bytes of each file: hashes are compared among files of one size only. */
	readonly sizes: Float64Array;
}

/** A number from 0 on for each file, equal for equal contents; -1 where the content is not known. */
export function* contentClasses({ hashes, length, sizes }: SizedHashes): Steps<Int32Array> {
	const count = sizes.length;
	const classes = new Int32Array(count);
	// Open addressing: strings as keys of a map would take ten times the memory on a million files.
	const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * count + 2)));
	const mask = slots.length - 1;
	const view = new DataView(hashes.buffer, hashes.byteOffset, hashes.byteLength);
	const isEqual = (left: number, right: number): boolean => {
		if (sizes[left] !== sizes[right]) return false;
		for (let at = 0; at < length; at += 4)
			if (view.getUint32(left * length + at) !== view.getUint32(right * length + at)) return false;
		return true;
	};
	// The author of the files must not be able to choose which of them meet.
	const [first, second] = new Uint32Array(Uint8Array.from(randomBytes(8)).buffer);
	const slotOf = (file: number): number => {
		const start = file * length;
		const mixed =
			Math.imul(view.getUint32(start), first | 1) + Math.imul(view.getUint32(start + 4), second | 1);
		return (mixed ^ (mixed >>> 15)) & mask;
	};
	let next = 0;
	yield* inParts(count, FILES_A_STEP, (from, to) => {
		for (let file = from; file < to; file++) {
			if (isZero(view, file * length, length)) {
				classes[file] = -1;
				continue;
			}
			let slot = slotOf(file);
			while (slots[slot] !== 0 && !isEqual(slots[slot] - 1, file)) slot = (slot + 1) & mask;
			if (slots[slot] === 0) {
				slots[slot] = file + 1;
				classes[file] = next++;
			} else classes[file] = classes[slots[slot] - 1];
		}
	});
	return classes;
}

function isZero(view: DataView, start: number, length: number): boolean {
	for (let at = 0; at < length; at += 4) if (view.getUint32(start + at) !== 0) return false;
	return true;
}
