/** What a date of JavaScript can hold. */
const MOST_SECONDS = 8.64e12;

/** Seconds since 1970 as a date: `2023-11-14T22:13:20Z`. */
export function formatDate(seconds: number): string {
	if (!(Math.abs(seconds) <= MOST_SECONDS)) return 'no date';
	return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
