const POLYNOMIAL = 0xedb88320;
/** x^0, where the highest bit is the lowest power. */
const ONE = 0x80000000;
/** x^8: the factor for one byte of zeros behind the data. */
const ONE_BYTE = 0x00800000;

/** The CRC-32 of two parts with the CRC-32s `first` and `second`; the second has `secondBytes` bytes. */
export function crc32Append(first: number, second: number, secondBytes: number): number {
	return (multiply(first, power(ONE_BYTE, secondBytes)) ^ second) >>> 0;
}

function power(base: number, exponent: number): number {
	let product = ONE;
	let square = base;
	for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
		if (left % 2 === 1) product = multiply(product, square);
		square = multiply(square, square);
	}
	return product;
}

/** Multiplies modulo the polynomial of CRC-32. */
function multiply(left: number, right: number): number {
	let product = 0;
	let shifted = right;
	for (let bit = ONE; bit !== 0; bit >>>= 1) {
		if (left & bit) product ^= shifted;
		shifted = shifted & 1 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1;
	}
	return product;
}
