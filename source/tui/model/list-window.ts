/** A list of which a window is shown. `line` is the line of the window on which the user last saw the cursor. */
export interface ListView {
	readonly total: number;
	readonly height: number;
	readonly index: number;
	readonly line: number;
}

/** The number of the first row in the window: the cursor stays on its line unless an end of the list is in the way. */
export function topOf({ total, height, index, line }: ListView): number {
	const lineInWindow = clamp(line, 0, height - 1);
	return clamp(index - lineInWindow, 0, Math.max(0, total - height));
}

export type Step = 'line' | 'half' | 'page' | 'all';

/** Where the cursor goes, and the line of the window on which it is then. */
export function moveInList(
	view: ListView,
	step: Step,
	direction: 1 | -1,
): { readonly index: number; readonly line: number } {
	const { total, height, index } = view;
	const top = topOf(view);
	const moved = clamp(index + direction * distanceOf(step, view), 0, Math.max(0, total - 1));
	const line = index - top + (step === 'line' ? moved - index : 0);
	return { index: moved, line: clamp(line, 0, height - 1) };
}

/** A window on a text without a cursor. */
export interface ScrollWindow {
	/** The first visible line. */
	readonly top: number;
	readonly total: number;
	readonly height: number;
}

/** The first line after scrolling. */
export function scrollBy({ top, total, height }: ScrollWindow, step: Step, direction: 1 | -1): number {
	return clamp(top + direction * distanceOf(step, { total, height }), 0, Math.max(0, total - height));
}

function distanceOf(step: Step, { total, height }: Pick<ListView, 'total' | 'height'>): number {
	switch (step) {
		case 'line':
			return 1;
		case 'half':
			return Math.max(1, Math.floor(height / 2));
		case 'page':
			return Math.max(1, height - 1);
		case 'all':
			return total;
	}
}

export function clamp(value: number, minimum: number, maximum: number): number {
	return Math.max(minimum, Math.min(maximum, value));
}
