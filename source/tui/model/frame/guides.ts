/**
 * The lines that lead to a row of a tree, and the sign of a directory that can be opened or closed. Top-level rows have no lines.
 * If they need more than `maximum` cells, the part nearest to the row is shown.
 */
export function treeGuides(isLast: readonly boolean[], foldSign: '▾' | '▸' | null, maximum: number): string {
	if (isLast.length === 1) return `${foldSign ?? ' '} `;
	const above = isLast.slice(1, -1).slice(-maximum);
	const branch = isLast[isLast.length - 1] ? '└─' : '├─';
	const lines = above.map((last) => (last ? '  ' : '│ ')).join('') + branch + (foldSign ?? '─');
	const levels = 2 * (isLast.length - 2);
	const cells = levels + branch.length + 1;
	return cells <= maximum ? `${lines} ` : `…${lines.slice(-(maximum - 1))} `;
}
