import { formatBytes, formatCount, formatExactBytes, formatPercent } from '../text/bytes.ts';
import { escapeForTerminal, escapePath } from '../text/escape.ts';
import type { Paint, Tone } from '../text/paint.ts';
import { shorten } from '../text/shorten.ts';
import { type Cell, type Column, formatTable, type TableLayout } from '../text/table.ts';
import type { Judgement, Outcome, Verdict } from './judge.ts';
import type { LimitUnit, Measured, Rule, Subject } from './rule.ts';

const columns: readonly Column[] = [
	{ header: 'rule' },
	{ header: 'value', align: 'right' },
	{ header: 'limit', align: 'right' },
	{ header: 'verdict' },
];
const reasonColumn: Column = { header: 'reason', cut: 'end' };

/**
 * Lines of the table of rule, value, limit and verdict, with a column for reasons where any is given: one for each finding, or one for what
 * holds or is off.
 */
export function formatResults({ judgements }: Pick<Verdict, 'judgements'>, layout: TableLayout): string[] {
	const hasReasons = judgements.some(({ reason }) => reason !== null);
	const rows = judgements.flatMap((judgement) =>
		resultRows(judgement).map((row) => (hasReasons ? [...row, reasonCell(judgement)] : row)),
	);
	return formatTable(hasReasons ? [...columns, reasonColumn] : columns, rows, layout);
}

/** Why rules do not judge, one line a reason. */
export function formatObstacles(
	{ judgements }: Pick<Verdict, 'judgements'>,
	{ paint }: Pick<TableLayout, 'paint'>,
): string[] {
	const keys = new Map<string, Set<string>>();
	for (const { rule, outcome, measured } of judgements) {
		if (outcome !== 'not-judged' || measured.obstacle === undefined) continue;
		const known = keys.get(measured.obstacle);
		if (known === undefined) keys.set(measured.obstacle, new Set([rule.key]));
		else known.add(rule.key);
	}
	return [...keys].map(
		([obstacle, found]) =>
			`${paint('warning', 'warning:')} ${[...found].join(', ')} ${found.size === 1 ? 'is' : 'are'} not judged: ${obstacle}.`,
	);
}

/** What rules do not count, one line a rule: their figures are not those of the whole image. */
export function formatIgnored(
	{ judgements }: Pick<Verdict, 'judgements'>,
	{ paint }: Pick<TableLayout, 'paint'>,
): string[] {
	const rules = new Map(
		judgements
			.filter(({ ignore, outcome }) => ignore.length > 0 && outcome !== 'off' && outcome !== 'not-judged')
			.map(({ rule, ignore }) => [rule.key, ignore]),
	);
	return [...rules].map(
		([key, ignore]) => `${paint('faint', 'notice:')} ${key} does not count ${listGlobs(ignore)}.`,
	);
}

const MOST_GLOBS = 5;

function listGlobs(globs: readonly string[]): string {
	const shown = globs.slice(0, MOST_GLOBS).map((glob) => escapeForTerminal(shorten(glob)));
	const rest = globs.length - shown.length;
	return `${shown.join(', ')}${rest === 0 ? '' : ` and ${rest} more`}`;
}

/** The verdict in one line, which is the last that `fathom ci` prints. */
export function formatConclusion({ passed, judgements }: Verdict, paint: Paint): string {
	const keys = keysByOutcome(judgements);
	const remarks = [
		...(keys.warn.length > 0 ? [` Warnings: ${keys.warn.join(', ')}.`] : []),
		...(keys['not-judged'].length > 0 ? [` Not judged: ${keys['not-judged'].join(', ')}.`] : []),
	].join('');
	if (!passed) return paint('bad', `FAIL: ${keys.fail.join(', ')}.${remarks}`);
	const holding = keys.pass.length;
	if (holding === 0)
		return paint('warning', remarks === '' ? 'PASS: every rule is off.' : `PASS: no rule fails.${remarks}`);
	const tone = remarks === '' ? 'good' : 'warning';
	return paint(tone, `PASS: ${holding === 1 ? '1 rule holds' : `${holding} rules hold`}.${remarks}`);
}

/** From the worst to the best. */
const outcomes: readonly Outcome[] = ['fail', 'warn', 'not-judged', 'pass', 'off'];

/** Each rule once, by the worst outcome of what it measures. */
function keysByOutcome(judgements: readonly Judgement[]): Readonly<Record<Outcome, readonly string[]>> {
	const worst = new Map<string, number>();
	for (const { rule, outcome } of judgements) {
		const rank = outcomes.indexOf(outcome);
		worst.set(rule.key, Math.min(rank, worst.get(rule.key) ?? rank));
	}
	const keysOf = (wanted: number) => [...worst].flatMap(([key, rank]) => (rank === wanted ? [key] : []));
	const entries = outcomes.map((outcome, rank) => [outcome, keysOf(rank)] as const);
	return Object.fromEntries(entries) as Record<Outcome, string[]>;
}

const verdictCells: Readonly<Record<Outcome, { readonly text: string; readonly tone: Tone }>> = {
	pass: { text: 'pass', tone: 'good' },
	warn: { text: 'warn', tone: 'warning' },
	'not-judged': { text: 'not judged', tone: 'warning' },
	fail: { text: 'FAIL', tone: 'bad' },
	off: { text: 'off', tone: 'faint' },
};

function resultRows({ rule, measure, measured, limit, findings, outcome }: Judgement): Cell[][] {
	const key = keyOf(rule, measure);
	if (findings.length === 0)
		return [
			[key, ...valueCells({ unit: measure.unit, bound: rule.bound }, measured, limit), verdictCells[outcome]],
		];
	return findings.map(({ where, unit, value, limit: broken, level }) => [
		`${key}${formatSubject(where, measure)}`,
		...valueCells({ unit, bound: rule.bound }, { ...measured, value }, broken),
		verdictCells[level],
	]);
}

function keyOf({ key, syntax }: Rule, { name, pattern }: Judgement['measure']): string {
	if (pattern !== undefined) return `${key}: ${escapeForTerminal(shorten(pattern))}`;
	return name === null || syntax !== 'sizes' ? key : `${key}: ${name}`;
}

function reasonCell({ reason }: Judgement): Cell {
	return reason === null ? '' : escapeForTerminal(shorten(reason));
}

/** What a finding is about, behind the key of its rule. The image as a whole needs no word. */
function formatSubject(where: Subject, { pattern }: Judgement['measure']): string {
	switch (where.kind) {
		case 'image':
			return '';
		case 'pattern':
			return where.pattern === null || where.pattern === pattern ? '' : `: ${where.pattern}`;
		case 'layer':
			return `: layer ${where.layerIndex + 1}`;
		case 'path':
			return `: /${escapePath(shorten(where.path))}`;
		case 'finding':
			return `: ${where.code}${where.layerIndex === null ? '' : ` in layer ${where.layerIndex + 1}`}`;
	}
}

interface Shown {
	readonly unit: LimitUnit;
	readonly bound: Rule['bound'];
}

function valueCells(
	{ unit, bound }: Shown,
	{ value, mark }: Measured,
	limit: number | null,
): [string, string] {
	const all = formats[unit];
	// A limit is a figure that the user wrote, and `<= <0.1 %` tells them nothing.
	const choices = all.filter((format) => limit === null || !format(limit).startsWith('<'));
	// Two different figures that round to the same text are shown exactly, so that the reader sees the difference.
	const differs = (format: Format) => value === null || limit === null || format(value) !== format(limit);
	const format = (value === limit ? choices[0] : choices.find(differs)) ?? all[0];
	const marked = (text: string) => (mark === undefined ? text : `${text} ${mark}`);
	return [
		value === null ? 'not known' : marked(format(value)),
		limit === null ? '-' : `${bound === 'lowest' ? '>=' : '<='} ${format(limit)}`,
	];
}

type Format = (value: number) => string;

const percentages: readonly Format[] = [
	formatShare,
	(ratio) => exactShare(ratio, Number((ratio * 100).toPrecision(12))),
	(ratio) => exactShare(ratio, ratio * 100),
];

/** From the roundest to the most exact. */
const formats: Readonly<Record<LimitUnit, readonly Format[]>> = {
	bytes: [formatBytes, formatExactBytes],
	ratio: percentages,
	percent: percentages,
	points: [formatPoints, (points) => countPoints(plainNumber(points))],
	count: [formatCount],
};

/** What grows from nothing has no percentage. */
const FROM_NOTHING = 'from 0 B';

function exactShare(ratio: number, percent: number): string {
	return ratio === Number.POSITIVE_INFINITY ? FROM_NOTHING : `${plainNumber(percent)} %`;
}

/** Without an exponent, as the user writes it. */
function plainNumber(value: number): string {
	const text = String(value);
	return text.includes('e-') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}

function formatShare(ratio: number): string {
	if (ratio === Number.POSITIVE_INFINITY) return FROM_NOTHING;
	return ratio < 0 ? `-${formatPercent(-ratio)}` : formatPercent(ratio);
}

function formatPoints(points: number): string {
	const share = formatShare(points / 100)
		.replace(/ %$/, '')
		.replace(/\.0$/, '');
	return countPoints(share);
}

function countPoints(count: string): string {
	return `${count} ${count === '1' ? 'point' : 'points'}`;
}
