/** The items of a list, each of which may be put together only when it is looked at. An array is one. */
export interface ItemSource<Item> {
	readonly length: number;
	/** The items at `start` to `end - 1`. */
	slice(start: number, end: number): readonly Item[];
}

/** No items, always the same ones. */
export const noItems: ItemSource<never> = [];
