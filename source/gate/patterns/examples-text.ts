import { formatBytes, formatCount } from '../../text/bytes.ts';
import { escapePath } from '../../text/escape.ts';
import { shorten } from '../../text/shorten.ts';
import { type Column, formatTable, type TableLayout } from '../../text/table.ts';
import type { Verdict } from '../judge.ts';
import type { Rule, Subject } from '../rule.ts';

/** For each pattern that breaks its limit some of what it matches, under a heading of its own. */
export function exampleSections(
	{ judgements }: Pick<Verdict, 'judgements'>,
	layout: TableLayout,
): string[][] {
	return judgements.flatMap(({ rule, findings }) =>
		findings.flatMap(({ where }) =>
			where.kind === 'pattern' && where.examples.length > 0 ? [exampleSection(rule, where, layout)] : [],
		),
	);
}

function exampleSection(
	{ key, syntax }: Rule,
	{ pattern, count, examples }: Extract<Subject, { kind: 'pattern' }>,
	layout: TableLayout,
): string[] {
	const hasBytes = examples.some(({ bytes }) => bytes !== null);
	const hasDetails = examples.some(({ detail }) => detail !== undefined);
	const columns: readonly Column[] = [
		...(hasBytes ? [{ align: 'right' } as const] : []),
		...(hasDetails ? [{}] : []),
		{ cut: 'middle' },
	];
	const rows = examples.map(({ name, bytes, detail = '' }) => [
		...(hasBytes ? [bytes === null ? '' : formatBytes(bytes)] : []),
		...(hasDetails ? [escapePath(shorten(detail))] : []),
		escapePath(shorten(name)),
	]);
	const heading = pattern === null ? key : `${key}: ${escapePath(shorten(pattern))}`;
	const which = syntax === 'budgets' ? 'the largest' : 'the first';
	const found = `${formatCount(count)} found${count > examples.length || syntax === 'budgets' ? `, ${which}` : ''}`;
	return [`${layout.paint('heading', heading)}  ${found}:`, ...formatTable(columns, rows, layout)];
}
