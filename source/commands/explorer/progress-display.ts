import type { ReadProgress } from '../../sources/image-source.ts';
import type { ImageSheet } from '../../tui/view/sheets/sheet.ts';

const PROGRESS_MILLISECONDS = 80;
const WAITING_MILLISECONDS = 1000;

/** Shows progress as it comes, and while nothing comes how long that has been so. */
export class ProgressDisplay {
	readonly #sheet: ImageSheet;
	readonly #image: number;
	readonly #start = performance.now();
	#latest: ReadProgress | null = null;
	#isDone = false;
	readonly #timer: NodeJS.Timeout;
	#shownAt = Number.NEGATIVE_INFINITY;

	/** `image`: its position among those that are read. */
	constructor(sheet: ImageSheet, image = 0) {
		this.#sheet = sheet;
		this.#image = image;
		this.#timer = setInterval(() => this.#draw(), WAITING_MILLISECONDS).unref();
	}

	/** What comes soon after the last one is left out: a frame takes as long to draw as a hundred files to read. */
	show(progress: ReadProgress): void {
		this.#latest = progress;
		if (performance.now() - this.#shownAt >= PROGRESS_MILLISECONDS) this.#draw();
	}

	/** Shows nothing more. */
	close(): void {
		clearInterval(this.#timer);
		this.#isDone = true;
	}

	/** Shows that the image is read. */
	finish(): void {
		this.close();
		this.#sheet.showReading({ isDone: true, waiting: null }, this.#image);
	}

	#draw(): void {
		if (this.#latest === null || this.#isDone) return;
		const now = performance.now();
		this.#shownAt = now;
		const elapsedSeconds = (now - this.#start) / 1000;
		this.#sheet.showReading({ progress: this.#latest, waiting: null, elapsedSeconds }, this.#image);
	}
}
