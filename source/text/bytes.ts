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
