import type { FileTree } from '../source/filetree/file-tree.ts';
import { MatchList } from '../source/filter/match-list.ts';
import { matchPattern, type PatternSearch } from '../source/filter/match-pattern.ts';
import { matchText } from '../source/filter/match-text.ts';
import { parsePattern } from '../source/filter/pattern/parse-pattern.ts';
import type { Pattern } from '../source/filter/pattern/pattern.ts';
import { requiredText } from '../source/filter/pattern/required-text.ts';
import { type SearchableNames, searchableNames } from '../source/filter/searchable-names.ts';
import { loadImage } from '../test/support/load-image.ts';
import { syntheticArchive } from './synthetic/synthetic-archive.ts';

// `node --import tsx bench/patterns.ts [ARCHIVE]` compares the pattern engine of the filter with RegExp and, after
// `npm install --no-save re2js`, with RE2JS. Each pattern is typed letter by letter; the table shows the slowest letter.

const ROUNDS = 3;

/** Patterns like `(.*)*(.*)*x`, for which RegExp takes longer than anyone waits, are left out. */
const patterns = [
	'index|token',
	'zone.*js$',
	'\\d+\\.js',
	'\\.so(\\.\\d+)*$',
	'^/usr/lib',
	'^/usr/.*\\.js$',
	'[a-m]*-[0-9]+x',
	'[0-9a-f]{8}',
	'\\w+\\s\\w+',
	'é|ü|日',
	'Read[Mm]e',
	'\\.(pyc?|js)$',
	'(.*)/(.*)-(.*)$',
	'[^a-z0-9]$',
	'^.{60}',
	'(a+)+$',
];

/** What each engine makes of a search: the topmost nodes that match. */
type Engine = (tree: FileTree, search: PatternSearch & { readonly source: string }) => Int32Array;

interface Expression {
	test(text: string): boolean;
}

const [, , archive = syntheticArchive(1_000_000)] = process.argv;
const { tree } = await loadImage(archive, {});
const texts = new Map(
	[true, false].map((anyCase) => [anyCase, decodeAll(searchableNames(tree.names, anyCase))]),
);
const engines = await findEngines();
console.log(`${tree.nodeCount - 1} paths with ${texts.get(false)?.length} distinct names\n`);
console.log(
	`| pattern | matches | ${Object.keys(engines).join(' | ')} |\n|---|---|${'---|'.repeat(Object.keys(engines).length)}`,
);
for (const source of patterns) {
	const cells = Object.values(engines).map((engine) => typePattern(engine, source));
	if (new Set(cells.map(({ matches }) => matches)).size > 1)
		throw new Error(`${source} has different matches`);
	const times = cells.map(({ slowest }) => `${slowest.toFixed(0)} ms`);
	console.log(`| \`${source.replaceAll('|', '\\|')}\` | ${cells[0].matches} | ${times.join(' | ')} |`);
}

async function findEngines(): Promise<Readonly<Record<string, Engine>>> {
	const here: Readonly<Record<string, Engine>> = {
		fathom: matchPattern,
		RegExp: (at, search) => matchExpression(at, search, new RegExp(search.source)),
	};
	const name: string = 're2js';
	const re2 = await import(name).catch(() => null);
	if (re2 === null) return here;
	const compile = (source: string): Expression => re2.RE2JS.compile(re2.RE2JS.translateRegExp(source));
	return { ...here, RE2JS: (at, search) => matchExpression(at, search, compile(search.source)) };
}

/** Milliseconds of processor time for the slowest letter, as a mean over the rounds, of which the first one is left out. */
function typePattern(engine: Engine, source: string): { readonly slowest: number; readonly matches: number } {
	const sums = Array.from({ length: source.length }, () => 0);
	let matches = 0;
	for (let round = 0; round <= ROUNDS; round++) {
		const found = new Map<string, ReturnType<typeof matchText>>();
		for (let letter = 0; letter < source.length; letter++) {
			const start = processorMilliseconds();
			matches = search(engine, source.slice(0, letter + 1), found);
			if (round > 0) sums[letter] += processorMilliseconds() - start;
		}
	}
	return { slowest: Math.max(...sums) / ROUNDS, matches };
}

/** As the filter does it: the pattern is tried only where a text was found that it requires. */
function search(engine: Engine, source: string, found: Map<string, ReturnType<typeof matchText>>): number {
	const pattern = parsedOrNull(source);
	if (pattern === null) return 0;
	const needle = requiredText(pattern)?.toLowerCase() ?? null;
	if (needle !== null && !found.has(needle)) {
		const beginnings = Array.from(needle, (_, length) => needle.slice(0, length)).reverse();
		const beginning = beginnings.find((each) => found.has(each));
		const within = beginning === undefined ? null : (found.get(beginning) ?? null);
		found.set(needle, matchText(tree, { needle, within }));
	}
	const within = needle === null ? null : (found.get(needle)?.nodes ?? null);
	const literal = source.replace(/\\./gu, '');
	return engine(tree, { source, pattern, anyCase: literal === literal.toLowerCase(), within }).length;
}

function parsedOrNull(source: string): Pattern | null {
	try {
		return parsePattern(source);
	} catch {
		return null;
	}
}

/** With an engine that matches whole texts: distinct names where a match cannot go beyond one, else the path of each node. */
function matchExpression(
	{ parents, subtreeEnds, nodeCount, names }: FileTree,
	{ pattern, anyCase, within }: PatternSearch,
	expression: Expression,
): Int32Array {
	const { numbers } = searchableNames(names, anyCase);
	const nameTexts = texts.get(anyCase) ?? [];
	const folders = new Map([[0, '/']]);
	const folderOf = (node: number): string => {
		const known = folders.get(node) ?? `${folderOf(parents[node])}${nameTexts[numbers[node]]}/`;
		folders.set(node, known);
		return known;
	};
	const results = new Int8Array(nameTexts.length);
	const matchesName = (node: number): boolean => {
		const name = numbers[node];
		if (results[name] === 0) results[name] = expression.test(nameTexts[name]) ? 1 : -1;
		return results[name] === 1;
	};
	const matchesPath = (node: number) =>
		expression.test(`${folderOf(parents[node])}${nameTexts[numbers[node]]}`);
	const matches = mayCrossNames(pattern) ? matchesPath : matchesName;
	const list = new MatchList();
	for (const root of within ?? [1]) {
		const end = within === null ? nodeCount : subtreeEnds[root];
		for (let node = root; node < end; ) {
			const isMatch = matches(node);
			if (isMatch) list.add(node);
			node = isMatch ? subtreeEnds[node] : node + 1;
		}
	}
	return list.take();
}

/** Whether the pattern can match a slash or the start of the path. */
function mayCrossNames(pattern: Pattern): boolean {
	switch (pattern.kind) {
		case 'set':
			return pattern.ranges.some(([first, last]) => first <= 0x2f && last >= 0x2f);
		case 'sequence':
			return pattern.parts.some(mayCrossNames);
		case 'choice':
			return pattern.options.some(mayCrossNames);
		case 'repeat':
			return mayCrossNames(pattern.part);
		default:
			return pattern.kind === 'start';
	}
}

function decodeAll({ bytes, ends }: SearchableNames): readonly string[] {
	const decoder = new TextDecoder();
	return Array.from(ends, (end, name) =>
		decoder.decode(bytes.subarray(name === 0 ? 0 : ends[name - 1], end)),
	);
}

/** Of this thread. Other programs on the machine disturb it less than the time that passes. */
function processorMilliseconds(): number {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1000;
}
