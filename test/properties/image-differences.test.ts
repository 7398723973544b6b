import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ImageDifference } from '../../source/diff/image-difference.ts';
import { type DifferingPath, differingPathAt } from '../../source/diff/listing/differing-path.ts';
import { changeBefore } from '../../source/filetree/comparison.ts';
import type { JsonDifference } from '../../source/report/diff/json/schema.ts';
import { arbitraryLayers } from '../support/archives/arbitrary-layers.ts';
import type { TarEntry } from '../support/archives/tar-entry.ts';
import { type ComparedImages, compareArchived } from '../support/pair/compare-archived.ts';
import { jsonDifferenceOf } from '../support/pair/difference-reports.ts';
import { plainDifferences } from '../support/plain/plain-difference.ts';
import { order } from '../support/plain/plain-figures.ts';
import { type PlainNode, type PlainState, stackPlainly } from '../support/plain/plain-model.ts';
import { runs } from '../support/runs.ts';
import { rawPath } from '../support/tree-view.ts';

type Layers = readonly (readonly TarEntry[])[];

/** Two images that share some of their lowest layers, and may share layers above others. */
const arbitraryRebuild = fc
	.tuple(arbitraryLayers, arbitraryLayers, fc.nat(5), fc.boolean())
	.map(([older, other, shared, isRebuilt]): readonly [Layers, Layers] => [
		older,
		[...older.slice(0, shared), ...other, ...(isRebuilt ? older.slice(shared) : [])],
	]);

/** Two images of which the second one has another name for a folder, and a layer more. */
const arbitraryRenaming = fc
	.tuple(arbitraryLayers, fc.constantFrom('a', 'b'), fc.option(arbitraryLayers, { nil: [] }))
	.map(([older, name, other]): readonly [Layers, Layers] => [
		older,
		[...older.map((entries) => entries.map((entry) => renamed(entry, name))), ...other.slice(0, 1)],
	]);

function renamed(entry: TarEntry, name: string): TarEntry {
	const start = new RegExp(`^((?:\\.?/)*)${name}(?=/|$)`);
	const rename = (text: TarEntry['name']) =>
		typeof text === 'string' ? text.replace(start, '$1moved') : text;
	return { ...entry, name: rename(entry.name), target: rename(entry.target) };
}

const arbitraryPair = fc.oneof(arbitraryRebuild, arbitraryRenaming);

interface Compared extends ComparedImages {
	readonly states: readonly [PlainState, PlainState];
	readonly layers: readonly [Layers, Layers];
}

/** Checks a statement about the difference of many pairs of images, written as real archives. */
async function forManyPairs(check: (compared: Compared) => void | Promise<void>): Promise<void> {
	await fc.assert(
		fc.asyncProperty(arbitraryPair, async (layers) => {
			const compared = await compareArchived({ layers: layers[0] }, { layers: layers[1] });
			await check({ ...compared, layers, states: [stateOf(layers[0]), stateOf(layers[1])] });
		}),
		{ numRuns: runs(250) },
	);
}

function stateOf(layers: Layers): PlainState {
	return stackPlainly(layers).at(-1)?.after ?? new Map();
}

function rowsOf({ difference }: ComparedImages): readonly DifferingPath[] {
	return Array.from({ length: difference.files.count }, (_, row) => differingPathAt(difference, row));
}

/** Of what moved, what is removed and added; of a folder, with all in it. */
function withoutMoves({ difference }: ComparedImages): readonly string[] {
	const { tree, moves, oldLayerCount } = difference;
	const lines = new Set<string>();
	const add = (node: number, kind: string, bytes: readonly (number | null)[]) =>
		lines.add(`${rawPath(tree, node)} ${kind} ${bytes.map((each) => each ?? '-').join(' -> ')}`);
	for (const { node, kind, oldBytes, newBytes } of rowsOf({ difference } as ComparedImages)) {
		if (kind !== 'moved') add(node, kind, [oldBytes, newBytes]);
		for (let below = node; kind === 'moved' && below < tree.subtreeEnds[node]; below++) {
			const from = moves.movedFrom[below];
			if (!isImplied(difference, from, oldLayerCount))
				add(from, 'removed', [bytesAt(difference, from, oldLayerCount), null]);
			if (!isImplied(difference, below, tree.layerCount))
				add(below, 'added', [null, bytesAt(difference, below, tree.layerCount)]);
		}
	}
	return [...lines].sort(order);
}

function bytesAt({ tree }: ImageDifference, node: number, point: number): number {
	return tree.changeBytes[changeBefore(tree, node, point)];
}

function isImplied({ tree }: ImageDifference, node: number, point: number): boolean {
	return tree.changeEntries[changeBefore(tree, node, point)] < 0;
}

test('what differs between two images is what differs between their states', () =>
	forManyPairs((compared) => {
		assert.deepEqual(withoutMoves(compared), [...plainDifferences(...compared.states)].sort(order));
	}));

test('the counts are those of all paths that differ, whether they moved or not', () =>
	forManyPairs(({ difference, states }) => {
		const counted = Object.entries(difference.files.counts).flatMap(([kind, { files, directories }]) =>
			new Array(files + directories).fill(kind),
		);
		const expected = plainDifferences(...states).map((line) => line.split(' ')[1]);
		assert.deepEqual(counted.sort(), expected.sort());
	}));

test('applying all rows to the paths of the old image gives those of the new one, as they are there', () =>
	forManyPairs(async (compared) => {
		const { states } = compared;
		const { files = [], unknownContents } = await jsonDifferenceOf(compared);
		const older = new Map(Array.from(states[0], ([path, node]) => [path, describe(node)]));
		const applied = new Map(older);
		for (const { path, from, kind } of files) {
			const gone = kind === 'removed' ? path : from;
			for (const each of older.keys())
				if (each === gone || (from !== null && each.startsWith(`${from}/`))) applied.delete(each);
		}
		for (const file of files) {
			if (file.from !== null) {
				for (const [each, described] of older)
					if (each.startsWith(`${file.from}/`))
						applied.set(file.path + each.slice(file.from.length), described);
			}
			if (file.new !== null) applied.set(file.path, describeState(file.new));
		}
		const isListed = ([path]: readonly [string, string]) =>
			states.every((state) => state.get(path)?.isImplied !== true);
		const newer = Array.from(states[1], ([path, node]) => [path, describe(node)] as const);
		assert.equal(unknownContents, 0);
		assert.deepEqual([...applied].filter(isListed).sort(), newer.filter(isListed).sort());
	}));

function describe({ type, mode, uid, gid, target }: PlainNode): string {
	return [type, mode, uid, gid, target].join(' ');
}

/** A second name of a file is a file. */
function describeState(state: NonNullable<NonNullable<JsonDifference['files']>[number]['new']>): string {
	const { type, mode, uid, gid, linkTarget = '', device = '' } = state;
	const isSecondName = type === 'hard-link';
	const target = isSecondName ? '' : linkTarget + device;
	return [isSecondName ? 'file' : type, Number.parseInt(mode, 8), uid, gid, target].join(' ');
}

test('an image does not differ from itself', async () => {
	await fc.assert(
		fc.asyncProperty(arbitraryLayers, async (layers) => {
			const report = await jsonDifferenceOf(await compareArchived({ layers }, { layers }));
			assert.deepEqual(report.differs, { files: false, packages: false, layers: false, config: false });
			assert.deepEqual([report.files, report.config, report.pull?.layers], [[], [], []]);
			const deltas = [...Object.values(report.totals ?? {}), report.efficiency].map((each) => each?.delta);
			assert.deepEqual(deltas, new Array(6).fill(0));
		}),
		{ numRuns: runs(250) },
	);
});

test('exchanging the images mirrors their difference', () =>
	forManyPairs(async (compared) => {
		const { layers } = compared;
		const there = await jsonDifferenceOf(compared);
		const back = await jsonDifferenceOf(await compareArchived({ layers: layers[1] }, { layers: layers[0] }));
		assert.deepEqual(mirrored(there), mirrored(mirrored(back)));
	}));

type Mirrored = Pick<
	JsonDifference,
	'differs' | 'totals' | 'efficiency' | 'waste' | 'layers' | 'config' | 'counts' | 'files'
>;

/** What does not depend on which image is the old one, as if the other one were it. */
function mirrored(report: Mirrored): Mirrored {
	const { differs, totals, efficiency, waste, layers, config, counts, files } = report;
	const opposite: Readonly<Record<string, string>> = {
		added: 'removed',
		removed: 'added',
		inserted: 'removed',
	};
	const flip = (delta: { old: number; new: number; delta: number } | undefined) =>
		delta && { old: delta.new, new: delta.old, delta: delta.delta === 0 ? 0 : -delta.delta };
	const flipAll = (deltas: object | undefined) =>
		deltas && Object.fromEntries(Object.entries(deltas).map(([name, delta]) => [name, flip(delta)]));
	return {
		differs,
		totals: flipAll(totals),
		efficiency: flip(efficiency),
		waste: waste && { byCause: flipAll(waste.byCause) },
		layers: layers?.map((layer) => ({
			...layer,
			kind: layer.kind === 'removed' ? 'inserted' : (opposite[layer.kind] ?? layer.kind),
			oldIndex: layer.newIndex,
			newIndex: layer.oldIndex,
			old: layer.new,
			new: layer.old,
		})),
		config: config?.map((change) => ({ ...change, oldValue: change.newValue, newValue: change.oldValue })),
		counts: counts && {
			...counts,
			added: counts.removed,
			removed: counts.added,
			// What the path is in the new image tells whether a directory is counted.
			type: { files: counts.type.files + counts.type.directories, directories: 0 },
		},
		files: files
			?.map((file) => ({
				...file,
				kind: opposite[file.kind] ?? file.kind,
				path: file.from ?? file.path,
				from: file.from === null ? null : file.path,
				isDirectory: file.kind === 'type' ? file.old?.type === 'directory' : file.isDirectory,
				oldBytes: file.newBytes,
				newBytes: file.oldBytes,
				old: file.new,
				new: file.old,
			}))
			.sort((left, right) => order(left.path, right.path)),
	} as Mirrored;
}
