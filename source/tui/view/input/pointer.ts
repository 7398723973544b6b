import type { PointerEvent } from '../../model/pointing/point-at.ts';
import type { Report } from './sort-input.ts';

type MouseReport = Extract<Report, { readonly kind: 'mouse' }>;

/** Two clicks on one cell within this time are a double click. */
const DOUBLE_MILLISECONDS = 400;

/** The bits of a report's code (xterm control sequences, "Mouse Tracking"); those between are of Shift, Alt and Ctrl. */
const BUTTON = 3;
const MOTION = 32;
const WHEEL = 64;
const OTHER_BUTTONS = 128;

/** Makes clicks and double clicks of what the mouse reports. */
export class Pointer {
	readonly #now: () => number;
	#last: { readonly time: number; readonly column: number; readonly row: number } | null = null;

	/** `now` returns milliseconds since any fixed time. */
	constructor(now: () => number = () => performance.now()) {
		this.#now = now;
	}

	/** What a report means for the explorer; null for nothing. */
	read({ code, column, row, isRelease }: MouseReport): PointerEvent | null {
		if (isRelease || (code & (MOTION | OTHER_BUTTONS)) !== 0) return null;
		const button = code & BUTTON;
		if ((code & WHEEL) !== 0)
			return button > 1 ? null : { kind: 'wheel', direction: button === 1 ? 1 : -1, column, row };
		return button === 0 ? this.#click(column, row) : null;
	}

	#click(column: number, row: number): PointerEvent {
		const time = this.#now();
		const last = this.#last;
		const isDouble = last?.column === column && last.row === row && time - last.time <= DOUBLE_MILLISECONDS;
		this.#last = isDouble ? null : { time, column, row };
		return { kind: 'click', isDouble, column, row };
	}
}
