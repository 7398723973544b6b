/** The candidate that is closest to a misspelt word; null if none is close. */
export function suggest(word: string, candidates: Iterable<string>): string | null {
	let best: string | null = null;
	let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
	for (const candidate of candidates) {
		const distance = editDistance(word.toLowerCase(), candidate);
		if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
	}
	return best;
}

/** A longer word is not a misspelt name of ours, and the time of a comparison grows with its length. */
const MAXIMUM_LENGTH = 64;

/** How many letters have to be added, removed, replaced or swapped with their neighbour to turn one word into the other. */
function editDistance(from: string, to: string): number {
	if (from.length > MAXIMUM_LENGTH) return Number.POSITIVE_INFINITY;
	let beforeLast: number[] = [];
	let last = Array.from({ length: to.length + 1 }, (_, column) => column);
	for (let row = 1; row <= from.length; row++) {
		const current = [row];
		for (let column = 1; column <= to.length; column++) {
			const same = from[row - 1] === to[column - 1];
			current[column] = Math.min(
				current[column - 1] + 1,
				last[column] + 1,
				last[column - 1] + (same ? 0 : 1),
				from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
					? beforeLast[column - 2] + 1
					: Number.POSITIVE_INFINITY,
			);
		}
		[beforeLast, last] = [last, current];
	}
	return last[to.length];
}
