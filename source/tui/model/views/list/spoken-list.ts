import type { Steps } from '../../../../steps.ts';
import { formatCount } from '../../../../text/bytes.ts';
import type { Subject } from '../../subject.ts';
import type { SpokenDetails, SpokenRows, SpokenView } from '../spoken.ts';
import type { DescribedList } from './described-list.ts';
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
		details: (subject, index) => detailsOf(list, subject, index),
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
	index: number,
): Steps<SpokenDetails | null> {
	const [item] = list.itemsIn(subject, choiceOf(''), [index, index + 1]);
	if (item === undefined) return null;
	yield;
	const rows = list.description.details(item, subject, SPOKEN_WIDTH);
	const name = withoutArrow(list.description.nameOf(item, subject));
	const lines = rows.map(spokenDetail).filter((line) => line !== '');
	return { lines: lines[0] === name ? lines : [name, ...lines], rows: null };
}
