const LARGEST_ID = 0xffff_ffff;

/** Linux has 32-bit ids: of a larger or negative one it takes the lower 32 bits. -1 means no change of the owner, who is root. */
export function boundedId(id: number): number {
	if (id >= 0 && id < LARGEST_ID) return id;
	const lower = Number.isSafeInteger(id) ? Number(BigInt.asUintN(32, BigInt(id))) : 0;
	return lower === LARGEST_ID ? 0 : lower;
}
