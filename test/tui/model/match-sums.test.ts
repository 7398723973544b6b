import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Comparison, kindAt } from '../../../source/filetree/comparison.ts';
import { ABSENT } from '../../../source/filetree/file-tree.ts';
import { amountsAt, type NodeAmounts, ownAmountsAt } from '../../../source/filetree/node-amounts.ts';
import { applyFilter } from '../../../source/tui/model/filter/filter.ts';
import type { Projection } from '../../../source/tui/model/rows/projection.ts';
import { Projector } from '../../../source/tui/model/rows/projector.ts';
import { LONE_MATCH, MATCH } from '../../../source/tui/model/rows/row-rules.ts';
import { arbitraryLayers } from '../../support/archives/arbitrary-layers.ts';
import { directory, file, whiteout } from '../../support/archives/tar-entry.ts';
import { explore, openLayers, type Scenario } from '../support/scenario.ts';

/** What the nodes that match carry at and below a node, added up one by one. */
function plainSum({ comparison, rules: { marks } }: Projection, node: number): NodeAmounts {
	const { parents, nodeCount } = comparison.tree;
	const total: NodeAmounts = { after: 0, before: 0, shipped: 0, lost: 0 };
	const isBelow = (each: number) => {
		let above = each;
		while (above > node) above = parents[above];
		return above === node;
	};
	const isFound = (each: number) => {
		let above = each;
		if (marks?.[each] === LONE_MATCH) return true;
		while (above > 0 && (marks?.[above] ?? 0) < MATCH) above = parents[above];
		return above > 0;
	};
	for (let each = 1; each < nodeCount; each++) {
		if (!isBelow(each) || !isFound(each)) continue;
		add(total, ownOf(comparison, each));
	}
	return total;
}

function ownOf(comparison: Comparison, node: number): NodeAmounts {
	const own: NodeAmounts = { after: 0, before: 0, shipped: 0, lost: 0 };
	ownAmountsAt(comparison, node, own);
	return own;
}

function add(total: NodeAmounts, more: NodeAmounts): void {
	for (const name of ['after', 'before', 'shipped', 'lost'] as const) total[name] += more[name];
}

describe('the sums while a filter is on', () => {
	test('are those of what matches, added up one by one, for every folder with a row', async (t) => {
		const filters = ['a', 'a/b', 'b', '~c$', '>1 kind:added', '!a', 'type:file', 'kind:removed'];
		const arbitrary = fc.tuple(arbitraryLayers, fc.constantFrom(...filters), fc.boolean(), fc.boolean());
		await fc.assert(
			fc.asyncProperty(arbitrary, async ([layers, filter, hideUnchanged, together]) => {
				const { tree } = await openLayers(...layers);
				const to = tree.layerCount;
				const projection = new Projector(tree).project({
					from: together ? 0 : Math.max(0, to - 1),
					to,
					order: 'change',
					isReversed: false,
					opening: 'changed',
					joins: false,
					isFlat: false,
					hideUnchanged,
					folds: new Map(),
					matches: applyFilter(tree, filter).matches,
				});
				const { sums, rules, comparison } = projection;
				for (let node = 0; node < tree.nodeCount; node++) {
					const mark = rules.marks?.[node] ?? 0;
					if (node > 0 && (mark === 0 || kindAt(comparison, node) === ABSENT)) continue;
					const shown: NodeAmounts = { after: 0, before: 0, shipped: 0, lost: 0 };
					amountsAt(sums, node, shown);
					const plain = plainSum(projection, node);
					const { before: _, ...expected } = plain;
					const { before: __, ...actual } = shown;
					t.assert.deepEqual(actual, expected);
				}
			}),
			{ numRuns: 40, seed: 15 },
		);
	});
});

describe('a filter', () => {
	const layers = [
		[
			directory('opt'),
			file('opt/large.bin', 'l'.repeat(90_000)),
			file('opt/note.txt', 'n'.repeat(100)),
			directory('srv'),
			file('srv/a.txt', 'a'.repeat(3000)),
			file('srv/b.txt', 'b'.repeat(2000)),
			file('srv/c.bin', 'c'.repeat(500)),
		],
		[whiteout('srv/a.txt'), file('srv/b.txt', 'b'.repeat(2500)), file('opt/note.txt', 'N'.repeat(50))],
	] as const;
	const rows = (scenario: Scenario) =>
		scenario.files().map((row) =>
			row
				.replace(/[│├└▾─]/g, '')
				.replace(/ +/g, ' ')
				.trim(),
		);

	test('shows of folders what matches below them, sorts by that, and says so', async (t) => {
		const image = await openLayers(...layers);
		const files = explore(image).press('enter', '/').type('.txt').press('enter');
		t.assert.deepEqual(
			rows(files).map((row) => row.replace(/ (?:[█▏▎▍▌▋▊▉]+ )?[d-][-rwx]{9} 0:0/, '')),
			[
				'A 5 kB 5 kB srv/',
				'❯A 3 kB 3 kB a.txt',
				'A 2 kB 2 kB b.txt',
				'A 100 B 100 B opt/',
				'A 100 B 100 B note.txt',
			],
		);
		t.assert.match(files.title(), /filter \.txt · sums of the 3 here/);
		const top = files.press('g');
		t.assert.match(top.left().join(' '), /of what matches: ships 5 kB, takes away 0 B, 5 kB/);
	});

	test('counts what was lost below a folder the same way', async (t) => {
		const image = await openLayers(...layers);
		const files = explore(image).press('j', 'enter', '/').type('a.txt').press('enter');
		t.assert.match(rows(files)[0], /^· 3 kB 0 B .*srv\/$/);
	});
});
