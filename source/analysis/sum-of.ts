export function sumOf(numbers: readonly number[]): number {
	return numbers.reduce((sum, number) => sum + number, 0);
}

/** An index is faster than an iterator, and layers have a hundred thousand entries. */
export function sumOfColumn(numbers: Float64Array): number {
	const { length } = numbers;
	let total = 0;
	for (let index = 0; index < length; index++) total += numbers[index];
	return total;
}
