import { formatCount } from '../../../text/bytes.ts';
import { escapeForTerminal } from '../../../text/escape.ts';
import { shorten } from '../../../text/shorten.ts';
import type { Subject } from '../../model/subject.ts';
import type { SpokenRows, SpokenView } from '../../model/views/spoken.ts';
import { type ViewId, views } from '../../model/views/views.ts';
import { type Answer, type PlainCommand, type SaidList, said, type Talk } from '../answer.ts';

interface ViewWords {
	/** What is typed for the list, and for one of it. */
	readonly names: readonly [string, ...string[]];
	readonly summary: string;
	readonly item: string;
}

const words: Readonly<Record<ViewId, ViewWords>> = {
	layers: { names: ['layers', 'layer'], summary: 'the layers, the lowest first', item: 'what a layer did' },
	findings: { names: ['findings', 'finding'], summary: 'what to do about the image', item: 'all about one' },
	copies: { names: ['copies', 'copy'], summary: 'what is there more than once', item: 'all about one' },
	packages: {
		names: ['packages', 'package'],
		summary: 'whose the bytes are',
		item: 'all about one, by number or name',
	},
	deleted: {
		names: ['deleted'],
		summary: 'what is gone and still shipped, and what looks secret',
		item: 'all about one',
	},
	image: {
		names: ['image'],
		summary: 'the instructions, sizes, config and names of the image',
		item: 'a value as a whole',
	},
	'changed-files': { names: ['files', 'file'], summary: 'the files that differ', item: 'all about one' },
	'aligned-layers': {
		names: ['layers', 'layer'],
		summary: 'the layers of both images',
		item: 'all about one',
	},
	'package-changes': {
		names: ['packages', 'package'],
		summary: 'the packages that differ',
		item: 'all about one, by number or name',
	},
	'finding-changes': {
		names: ['findings', 'finding'],
		summary: 'the findings that are new, grown or gone',
		item: 'all about one',
	},
	'config-changes': { names: ['config'], summary: 'what differs in the configs', item: 'a value as a whole' },
	figures: { names: ['figures', 'figure'], summary: 'all totals of both images', item: 'all about one' },
};

/** The commands of a view: its list, and all about an item of it. */
export function viewCommands(id: ViewId): readonly PlainCommand[] {
	const { names, summary, item } = words[id];
	const { kind } = views[id];
	const one = names.at(-1) ?? names[0];
	const run = (argument: string, talk: Talk) =>
		argument === '' ? list(id, talk) : details(id, argument, talk);
	return [
		{ names, usage: names[0], summary, kind, run },
		{ names: [one], usage: `${one} NUMBER`, summary: item, kind, run },
	];
}

/** What a view comes to, and its list. */
export async function list(id: ViewId, talk: Talk, filter = ''): Promise<Answer> {
	const view = spokenOf(id);
	const subject = await talk.untilKnown(view.needs);
	const rows = await talk.run(view.rows(subject, filter));
	return {
		...listed(filter === '' ? view.summary(subject) : [], rows, filter),
		filtered: (other) => list(id, talk, other),
	};
}

async function details(id: ViewId, argument: string, talk: Talk, filter = ''): Promise<Answer> {
	const view = spokenOf(id);
	const subject = await talk.untilKnown(view.needs);
	const index = await indexOf(view, argument, { subject, talk });
	// What is no number and no name is looked for.
	if (index === null) return list(id, talk, argument);
	const found = await talk.run(view.details(subject, index, filter));
	if (found === null) return said(`There is no number ${shownWord(argument)}: ${words[id].names[0]}`);
	if (found.rows === null) return { lines: found.lines };
	const lines = filter === '' ? found.lines : [];
	return {
		...listed(lines, found.rows, filter),
		filtered: (other) => details(id, argument, talk, other),
	};
}

interface Looking {
	readonly subject: Subject;
	readonly talk: Talk;
}

/** The position that is meant by a number or a name; null for neither, and for a name that several have. */
async function indexOf(
	view: SpokenView<Subject>,
	argument: string,
	{ subject, talk }: Looking,
): Promise<number | null> {
	if (/^\d{1,9}$/.test(argument)) return Number(argument) - 1;
	const called = await talk.run(view.called(subject, argument));
	return called.length === 1 ? called[0] : null;
}

/** A view takes what it is about alone, which its id tells and the compiler does not follow. */
function spokenOf(id: ViewId): SpokenView<Subject> {
	return views[id].spoken as SpokenView<Subject>;
}

function listed(lines: readonly string[], rows: SpokenRows, filter: string): Answer {
	const { count, isEmpty, problem, empty, rowAt } = rows;
	if (isEmpty) return said(...lines, empty);
	if (problem !== null) return said(`This filter is not valid: ${escapeForTerminal(problem)}.`);
	if (count === 0 && filter === '') return said(...lines, 'Only folders change.');
	if (count === 0) return said(...lines, `Nothing has ${shownWord(filter)}.`);
	const found = filter === '' ? [] : [`${formatCount(count)} with ${shownWord(filter)}:`];
	return { lines: [...lines, ...found], list: rowsOf(count, rowAt) };
}

function rowsOf(count: number, rowAt: (row: number) => string): SaidList {
	function* rows(): Generator<string> {
		for (let row = 0; row < count; row++) yield rowAt(row);
	}
	return { count, rows: rows() };
}

/** What the user typed, as it is said. */
export function shownWord(word: string): string {
	return escapeForTerminal(shorten(word));
}
