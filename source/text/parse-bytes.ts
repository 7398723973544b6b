const decimal = /^(?:\d+(?:\.\d*)?|\.\d+)$/;

const bytesPerUnit: Readonly<Record<string, number>> = {
	'': 1,
	b: 1,
	k: 1e3,
	kb: 1e3,
	m: 1e6,
	mb: 1e6,
	g: 1e9,
	gb: 1e9,
	t: 1e12,
	tb: 1e12,
	kib: 2 ** 10,
	mib: 2 ** 20,
	gib: 2 ** 30,
	tib: 2 ** 40,
};

/** The bytes that `20MB`, `1.5 GiB` or `20000000` mean; null for what is no number of bytes. */
export function parseByteCount(text: string): number | null {
	const [, digits, unit] = /^([\d.]+)\s*([a-z]*)$/i.exec(text) ?? [];
	if (digits === undefined || !decimal.test(digits)) return null;
	const scale = Object.hasOwn(bytesPerUnit, unit.toLowerCase()) ? bytesPerUnit[unit.toLowerCase()] : null;
	if (scale === null || (scale === 1 && !/^\d+$/.test(digits))) return null;
	const bytes = Math.round(Number(digits) * scale);
	return Number.isSafeInteger(bytes) ? bytes : null;
}
