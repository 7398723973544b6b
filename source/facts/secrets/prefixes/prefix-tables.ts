import type { Prefix } from './prefix.ts';

/** Prefixes that one bit of the tables stands for. */
interface Bucket {
	readonly prefixes: readonly number[];
	/** The low and high halves of the first, second and third byte: six sets of 16 bits. */
	readonly halves: readonly number[];
	/** About how much of an ordinary text the tables take for the beginning of one of these: what they take has to be compared. */
	readonly cost: number;
}

/** Two buckets in one. */
interface Merge {
	readonly left: Bucket;
	readonly right: Bucket;
	readonly merged: Bucket;
	/** By how much the tables take more than with both apart. */
	readonly addedCost: number;
}

const BUCKETS = 8;
const FIRST_BYTES = 3;

/** Eight groups of prefixes, which are positions in the list: those together whose first bytes are alike, so that the tables agree on little else. */
export function bucketsOf(prefixes: readonly Prefix[]): readonly (readonly number[])[] {
	let buckets = prefixes.map(({ text }, index) => bucketOf([index], halvesOf(text)));
	let merges = buckets.flatMap((left, index) =>
		buckets.slice(index + 1).map((right) => mergeOf(left, right)),
	);
	while (buckets.length > BUCKETS) {
		const { left, right, merged } = cheapest(merges);
		const others = buckets.filter((bucket) => bucket !== left && bucket !== right);
		const apart = merges.filter(
			(merge) => ![merge.left, merge.right].some((one) => one === left || one === right),
		);
		merges = [...apart, ...others.map((other) => mergeOf(other, merged))];
		buckets = [...others, merged];
	}
	return buckets.map((bucket) => bucket.prefixes);
}

/** The six tables of 16 bytes, of which bit b says that bucket b has a prefix with such a half. */
export function halfTables(prefixes: readonly Prefix[], buckets: readonly (readonly number[])[]): Uint8Array {
	const tables = new Uint8Array(FIRST_BYTES * 2 * 16);
	for (const [bucket, members] of buckets.entries())
		for (const member of members)
			for (const [table, set] of halvesOf(prefixes[member].text).entries())
				tables[table * 16 + Math.log2(set)] |= 1 << bucket;
	return tables;
}

function halvesOf(text: string): readonly number[] {
	return [...Buffer.from(text.slice(0, FIRST_BYTES), 'latin1')].flatMap((byte) => [
		1 << (byte & 15),
		1 << (byte >> 4),
	]);
}

function bucketOf(prefixes: readonly number[], halves: readonly number[]): Bucket {
	let cost = 1;
	for (let byte = 0; byte < FIRST_BYTES; byte++) cost *= shareOf(halves[byte * 2], halves[byte * 2 + 1]);
	return { prefixes, halves, cost };
}

function mergeOf(left: Bucket, right: Bucket): Merge {
	const merged = bucketOf(
		[...left.prefixes, ...right.prefixes],
		left.halves.map((set, table) => set | right.halves[table]),
	);
	return { left, right, merged, addedCost: merged.cost - left.cost - right.cost };
}

function cheapest(merges: readonly Merge[]): Merge {
	return merges.reduce((best, merge) => (merge.addedCost < best.addedCost ? merge : best));
}

/** How much of a text has a byte with one of these low halves and one of these high halves. */
function shareOf(low: number, high: number): number {
	let share = 0;
	for (let byte = 0x20; byte < 0x7f; byte++)
		if ((low >> (byte & 15)) & (high >> (byte >> 4)) & 1) share += shares[byte];
	return share;
}

/** About how often each byte comes in programs and English text, in thousandths. */
const shares = Float64Array.from({ length: 128 }, (_, byte) => {
	const character = String.fromCharCode(byte);
	if ('etaoinsrlcdp'.includes(character)) return 40;
	if (/[a-z]/.test(character)) return 12;
	return /[A-Z0-9]/.test(character) ? 4 : 6;
});
