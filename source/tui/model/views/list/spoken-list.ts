import type { Steps } from '../../../../steps.ts';
import { formatCount } from '../../../../text/bytes.ts';
import { filterList, noListFilter } from '../../filter/list-filter.ts';
import type { Subject } from '../../subject.ts';
import type { SpokenDetails, SpokenRows, SpokenView } from '../spoken.ts';
import type { DescribedList } from './described-list.ts';
import { isRowList, type RowList } from './row-list.ts';
import { SPOKEN_WIDTH, spokenDetail, spokenHeading, withoutArrow } from './spoken-text.ts';

/** The same list in words. */
export function spokenList<Shown extends Subject, Item extends object, Pane extends string>(
	list: DescribedList<Shown, Item, Pane>,
): SpokenView<Shown> {
	const { spoken, heading, facts } = list.description;
	return {
		needs: spoken.needs,
		summary: (subject) => {
			// What two images come to is said with their files.
			if (subject.kind === 'image') return [spokenHeading(heading(subject, SPOKEN_WIDTH, null))];
			const counts = facts(subject).replaceAll(' · ', ', ');
			return counts === '' ? [] : [`${counts}.`];
		},
		rows: (subject, filter) => rowsOf(list, subject, filter),
		called: (subject, name) => indexesOf(list, subject, name),
		details: (subject, index, filter) => detailsOf(list, subject, { index, filter }),
	};
}

function choiceOf(filter: string) {
	return { filter: { text: filter, problem: null, found: null, indexes: null }, order: 0, isReversed: false };
}

function* rowsOf<Shown extends Subject, Item extends object, Pane extends string>(
	list: DescribedList<Shown, Item, Pane>,
	subject: Shown,
	filter: string,
): Steps<SpokenRows> {
	// What is looked for is found in all items, and not in the first ones alone.
	const { problem } = list.filter(subject, filter);
	const preparing = list.preparing(subject);
	if (preparing !== null) yield* preparing;
	const choice = choiceOf(filter);
	const shown = list.shownOf(subject, choice);
	return {
		count: shown.count,
		isEmpty: list.countOf(subject) === 0,
		problem,
		empty: list.description.empty(subject),
		rowAt: (position) => {
			const [item] = list.itemsIn(subject, choice, [position, position + 1]);
			const number = formatCount(shown.indexAt(position) + 1);
			return `${number}. ${list.description.spoken.row(item, subject)}`;
		},
	};
}

const ITEMS_A_STEP = 512;
/** A longer list within details is said page by page. */
const MOST_SAID_AT_ONCE = 100;

function* indexesOf<Shown extends Subject, Item extends object, Pane extends string>(
	list: DescribedList<Shown, Item, Pane>,
	subject: Shown,
	name: string,
): Steps<readonly number[]> {
	const found: number[] = [];
	const count = list.countOf(subject);
	for (let start = 0; start < count; start += ITEMS_A_STEP) {
		list.itemsIn(subject, choiceOf(''), [start, start + ITEMS_A_STEP]).forEach((item, index) => {
			if (list.description.texts(item, subject).includes(name)) found.push(start + index);
		});
		yield;
	}
	return found;
}

function* detailsOf<Shown extends Subject, Item extends object, Pane extends string>(
	list: DescribedList<Shown, Item, Pane>,
	subject: Shown,
	{ index, filter }: { readonly index: number; readonly filter: string },
): Steps<SpokenDetails | null> {
	const [item] = list.itemsIn(subject, choiceOf(''), [index, index + 1]);
	if (item === undefined) return null;
	yield;
	const parts = list.description.details(item, subject, SPOKEN_WIDTH);
	const name = withoutArrow(list.description.nameOf(item, subject));
	const long = parts.filter(isRowList).find(({ count }) => count > MOST_SAID_AT_ONCE) ?? null;
	const said: string[] = [];
	for (const part of parts) {
		if (part === long) continue;
		if (isRowList(part)) said.push(...(yield* spokenRows(part)));
		else said.push(spokenDetail(part));
	}
	const lines = said.filter((line) => line !== '');
	return {
		lines: lines[0] === name ? lines : [name, ...lines],
		rows: long === null ? null : yield* foundRows(long, filter),
	};
}

/** A line for each thing of a list. */
function* spokenRows(list: RowList): Steps<readonly string[]> {
	yield* list.prepare();
	const lines: string[] = [];
	for (let index = 0; index < list.count; index++) {
		lines.push(spokenRow(list, index));
		if (index % ITEMS_A_STEP === 0) yield;
	}
	return lines;
}

function spokenRow({ rowsAt }: RowList, index: number): string {
	return rowsAt(index).map(spokenDetail).join(' ').trim();
}

/** The same of a long list, page by page, and only what a filter finds. */
function* foundRows(list: RowList, text: string): Steps<SpokenRows> {
	yield* list.prepare();
	const { problem, indexes } =
		text === ''
			? noListFilter
			: filterList(
					(yield* spokenRows(list)).map((line) => [line]),
					text,
				);
	return {
		count: indexes?.length ?? list.count,
		isEmpty: list.count === 0,
		problem,
		empty: '',
		rowAt: (position) => spokenRow(list, indexes === null ? position : indexes[position]),
	};
}
