import type { DiffLine } from '../../../effects/file-requests.ts';

/** A row of a diff: one line, or side by side a line of each version. */
export interface DiffRow {
	readonly left: DiffLine | null;
	readonly right: DiffLine | null;
}

/** The rows of a diff with both versions side by side: what was replaced stands beside what replaces it. */
export function sideBySide(lines: readonly DiffLine[]): readonly DiffRow[] {
	const rows: DiffRow[] = [];
	let removed: DiffLine[] = [];
	let added: DiffLine[] = [];
	const flush = (): void => {
		for (let index = 0; index < Math.max(removed.length, added.length); index++)
			rows.push({ left: removed[index] ?? null, right: added[index] ?? null });
		[removed, added] = [[], []];
	};
	for (const line of lines) {
		if (line.mark === '-') {
			if (added.length > 0) flush();
			removed.push(line);
		} else if (line.mark === '+') added.push(line);
		else {
			flush();
			rows.push({ left: line, right: line });
		}
	}
	flush();
	return rows;
}
