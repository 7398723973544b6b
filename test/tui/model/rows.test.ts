import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Comparison, changeAt, kindAt } from '../../../source/filetree/comparison.ts';
import { type FileTree, METADATA, UNCHANGED } from '../../../source/filetree/file-tree.ts';
import { kindOfEntry } from '../../../source/filetree/links.ts';
import { bytesAt } from '../../../source/filetree/node-amounts.ts';
import { pathOf } from '../../../source/filetree/paths.ts';
import { DIRECTORY } from '../../../source/tar/changeset.ts';
import { applyFilter } from '../../../source/tui/model/filter/filter.ts';
import { sizeBy } from '../../../source/tui/model/rows/child-order.ts';
import { type Folds, withFold } from '../../../source/tui/model/rows/folds.ts';
import { exactNodes, type NodeTest, narrowed } from '../../../source/tui/model/rows/matches.ts';
import type { Projection } from '../../../source/tui/model/rows/projection.ts';
import { Projector } from '../../../source/tui/model/rows/projector.ts';
import { isOpen, isShown, MATCH } from '../../../source/tui/model/rows/row-rules.ts';
import { rowNumberOf, rowsAt } from '../../../source/tui/model/rows/row-window.ts';
import { arbitraryLayers } from '../../support/archives/arbitrary-layers.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { openLayers } from '../support/scenario.ts';

const plainTree = { opening: 'changed', joins: false, isFlat: false } as const;

/** All rows, worked out the simple way: by walking down from the root. */
function plainRows({ rules, comparison, index }: Projection, directory = 0, inMatch = false): number[] {
	const rows: number[] = [];
	for (const child of shownIn({ rules, comparison, index }, directory, inMatch)) {
		const isMatch = inMatch || (rules.marks?.[child] ?? 0) >= MATCH;
		const projection = { rules, comparison, sums: comparison, index, rowCount: 0, matchCount: null };
		const below = isOpen(rules, child) ? plainRows(projection, child, isMatch) : [];
		const shown = isOpen(rules, child) ? shownIn(projection, child, isMatch) : [];
		const isAlone = shown.length === 1 && rules.joins && !isMatch;
		const isJoined = isAlone && kindAt(comparison, child) === UNCHANGED && isDirectory(comparison, shown[0]);
		if (!isJoined) rows.push(child);
		rows.push(...below);
	}
	return rows;
}

function shownIn(
	{ rules, comparison, index }: Pick<Projection, 'rules' | 'comparison' | 'index'>,
	directory: number,
	inMatch: boolean,
): readonly number[] {
	const { parents } = comparison.tree;
	const shown: number[] = [];
	const next = index.order.children(directory);
	for (let child = next(); child !== -1; child = next()) {
		if (parents[child] !== directory) throw new Error('no child');
		if (isShown(rules, child, inMatch)) shown.push(child);
	}
	return shown;
}

function isDirectory(comparison: Comparison, node: number): boolean {
	return (
		kindOfEntry(comparison.tree, changeAt(comparison, node)) === DIRECTORY ||
		comparison.tree.subtreeEnds[node] > node + 1
	);
}

describe('the rows of the file tree', () => {
	test('are those of a plain walk, whatever is folded, filtered, hidden and sorted', async () => {
		await fc.assert(
			fc.asyncProperty(arbitraryLayers, choices, async (layers, choice) => {
				const { tree } = await openLayers(...layers);
				const projector = new Projector(tree);
				for (const { layer, together, folds, filter, ...chosen } of choice) {
					const to = Math.min(layer + 1, tree.layerCount);
					const projection = projector.project({
						from: together ? 0 : Math.max(0, to - 1),
						to,
						...chosen,
						isFlat: false,
						folds: foldsOf(folds, tree.nodeCount),
						matches: applyFilter(tree, filter).matches,
					});
					checkRows(projection);
				}
			}),
			{ numRuns: 60, seed: 11 },
		);
	});
});

describe('matches that only a test can tell', () => {
	const isLarge: NodeTest = (comparison, node) => bytesAt(comparison, node) > 2;

	test('have the same rows when all nodes are candidates as when those are that pass the test', async () => {
		await fc.assert(
			fc.asyncProperty(arbitraryLayers, fc.boolean(), async (layers, hideUnchanged) => {
				const { tree } = await openLayers(...layers);
				const to = tree.layerCount;
				const key = {
					from: Math.max(0, to - 1),
					to,
					order: 'name',
					isReversed: false,
					...plainTree,
					hideUnchanged,
					folds: new Map(),
				} as const;
				const tested = new Projector(tree).project({ ...key, matches: { candidates: null, test: isLarge } });
				checkRows(tested);
				const { comparison } = tested;
				const large = Array.from({ length: tree.nodeCount }, (_, node) => node).filter((node) =>
					isLarge(comparison, node),
				);
				const listed = { candidates: Int32Array.from(large), test: () => true };
				equal(rowsOf(new Projector(tree).project({ ...key, matches: listed })), rowsOf(tested));
			}),
			{ numRuns: 60, seed: 13 },
		);
	});

	test('narrow down what a text finds', async (t) => {
		const { tree } = await openLayers([file('lib/one', '1'), file('lib/three', '333'), file('three', '333')]);
		const { matches } = applyFilter(tree, 'lib/');
		if (matches === null) throw new Error('no matches');
		const key = {
			from: 0,
			to: 1,
			order: 'name',
			isReversed: false,
			...plainTree,
			hideUnchanged: false,
			folds: new Map(),
		} as const;
		const { index } = new Projector(tree).project({ ...key, matches: narrowed(matches, isLarge) });
		t.assert.deepEqual(
			rowsAt(index, 0, 9).map(({ node }) => pathOf(tree, node)),
			['lib', 'lib/three'],
		);
	});
});

describe('a flat list', () => {
	test('has every path that changed, the largest first', async () => {
		await fc.assert(
			fc.asyncProperty(
				arbitraryLayers,
				fc.boolean(),
				fc.constantFrom('', 'a', 'b/a'),
				async (layers, hideUnchanged, filter) => {
					const { tree } = await openLayers(...layers);
					const to = tree.layerCount;
					const { comparison, rules, index, rowCount } = new Projector(tree).project({
						from: Math.max(0, to - 1),
						to,
						order: 'change',
						isReversed: false,
						...plainTree,
						isFlat: true,
						hideUnchanged,
						folds: new Map(),
						matches: applyFilter(tree, filter).matches,
					});
					const rows = rowsAt(index, 0, rowCount).map(({ node }) => node);
					const sizes = rows.map((node) => sizeBy(comparison, 'change', node));
					equal(sizes.join(), sizes.toSorted((left, right) => right - left).join());
					const kinds = (node: number) =>
						hideUnchanged ? kindAt(comparison, node) > UNCHANGED : kindAt(comparison, node) > 0;
					const isMatch = (node: number) => filter === '' || `/${pathOf(tree, node)}`.includes(filter);
					const expected = Array.from({ length: tree.nodeCount - 1 }, (_, index) => index + 1).filter(
						(node) =>
							kinds(node) &&
							isMatch(node) &&
							(kindAt(comparison, node) === METADATA || !isPlainDirectory(comparison, node)),
					);
					equal(rows.toSorted((left, right) => left - right).join(), expected.join());
					equal(rows.map((node) => rowNumberOf(index, node)).join(), rows.map((_, number) => number).join());
					equal(rules.hideUnchanged, hideUnchanged);
				},
			),
			{ numRuns: 60, seed: 14 },
		);
	});
});

function isPlainDirectory(comparison: Comparison, node: number): boolean {
	return kindOfEntry(comparison.tree, changeAt(comparison, node)) === DIRECTORY;
}

describe('opening and closing directories', () => {
	test('leads to the same rows in whatever order they are opened and closed', async () => {
		const steps = fc.array(fc.tuple(fc.nat(), fc.constantFrom('open', 'closed'), fc.boolean()), {
			maxLength: 9,
		});
		await fc.assert(
			fc.asyncProperty(
				arbitraryLayers,
				fc.boolean(),
				fc.boolean(),
				steps,
				async (layers, hideUnchanged, joins, choice) => {
					const { tree } = await openLayers(...layers);
					const projector = new Projector(tree);
					let folds: Folds = new Map();
					for (const [node, fold, together] of choice) {
						folds = withFold(folds, node % tree.nodeCount, fold);
						const to = tree.layerCount;
						const from = together ? 0 : Math.max(0, to - 1);
						checkRows(
							projector.project({
								from,
								to,
								order: 'name',
								isReversed: false,
								...plainTree,
								joins,
								hideUnchanged,
								folds,
								matches: null,
							}),
						);
					}
				},
			),
			{ numRuns: 150, seed: 12 },
		);
	});
});

const choices = fc.array(
	fc.record({
		layer: fc.nat(4),
		together: fc.boolean(),
		order: fc.constantFrom('name', 'size', 'change'),
		opening: fc.constantFrom('changed', 'changed', 'all', 'none'),
		joins: fc.boolean(),
		isReversed: fc.boolean(),
		hideUnchanged: fc.boolean(),
		folds: fc.array(fc.tuple(fc.nat(), fc.constantFrom('open', 'closed')), { maxLength: 5 }),
		filter: fc.constantFrom('', '', 'a', 'b', 'a/b', '~^/.$', 'nothing'),
	}),
	{ minLength: 3, maxLength: 8 },
);

function foldsOf(folds: readonly (readonly [number, 'open' | 'closed'])[], nodeCount: number): Folds {
	return new Map(folds.map(([node, fold]) => [node % nodeCount, fold]));
}

function rowsOf({ index, rowCount }: Projection): string {
	return rowsAt(index, 0, rowCount)
		.map(({ node }) => node)
		.join();
}

function checkRows(projection: Projection): void {
	const expected = plainRows(projection);
	const { index, rowCount } = projection;
	equal(rowCount, expected.length);
	equal(
		rowsAt(index, 0, rowCount + 5)
			.map(({ node }) => node)
			.join(),
		expected.join(),
	);
	const middle = Math.floor(rowCount / 2);
	equal(
		rowsAt(index, middle, 3)
			.map(({ node }) => node)
			.join(),
		expected.slice(middle, middle + 3).join(),
	);
	equal(expected.map((node) => rowNumberOf(index, node)).join(), expected.map((_, number) => number).join());
}

function equal<T>(actual: T, expected: T): void {
	if (actual !== expected) throw new Error(`expected ${expected}, got ${actual}`);
}

describe('a filter', () => {
	test('finds matches far apart and side by side', async (t) => {
		const names = Array.from({ length: 3000 }, (_, index) => {
			const isMatch = index > 2000 || index % 97 === 0;
			return `${String(index).padStart(4, '0')}-${isMatch ? 'needle' : 'nee-dle-and-hay'}`;
		});
		const { tree } = await openLayers(names.map((name) => file(name)));
		const found = [...matchingNodes(tree, 'needle')].map((node) => pathOf(tree, node));
		t.assert.deepEqual(
			found,
			names.filter((name) => name.includes('needle')),
		);
	});

	test('finds what a search in every path finds, and lists no match below another', async () => {
		const needles = fc.oneof(
			fc.constantFrom('a', 'b', 'ab', 'a/b', '/a', 'a-/b', 'b/', '/', 'x', 'é', '.'),
			fc.string({ minLength: 1, maxLength: 3 }),
		);
		await fc.assert(
			fc.asyncProperty(arbitraryLayers, needles, async (layers, needle) => {
				// What is a pattern or has several terms is no text.
				if (/^[~!<>]|[\s"]/.test(needle)) return;
				const { tree } = await openLayers(...layers);
				const anyCase = needle === needle.toLowerCase();
				// Typed character by character: each find is looked for within the one before.
				for (let length = 1; length < needle.length; length++) applyFilter(tree, needle.slice(0, length));
				checkMatches(tree, needle, (path) => (anyCase ? path.toLowerCase() : path).includes(needle));
			}),
			{ numRuns: 150, seed: 3 },
		);
	});

	test('that is a regular expression finds what JavaScript finds in every path', async () => {
		const patterns = [
			'a',
			'a/b',
			'^/a',
			'a$',
			'^/[ab]/.*c',
			'(a|b)/c',
			'a+/b?',
			'a-.*b$',
			'[^a]/',
			'(a/)+b',
			'/a\\./',
			'.',
		];
		await fc.assert(
			fc.asyncProperty(arbitraryLayers, fc.shuffledSubarray(patterns), async (layers, sources) => {
				const { tree } = await openLayers(...layers);
				for (const source of sources) {
					const pattern = new RegExp(source, 'u');
					checkMatches(tree, `~${source}`, (path) => pattern.test(path));
				}
			}),
			{ numRuns: 100, seed: 5 },
		);
	});

	test('does not take what it found for a text for what a pattern finds', async (t) => {
		const { tree } = await openLayers([file('~ab'), file('xab')]);
		t.assert.equal(matchingNodes(tree, '~~ab').length, 1);
		t.assert.equal(matchingNodes(tree, '~ab').length, 2);
	});
});

/** Checks a filter against a plain search in the paths: of nodes below each other the topmost match is listed. */
function checkMatches(tree: FileTree, filter: string, matches: (path: string) => boolean): void {
	const found = new Set(matchingNodes(tree, filter));
	let skipTo = 1;
	for (let node = 1; node < tree.nodeCount; node++) {
		const expected = node >= skipTo && matches(`/${pathOf(tree, node)}`);
		equal(found.has(node), expected);
		if (expected) skipTo = tree.subtreeEnds[node];
	}
}

function matchingNodes(tree: FileTree, filter: string): Int32Array {
	const { matches } = applyFilter(tree, filter);
	return (matches === null ? null : exactNodes(matches)) ?? new Int32Array(0);
}
