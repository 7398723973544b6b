import type { ConfigChange, ConfigValue } from '../../../../../diff/compare-config.ts';
import { configNames } from '../../../../../diff/config-names.ts';
import { escapeForTerminal } from '../../../../../text/escape.ts';
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
			{ name: 'old', cellOf: ({ oldValue }) => (oldValue === null ? null : safeText(textOf(oldValue))) },
			{ name: 'new', cellOf: ({ newValue }) => (newValue === null ? null : safeText(textOf(newValue))) },
		],
	},
	command: ['diff', '--only', 'config'],
	spoken: { needs: [], row: spokenChange },
});

function nameOf(change: ConfigChange): string {
	return nameParts(change).join(' ');
}

/** The field, and the name of its entry where it has several. */
function nameParts({ field, name }: ConfigChange): readonly [string, ...string[]] {
	// An instruction is its own value.
	if (name === null || field === 'history') return [configNames[field]];
	return [configNames[field], escapeForTerminal(name.slice(0, MAXIMUM_SHOWN))];
}

function configTexts(change: ConfigChange): readonly string[] {
	const { field, name, oldValue, newValue } = change;
	const values = [oldValue, newValue].flatMap((value) => (value === null ? [] : [textOf(value)]));
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

function configRow(change: ConfigChange, _: unknown, width: number): readonly Span[] {
	const { letter, style } = markOf(change);
	const [field, ...name] = nameParts(change);
	const room = nameWidth(width) - field.length;
	// Names such as those of labels begin alike.
	const shownName = name.map((part) => ` ${cutText(part, room - 1, 'start')}`).join('');
	return [
		span(`${letter} `, style),
		span(padEnd(field + shownName, nameWidth(width)), style),
		span(` ${shownValue(change.oldValue)} → ${shownValue(change.newValue)}`),
	];
}

function spokenChange(change: ConfigChange): string {
	const { oldValue, newValue } = change;
	if (oldValue === null) return `set: ${nameOf(change)}, ${shownValue(newValue)}`;
	if (newValue === null) return `no longer set: ${nameOf(change)}, which was ${shownValue(oldValue)}`;
	return `changed: ${nameOf(change)}, from ${shownValue(oldValue)} to ${shownValue(newValue)}`;
}

/** The start of a value in one line. */
function shownValue(value: ConfigValue | null): string {
	if (value === null) return '-';
	const text = escapeForTerminal(textOf(value).slice(0, MAXIMUM_SHOWN));
	return text === '' ? '""' : text;
}

/** The words of a command as a Dockerfile has them in exec form. */
function textOf(value: ConfigValue): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

function configDetails(change: ConfigChange, _: unknown, width: number): readonly DetailRow[] {
	const { name, oldValue, newValue } = change;
	return [
		...(name === null || change.field === 'history' ? [] : [...textRows(name, width), []]),
		[span('old', 'faint')],
		...valueRows(oldValue, width),
		[],
		[span('new', 'faint')],
		...valueRows(newValue, width),
	];
}

function valueRows(value: ConfigValue | null, width: number): readonly DetailRow[] {
	if (value === null) return [[span('not set', 'faint')]];
	if (value.length === 0) return [[span('empty', 'faint')]];
	return textRows(textOf(value), width);
}
