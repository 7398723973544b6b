import prettyBytes from 'pretty-bytes';

/** Bytes for people: decimal units, three digits, `1.22 MB`. */
export function formatBytes(bytes: number): string {
	return prettyBytes(bytes);
}

/** Bytes to the last one, with separators: `1,220,598 B`. */
export function formatExactBytes(bytes: number): string {
	return `${formatCount(bytes)} B`;
}

/** A ratio for people: `97.4 %`. Rounded towards the worse side at the ends, so that only a true 1 reads as 100 %. */
export function formatPercent(ratio: number): string {
	const rounded = (ratio * 100).toFixed(1);
	if (rounded === '100.0' && ratio < 1) return '99.9 %';
	return rounded === '0.0' && ratio > 0 ? '<0.1 %' : `${rounded} %`;
}

/** A whole number with separators: `148,302`. */
export function formatCount(count: number): string {
	return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** How much a number of bytes grew or shrank, for people: `+1.22 MB`, `-12 B`, `0 B`. */
export function formatByteDelta(bytes: number): string {
	return bytes === 0 ? '0 B' : prettyBytes(bytes, { signed: true });
}

/** How much a ratio grew or shrank, in percentage points, for people: `+1.2 points`. One that changed never reads as 0. */
export function formatPointDelta(ratio: number): string {
	const points = ratio * 100;
	if (points === 0) return '0 points';
	const sign = points < 0 ? '-' : '+';
	const size = Math.abs(points);
	if (size < 0.0001) return `${sign}<0.0001 points`;
	return `${sign}${size < 0.05 ? Number(size.toPrecision(1)) : size.toFixed(1)} points`;
}
