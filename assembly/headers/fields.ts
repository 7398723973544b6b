// The fields of a header block: POSIX.1-2017, pax, "ustar Interchange Format".

export const BLOCK_BYTES: usize = 512;

export const NAME: usize = 0;
export const NAME_BYTES: usize = 100;
export const MODE: usize = 100;
export const UID: usize = 108;
export const GID: usize = 116;
export const SIZE: usize = 124;
export const MTIME: usize = 136;
const CHECKSUM: usize = 148;
export const TYPE_FLAG: usize = 156;
export const LINK_NAME: usize = 157;
export const LINK_NAME_BYTES: usize = 100;
const MAGIC: usize = 257;
const DEVICE_MAJOR: usize = 329;
const DEVICE_MINOR: usize = 337;
export const PREFIX: usize = 345;
export const PREFIX_BYTES: usize = 155;
/** GNU tar has these times in the place of the prefix. */
const GNU_ACCESS_TIME: usize = 345;
const GNU_CHANGE_TIME: usize = 357;
const STAR_TRAILER: usize = 508;

/** The widths of number fields. */
export const SHORT: usize = 8;
export const LONG: usize = 12;

const SPACE: u8 = 0x20;
const ZERO: u8 = 0x30;
/** `ustar` and a NUL, as the lower bytes of a number. */
const POSIX_MAGIC: u64 = 0x00_72_61_74_73_75;
/** `ustar`, two spaces and a NUL, as a number. */
// biome-ignore lint/correctness/noPrecisionLoss: AssemblyScript has integers of 64 bits.
const GNU_MAGIC: u64 = 0x00_20_20_72_61_74_73_75;
/** `tar` and a NUL, as a number. */
const STAR_MAGIC: u32 = 0x00_72_61_74;

/** The formats of a plain header. */
export const V7: u8 = 0;
export const POSIX: u8 = 1;
export const GNU: u8 = 2;
export const NO_PLAIN_FORMAT: u8 = 0xff;

/** Whether the header's checksum is the sum of its bytes, with the checksum field as spaces. */
export function checksumMatches(block: usize): bool {
	let sums = i16x8.splat(0);
	for (let at = block; at < block + BLOCK_BYTES; at += 32) {
		sums = i16x8.add(sums, i16x8.extadd_pairwise_i8x16_u(v128.load(at)));
		sums = i16x8.add(sums, i16x8.extadd_pairwise_i8x16_u(v128.load(at, 16)));
	}
	const lanes = i32x4.extadd_pairwise_i16x8_u(sums);
	let sum =
		i32x4.extract_lane(lanes, 0) +
		i32x4.extract_lane(lanes, 1) +
		i32x4.extract_lane(lanes, 2) +
		i32x4.extract_lane(lanes, 3);
	for (let at = block + CHECKSUM; at < block + CHECKSUM + SHORT; at++) sum += <i32>SPACE - <i32>load<u8>(at);
	return octal(block + CHECKSUM, SHORT) === <i64>sum;
}

/**
 * A number in octal digits; -1 where the field holds anything else. Behind the digits there may be anything after a NUL, and only spaces and
 * NULs after a space.
 */
export function octal(field: usize, width: usize): i64 {
	const end = field + width;
	let at = field;
	while (at < end && isBlank(load<u8>(at))) at++;
	let value: i64 = 0;
	for (; at < end; at++) {
		const byte = load<u8>(at);
		if (byte === 0) break;
		const digit: u8 = byte - ZERO;
		if (digit > 7) return byte === SPACE && isBlankUntil(at, end) ? value : -1;
		value = (value << 3) + <i64>digit;
	}
	return value;
}

function isBlankUntil(from: usize, end: usize): bool {
	for (let at = from; at < end; at++) if (!isBlank(load<u8>(at))) return false;
	return true;
}

function isBlank(byte: u8): bool {
	return byte === SPACE || byte === 0;
}

/** The format of the header, or NO_PLAIN_FORMAT where its fields need a closer look. */
export function formatOf(block: usize): u8 {
	const magic = load<u64>(block + MAGIC);
	if ((magic & 0xffff_ffff_ffff) === POSIX_MAGIC) {
		const isPlain = load<u32>(block + STAR_TRAILER) !== STAR_MAGIC && hasDevices(block);
		return isPlain ? POSIX : NO_PLAIN_FORMAT;
	}
	if (magic !== GNU_MAGIC) return V7;
	const hasTimes = load<u8>(block + GNU_ACCESS_TIME) !== 0 || load<u8>(block + GNU_CHANGE_TIME) !== 0;
	return !hasTimes && hasDevices(block) ? GNU : NO_PLAIN_FORMAT;
}

function hasDevices(block: usize): bool {
	return octal(block + DEVICE_MAJOR, SHORT) >= 0 && octal(block + DEVICE_MINOR, SHORT) >= 0;
}

/** Where the text of a field ends: at its first NUL. */
export function textEnd(field: usize, width: usize): usize {
	let end = field;
	while (end < field + width && load<u8>(end) !== 0) end++;
	return end;
}
