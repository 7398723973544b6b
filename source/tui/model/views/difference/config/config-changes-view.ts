import type { ConfigChange, ConfigValue } from '../../../../../diff/compare-config.ts';
import { configNames } from '../../../../../diff/config-names.ts';
import { type StepText, stepTexts, stepValue } from '../../../../../diff/step-texts.ts';
import { escapeForTerminal } from '../../../../../text/escape.ts';
import { formatInstruction } from '../../../../../text/instruction.ts';
import { cutText } from '../../../../../text/width.ts';
import { padEnd } from '../../../cells.ts';
import { type Span, type StyleName, span } from '../../../line.ts';
import { clamp } from '../../../list-window.ts';
import type { OpenedDifference } from '../../../opened-difference.ts';
import { type DetailRow, searchedText, textRows } from '../../list/detail-rows.ts';
import { safeText } from '../../list/exported-cells.ts';
import { listView } from '../../list/list-view.ts';
import { heading } from '../heading.ts';

const MINIMUM_NAME = 24;
const MAXIMUM_NAME = 48;
/** More of a value than a row can show. */
const MAXIMUM_SHOWN = 400;

/** What differs in the configs: each change with its old and its new value. */
export const configChangesView = listView<OpenedDifference, ConfigChange, 'config' | 'config value'>({
	kind: 'difference',
	title: 'Config',
	panes: { list: 'config', details: 'config value' },
	help: {
		title: 'Letters in the config',
		rows: [
			{ sign: 'A', style: 'added', meaning: 'set in the new image alone' },
			{ sign: 'M', style: 'content', meaning: 'another value' },
			{ sign: 'D', style: 'removed', meaning: 'set in the old image alone' },
		],
	},
	tab: ({ config }) => ({ name: 'Config', count: config.length }),
	heading,
	items: ({ config }) => config,
	head: (_, width) => `${padEnd(' field', nameWidth(width) + 2)}old → new`,
	facts: () => '',
	row: configRow,
	nameOf,
	texts: configTexts,
	orders: [],
	details: configDetails,
	empty: () => 'The configs do not differ.',
	exported: {
		name: 'config',
		columns: [
			{ name: 'field', cellOf: ({ field }) => configNames[field] },
			{ name: 'name', cellOf: ({ name }) => safeText(name) },
			{ name: 'old', cellOf: ({ oldValue }) => (oldValue === null ? null : safeText(plainText(oldValue))) },
			{ name: 'new', cellOf: ({ newValue }) => (newValue === null ? null : safeText(plainText(newValue))) },
		],
	},
	command: ['diff', '--only', 'config'],
	spoken: { needs: [], row: spokenChange },
});

/** How the steps of the history are shown, for each list of changes. */
const known = new WeakMap<readonly ConfigChange[], StepText>();

function stepTextOf({ config }: OpenedDifference): StepText {
	const stepText = known.get(config) ?? stepTexts(config);
	known.set(config, stepText);
	return stepText;
}

function nameOf(change: ConfigChange, subject: OpenedDifference): string {
	return nameParts(change, subject).join(' ');
}

/** The field, and the name of its entry where it has several. */
function nameParts({ field, name }: ConfigChange, subject: OpenedDifference): readonly [string, ...string[]] {
	// An instruction is its own value.
	if (name === null || field === 'history') return [configNames[field]];
	if (field === 'comments') return [configNames[field], formatInstruction(stepTextOf(subject)(name))];
	return [configNames[field], escapeForTerminal(name.slice(0, MAXIMUM_SHOWN))];
}

function configTexts(change: ConfigChange, subject: OpenedDifference): readonly string[] {
	const { field, name, oldValue, newValue } = change;
	const values = [oldValue, newValue].flatMap((value) =>
		value === null ? [] : [textOf(change, value, subject)],
	);
	return [[configNames[field], ...(name === null ? [] : [name])].join(' '), ...values].map(searchedText);
}

function markOf({ oldValue, newValue }: ConfigChange): {
	readonly letter: string;
	readonly style: StyleName;
} {
	if (oldValue === null) return { letter: 'A', style: 'added' };
	return newValue === null ? { letter: 'D', style: 'removed' } : { letter: 'M', style: 'content' };
}

function nameWidth(width: number): number {
	return clamp(Math.floor(width * 0.35), MINIMUM_NAME, MAXIMUM_NAME);
}

function configRow(change: ConfigChange, subject: OpenedDifference, width: number): readonly Span[] {
	const { letter, style } = markOf(change);
	const [field, ...name] = nameParts(change, subject);
	const room = nameWidth(width) - field.length;
	// Names such as those of labels begin alike.
	const shownName = name.map((part) => ` ${cutText(part, room - 1, 'start')}`).join('');
	return [
		span(`${letter} `, style),
		span(padEnd(field + shownName, nameWidth(width)), style),
		span(` ${shownBoth(change, subject).join(' → ')}`),
	];
}

function spokenChange(change: ConfigChange, subject: OpenedDifference): string {
	const { oldValue, newValue } = change;
	const name = nameOf(change, subject);
	const [older, newer] = shownBoth(change, subject);
	if (oldValue === null) return `set: ${name}, ${newer}`;
	if (newValue === null) return `no longer set: ${name}, which was ${older}`;
	return `changed: ${name}, from ${older} to ${newer}`;
}

/** The start of both values, each in one line. */
function shownBoth(change: ConfigChange, subject: OpenedDifference): readonly string[] {
	return [change.oldValue, change.newValue].map((value) => {
		if (value === null) return '-';
		const text = escapeForTerminal(textOf(change, value, subject).slice(0, MAXIMUM_SHOWN));
		return text === '' ? '""' : text;
	});
}

/** A value, of a step the instruction as a Dockerfile has it. */
function textOf({ field, name }: ConfigChange, value: ConfigValue, subject: OpenedDifference): string {
	return field === 'history' && typeof value === 'string'
		? stepValue(value, name ?? value, stepTextOf(subject))
		: plainText(value);
}

/** The words of a command as a Dockerfile has them in exec form. */
function plainText(value: ConfigValue): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

function configDetails(change: ConfigChange, subject: OpenedDifference, width: number): readonly DetailRow[] {
	const { field, name, oldValue, newValue } = change;
	const shownName = field === 'comments' && name !== null ? stepTextOf(subject)(name) : name;
	const rows = (value: ConfigValue | null): readonly DetailRow[] => {
		if (value === null) return [[span('not set', 'faint')]];
		if (value.length === 0) return [[span('empty', 'faint')]];
		return textRows(textOf(change, value, subject), width);
	};
	return [
		...(shownName === null || field === 'history' ? [] : [...textRows(shownName, width), []]),
		[span('old', 'faint')],
		...rows(oldValue),
		[],
		[span('new', 'faint')],
		...rows(newValue),
		...recordedRows(change, subject, width),
	];
}

/** What a builder recorded of a step, where it is shown in another form. */
function recordedRows(
	{ field, name }: ConfigChange,
	subject: OpenedDifference,
	width: number,
): readonly DetailRow[] {
	if (field !== 'history' || name === null || stepTextOf(subject)(name) === name) return [];
	return [[], [span('recorded as', 'faint')], ...textRows(name, width)];
}
