import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { dominatorsOf } from '../../../source/analysis/packages/dominators.ts';
import { finish } from '../../../source/steps.ts';

type Graph = readonly (readonly number[])[];

function dominators(pointsTo: Graph): readonly number[] {
	return [...finish(dominatorsOf(pointsTo, reverse(pointsTo)))];
}

function reverse(graph: Graph): Graph {
	return graph.map((_, node) => [...graph.keys()].filter((from) => graph[from].includes(node)));
}

/** By the definition: one node dominates another when without it nothing leads there any more. Roots are found as the docstring has it. */
function naive(pointsTo: Graph): readonly number[] {
	const roots = rootsOf(pointsTo);
	const all = reachable(pointsTo, roots, -1);
	assert.equal(all.size, pointsTo.length);
	const without = pointsTo.map((_, node) => reachable(pointsTo, roots, node));
	const strict = pointsTo.map((_, node) =>
		[...pointsTo.keys()].filter((other) => other !== node && !without[other].has(node)),
	);
	// The nearest of them is the one that all others dominate.
	return strict.map((own) => own.find((one) => strict[one].length === own.length - 1) ?? -1);
}

function rootsOf(pointsTo: Graph): readonly number[] {
	const pointedTo = reverse(pointsTo);
	const roots = [...pointsTo.keys()].filter((node) => pointedTo[node].length === 0);
	for (const node of pointsTo.keys()) if (!reachable(pointsTo, roots, -1).has(node)) roots.push(node);
	return roots;
}

function reachable(pointsTo: Graph, roots: readonly number[], without: number): ReadonlySet<number> {
	const seen = new Set<number>();
	const stack = roots.filter((root) => root !== without);
	for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
		if (seen.has(node)) continue;
		seen.add(node);
		for (const next of pointsTo[node]) if (next !== without) stack.push(next);
	}
	return seen;
}

const graphs: fc.Arbitrary<Graph> = fc.integer({ min: 0, max: 9 }).chain((count) => {
	const node = fc.nat({ max: Math.max(0, count - 1) });
	return fc
		.array(fc.uniqueArray(node, { maxLength: 4 }), { minLength: count, maxLength: count })
		.map((graph) => graph.map((targets, from) => targets.filter((to) => to !== from)));
});

describe('the dominators of a graph', () => {
	test('one way in', () => {
		assert.deepEqual(dominators([[1], [2], []]), [-1, 0, 1]);
	});

	test('two ways that part and meet again', () => {
		assert.deepEqual(dominators([[1, 2], [3], [3], []]), [-1, 0, 0, 0]);
	});

	test('what two roots need belongs to neither', () => {
		assert.deepEqual(dominators([[2], [2], [3], []]), [-1, -1, -1, 2]);
	});

	test('of a circle that nothing leads to the first is the root', () => {
		assert.deepEqual(dominators([[1], [0], []]), [-1, 0, -1]);
	});

	test('are those of the definition, circles included', () => {
		fc.assert(
			fc.property(graphs, (graph) => assert.deepEqual(dominators(graph), naive(graph))),
			{ numRuns: 3000 },
		);
	});

	test('a chain of 200,000 is as good as a short one', () => {
		const count = 200_000;
		const chain = Array.from({ length: count }, (_, node) => (node + 1 < count ? [node + 1] : []));
		const back = Array.from({ length: count }, (_, node) => (node > 0 ? [node - 1] : []));
		const found = finish(dominatorsOf(chain, back));
		assert.deepEqual([found[0], found[1], found[count - 1]], [-1, 0, count - 2]);
	});

	test('no step looks at more than some thousand nodes, also on the way back from a long chain', () => {
		const count = 100_000;
		let reads = 0;
		const counted = (node: number): readonly number[] =>
			new Proxy(node + 1 < count ? [node + 1] : [], {
				get(target, name) {
					reads += 1;
					return Reflect.get(target, name);
				},
			});
		const chain = Array.from({ length: count }, (_, node) => counted(node));
		const back = Array.from({ length: count }, (_, node) => (node > 0 ? [node - 1] : []));
		let most = 0;
		const steps = dominatorsOf(chain, back);
		for (let step = steps.next(); step.done !== true; step = steps.next()) {
			most = Math.max(most, reads);
			reads = 0;
		}
		assert.ok(most > 0 && most < 10_000, `${most} reads`);
	});
});
