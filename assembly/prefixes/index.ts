// Finds where any of some short prefixes stands, such as those of tokens. Sixteen bytes at a time are looked up in tables of the halves of
// the first three bytes of all prefixes (as Hyperscan's Teddy does), and only where these agree a prefix is compared.
import {
	BUCKETS,
	CLASSES,
	FOLLOWS,
	FOUND,
	HALVES,
	HIT_OFFSETS,
	HIT_PREFIXES,
	MASKS,
	MOST_HITS,
	MOST_PREFIXES,
	PADDING,
	VALUES,
	WINDOW,
	WINDOW_BYTES,
} from './memory';

export const halves: usize = HALVES;
export const buckets: usize = BUCKETS;
export const values: usize = VALUES;
export const masks: usize = MASKS;
export const follows: usize = FOLLOWS;
export const classes: usize = CLASSES;
export const hitOffsets: usize = HIT_OFFSETS;
export const hitPrefixes: usize = HIT_PREFIXES;
export const window: usize = WINDOW;
export const windowBytes: usize = WINDOW_BYTES;
export const padding: usize = PADDING;
export const mostPrefixes: u32 = MOST_PREFIXES;

/** `follows` of the prefix behind which a name, a colon, a password and an `@` have to stand. */
const USER_INFO: u8 = 255;
const MOST_USER_INFO_BYTES: usize = 256;
const TOKEN_BYTE: u8 = 1;
const USER_INFO_BYTE: u8 = 2;
const COLON: u8 = 0x3a;
const AT: u8 = 0x40;

let hits: u32 = 0;

/** Searches the first bytes of the window. Returns how many hits there are; what comes after the last one for which there is room is not found. */
export function search(bytes: u32): u32 {
	hits = 0;
	const low0 = v128.load(HALVES);
	const high0 = v128.load(HALVES, 16);
	const low1 = v128.load(HALVES, 32);
	const high1 = v128.load(HALVES, 48);
	const low2 = v128.load(HALVES, 64);
	const high2 = v128.load(HALVES, 80);
	const half = i8x16.splat(0x0f);
	const end = WINDOW + <usize>bytes;
	// Of the block before: where the first and the second byte of a prefix may be.
	let firstBefore = i8x16.splat(0);
	let secondBefore = i8x16.splat(0);
	for (let at = WINDOW; at < end && hits < MOST_HITS; at += 16) {
		const block = v128.load(at);
		const low = v128.and(block, half);
		const high = i8x16.shr_u(block, 4);
		const first = v128.and(i8x16.relaxed_swizzle(low0, low), i8x16.relaxed_swizzle(high0, high));
		const second = v128.and(i8x16.relaxed_swizzle(low1, low), i8x16.relaxed_swizzle(high1, high));
		const third = v128.and(i8x16.relaxed_swizzle(low2, low), i8x16.relaxed_swizzle(high2, high));
		// Each byte beside the one before it, and the one before that.
		const afterSecond = v128.shuffle<i8>(
			secondBefore,
			second,
			15,
			16,
			17,
			18,
			19,
			20,
			21,
			22,
			23,
			24,
			25,
			26,
			27,
			28,
			29,
			30,
		);
		const afterFirst = v128.shuffle<i8>(
			firstBefore,
			first,
			14,
			15,
			16,
			17,
			18,
			19,
			20,
			21,
			22,
			23,
			24,
			25,
			26,
			27,
			28,
			29,
		);
		const found = v128.and(v128.and(third, afterSecond), afterFirst);
		if (v128.any_true(found)) compareAll(at - 2, found);
		firstBefore = first;
		secondBefore = second;
	}
	return hits;
}

function compareAll(at: usize, found: v128): void {
	const none = i8x16.eq(found, i8x16.splat(0));
	v128.store(FOUND, found);
	let lanes = ~i8x16.bitmask(none) & 0xffff;
	while (lanes !== 0) {
		const lane = <usize>ctz(lanes);
		lanes &= lanes - 1;
		compare(at + lane, <u32>load<u8>(FOUND + lane));
	}
}

/** Compares the prefixes of some buckets, one bit each. */
function compare(at: usize, buckets: u32): void {
	const bytes = load<u64>(at);
	for (let left = buckets; left !== 0; left &= left - 1) {
		const bucket = <usize>ctz(left);
		const end = <usize>load<u8>(BUCKETS + bucket + 1);
		for (let prefix = <usize>load<u8>(BUCKETS + bucket); prefix < end; prefix++) {
			const mask = load<u64>(MASKS + prefix * 8);
			if ((bytes & mask) !== load<u64>(VALUES + prefix * 8)) continue;
			const length: usize = 8 - (<usize>clz(mask) >> 3);
			if (isFollowed(at + length, load<u8>(FOLLOWS + prefix))) addHit(at, <u8>prefix);
		}
	}
}

function isFollowed(at: usize, follows: u8): bool {
	if (follows === USER_INFO) return isUserInfo(at);
	for (let index: usize = 0; index < <usize>follows; index++)
		if ((classOf(at + index) & TOKEN_BYTE) === 0) return false;
	return true;
}

function isUserInfo(at: usize): bool {
	let hasColon = false;
	for (const end = at + MOST_USER_INFO_BYTES; at < end; at++) {
		const byte = load<u8>(at);
		if (byte === AT) return hasColon;
		if ((classOf(at) & USER_INFO_BYTE) === 0) return false;
		if (byte === COLON) hasColon = true;
	}
	return false;
}

function classOf(at: usize): u8 {
	return load<u8>(CLASSES + <usize>load<u8>(at));
}

function addHit(at: usize, prefix: u8): void {
	if (hits === MOST_HITS) return;
	store<u32>(HIT_OFFSETS + <usize>hits * 4, <u32>(at - WINDOW));
	store<u8>(HIT_PREFIXES + <usize>hits, prefix);
	hits += 1;
}
