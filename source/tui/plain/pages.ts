import { formatCount } from '../../text/bytes.ts';
import type { SaidList } from './answer.ts';

/** As many rows as anybody listens to at once. */
export const PAGE_ROWS = 20;

/** A list that is said page by page. */
export class Pages {
	readonly #rows: SaidList['rows'];
	readonly #count: number | null;
	#said = 0;
	#next: IteratorResult<string> | null = null;

	constructor({ rows, count }: SaidList) {
		this.#rows = rows;
		this.#count = count;
	}

	/** The next rows, and how many there are behind them. Empty at the end. */
	async page(size: number): Promise<readonly string[]> {
		const lines: string[] = [];
		let next = await this.#peek();
		while (next.done !== true && lines.length < size) {
			lines.push(next.value);
			this.#next = null;
			next = await this.#peek();
		}
		this.#said += lines.length;
		if (next.done === true) return lines;
		const left = this.#count === null ? '' : `${formatCount(this.#count - this.#said)} `;
		return [...lines, `And ${left}more: more`];
	}

	async #peek(): Promise<IteratorResult<string>> {
		this.#next ??= await this.#rows.next();
		return this.#next;
	}
}
