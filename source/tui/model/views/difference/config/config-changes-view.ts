import type { ConfigChange, ConfigField, ConfigValue } from '../../../../../diff/compare-config.ts';
import { escapeForTerminal } from '../../../../../text/escape.ts';
import { cutText } from '../../../../../text/width.ts';
import { padEnd } from '../../../cells.ts';
import { type Span, type StyleName, span } from '../../../line.ts';
import { clamp } from '../../../list-window.ts';
import { type DetailRow, textRows } from '../detail-rows.ts';
import { listView } from '../list-view.ts';

const MINIMUM_NAME = 24;
const MAXIMUM_NAME = 48;
/** More of a value than a row can show. */
const MAXIMUM_SHOWN = 400;

/** What differs in the configs: each change with its old and its new value. */
export const configChangesView = listView<ConfigChange, 'config' | 'config value'>({
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
	items: ({ config }) => config,
	head: (_, width) => `${padEnd(' field', nameWidth(width) + 2)}old → new`,
	facts: () => '',
	row: configRow,
	nameOf,
	details: configDetails,
	empty: 'The configs do not differ.',
});

/** The names of the fields as an image's author knows them (Dockerfile instructions). */
const fieldNames: Readonly<Record<ConfigField, string>> = {
	platform: 'platform',
	created: 'created',
	author: 'author',
	user: 'user',
	workingDir: 'workdir',
	entrypoint: 'entrypoint',
	cmd: 'cmd',
	env: 'env',
	exposedPorts: 'port',
	volumes: 'volume',
	labels: 'label',
	stopSignal: 'stop signal',
	healthcheck: 'health check',
	shell: 'shell',
	onBuild: 'onbuild',
	history: 'instruction',
};

function nameOf(change: ConfigChange): string {
	return nameParts(change).join(' ');
}

/** The field, and the name of its entry where it has several. */
function nameParts({ field, name }: ConfigChange): readonly [string, ...string[]] {
	// An instruction is its own value.
	if (name === null || field === 'history') return [fieldNames[field]];
	return [fieldNames[field], escapeForTerminal(name.slice(0, MAXIMUM_SHOWN))];
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
