import { type ImageAtHand, isSameImage, type Place, places } from '../../../image/at-hand/image-at-hand.ts';
import type { Size } from '../layout.ts';
import { clamp, moveInList, type Step } from '../list-window.ts';
import { editText, type TextEdit, type TextInput, textInput } from '../prompt/text-input.ts';
import {
	type Choices,
	nothingRemembered,
	type Remembered,
	rememberChoices,
	switchOf,
	wordOf,
} from '../remembered/remembered.ts';
import type { HelpState } from '../screens/help/help-screen.ts';

/** The orders of the list, in the order in which `s` goes through them. */
export const homeOrders = ['place', 'name', 'size', 'age'] as const;
export type HomeOrder = (typeof homeOrders)[number];

/** The images at hand, and where the user is among them. */
export interface HomeState {
	/** Where all images are; null for the images at hand, which are in several places. Hostile text may be in it. */
	readonly within: string | null;
	/** The image that is marked to be compared; null for none. */
	readonly marked: Pick<ImageAtHand, 'reference' | 'pick'> | null;
	/** In the order in which they were found, those of one place together. */
	readonly images: readonly ImageAtHand[];
	/** The places that have not answered yet. */
	readonly asked: readonly Place[];
	readonly filter: TextInput;
	readonly isTyping: boolean;
	readonly order: HomeOrder;
	readonly isReversed: boolean;
	/** The image under the cursor; null for the first row. */
	readonly cursor: ImageAtHand | null;
	/** The line of the window that the cursor is on. */
	readonly line: number;
	/** What is said in place of where the user is, such as why an image did not open. Hostile text may be in it. */
	readonly message: string | null;
	/** The help that is open over the list; null while none is. */
	readonly help: HelpState | null;
	/** Seconds since 1970, for ages. */
	readonly nowSeconds: number;
}

export type HomeAction =
	| { readonly type: 'open' }
	/** Marks the image under the cursor, or compares it with the marked one. */
	| { readonly type: 'mark' }
	/** Back to where the list was opened from. */
	| { readonly type: 'return' }
	| { readonly type: 'type-filter' }
	| { readonly type: 'keep-filter' }
	| { readonly type: 'clear-filter' }
	| { readonly type: 'edit'; readonly edit: TextEdit }
	| { readonly type: 'sort' }
	| { readonly type: 'reverse' }
	| { readonly type: 'move'; readonly step: Step; readonly direction: 1 | -1 };

export function newHome(
	asked: readonly Place[],
	nowSeconds: number,
	{ views }: Remembered = nothingRemembered,
): HomeState {
	const choices: Choices = views[HOME] ?? {};
	return {
		within: null,
		marked: null,
		images: [],
		asked,
		filter: textInput(''),
		isTyping: false,
		order: wordOf(choices.order, homeOrders, 'place'),
		isReversed: switchOf(choices.isReversed, false),
		cursor: null,
		line: 0,
		message: null,
		help: null,
		nowSeconds,
	};
}

/** The list of the images of one place, with the cursor on the one that is open. */
export function newList(
	within: string,
	images: readonly ImageAtHand[],
	{ opened, nowSeconds }: { readonly opened: number; readonly nowSeconds: number },
): HomeState {
	const cursor = images[opened] ?? null;
	return { ...newHome([], nowSeconds), within, images, cursor, line: Math.max(0, opened) };
}

/** The name of the list where it is told from the views of an image. */
const HOME = 'home';

/** What is remembered once the list has changed. */
export function rememberHome(remembered: Remembered, before: HomeState, after: HomeState): Remembered {
	const choicesOf = ({ order, isReversed }: HomeState): Choices => ({ order, isReversed });
	return rememberChoices(remembered, HOME, choicesOf(before), choicesOf(after));
}

/** The state with what a place has answered. The cursor stays on its image. */
export function withPlace(state: HomeState, place: Place, images: readonly ImageAtHand[]): HomeState {
	const others = state.images.filter((image) => image.place !== place);
	return {
		...state,
		images: [...others, ...images],
		asked: state.asked.filter((each) => each !== place),
		cursor:
			state.cursor !== null && state.cursor.place === place ? sameImage(state.cursor, images) : state.cursor,
	};
}

function sameImage(wanted: ImageAtHand, images: readonly ImageAtHand[]): ImageAtHand | null {
	return images.find((image) => isSameImage(image, wanted)) ?? null;
}

/** The rows that the filter leaves, in the chosen order. */
export function homeRows({ images, filter, order, isReversed }: HomeState): readonly ImageAtHand[] {
	const wanted = filter.text.toLowerCase();
	const found = eachOnce(images).filter(({ name, place, detail = '' }) =>
		`${place} ${name} ${detail}`.toLowerCase().includes(wanted),
	);
	const sorted = found.toSorted(comparers[order]);
	return isReversed ? sorted.toReversed() : sorted;
}

/** How many rows there are without the filter. */
export function homeCount({ images }: Pick<HomeState, 'images'>): number {
	return eachOnce(images).length;
}

/** What was opened lately and is found in another place too is listed once, with the size that is known there. */
function eachOnce(images: readonly ImageAtHand[]): readonly ImageAtHand[] {
	const recent = new Set(images.filter(({ place }) => place === 'recent').map(keyOf));
	const others = images.filter(({ place }) => place !== 'recent');
	const sizes = new Map(others.map((image) => [keyOf(image), image.bytes]));
	return images.flatMap((image) => {
		if (image.place !== 'recent') return recent.has(keyOf(image)) ? [] : [image];
		const bytes = image.bytes ?? sizes.get(keyOf(image)) ?? null;
		return [bytes === image.bytes ? image : { ...image, bytes }];
	});
}

/** The same for what is opened in the same way, from whatever folder. */
function keyOf({ path, reference, pick }: ImageAtHand): string {
	return JSON.stringify([path ?? reference, pick?.imageName ?? null, pick?.platform ?? null]);
}

type Comparer = (left: ImageAtHand, right: ImageAtHand) => number;

/** What is not known comes last. The largest and the latest come first. */
const comparers: Readonly<Record<HomeOrder, Comparer>> = {
	place: (left, right) => placeOrder(left) - placeOrder(right) || withinPlace(left, right),
	name: compareNames,
	size: (left, right) => (right.bytes ?? -1) - (left.bytes ?? -1),
	age: (left, right) => (right.seconds ?? -1) - (left.seconds ?? -1),
};

/** What was opened lately stays in that order, and so do the images of one archive. */
function withinPlace(left: ImageAtHand, right: ImageAtHand): number {
	return left.place === 'recent' || left.place === 'beside' ? 0 : compareNames(left, right);
}

function compareNames({ name: left }: ImageAtHand, { name: right }: ImageAtHand): number {
	return left < right ? -1 : Number(left > right);
}

function placeOrder({ place }: ImageAtHand): number {
	return place === 'beside' ? 0 : places.indexOf(place);
}

/** The position of the cursor among the rows; 0 where the filter hides its image. */
export function cursorIndex(rows: readonly ImageAtHand[], { cursor }: Pick<HomeState, 'cursor'>): number {
	if (cursor === null) return 0;
	return Math.max(
		0,
		rows.findIndex((image) => image.place === cursor.place && isSameImage(image, cursor)),
	);
}

/** How many rows a screen shows: all but the title, the line that says where the user is, and the keys. */
export function homeHeight({ rows }: Size): number {
	return Math.max(1, rows - 3);
}

/** The state after an action; `open` is for whoever has the screen. */
export function updateHome(before: HomeState, action: HomeAction, size: Size): HomeState {
	const state = { ...before, message: null };
	switch (action.type) {
		case 'open':
		case 'mark':
		case 'return':
			return state;
		case 'type-filter':
			return { ...state, isTyping: true };
		case 'keep-filter':
			return { ...state, isTyping: false };
		case 'clear-filter':
			return { ...state, isTyping: false, filter: textInput('') };
		case 'edit':
			return { ...state, filter: editText(state.filter, action.edit) };
		case 'sort':
			return { ...state, order: homeOrders[(homeOrders.indexOf(state.order) + 1) % homeOrders.length] };
		case 'reverse':
			return { ...state, isReversed: !state.isReversed };
		case 'move':
			return moved(state, action, size);
	}
}

function moved(
	state: HomeState,
	{ step, direction }: Extract<HomeAction, { readonly type: 'move' }>,
	size: Size,
): HomeState {
	const rows = homeRows(state);
	if (rows.length === 0) return state;
	const height = homeHeight(size);
	const list = { total: rows.length, height, index: cursorIndex(rows, state), line: state.line };
	const { index, line } = moveInList(list, step, direction);
	return { ...state, cursor: rows[clamp(index, 0, rows.length - 1)], line };
}
