import type { ScrollWindow } from '../list-window.ts';

/** A sign for each line of a window: which part of a text it shows. All blank where everything is visible. */
export function scrollbar({ top, total, height }: ScrollWindow): readonly string[] {
	if (total <= height || height < 1) return Array.from({ length: height }, () => ' ');
	if (height < 3) return Array.from({ length: height }, () => '│');
	const track = height - 2;
	const thumb = Math.max(1, Math.floor((track * height) / total));
	const start = Math.round(((track - thumb) * top) / (total - height));
	return Array.from({ length: height }, (_, line) => {
		if (line === 0) return '▲';
		if (line === height - 1) return '▼';
		return line - 1 >= start && line - 1 < start + thumb ? '┃' : '│';
	});
}
