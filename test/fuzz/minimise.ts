import { type Failure, signatureOf } from './check/failure.ts';
import type { EntryPlan, LayerPlan, Plan } from './plan.ts';

const MOST_TRIES = 400;
const MOST_MILLISECONDS = 60_000;

/** Takes away from a plan whatever its failure does not need. */
export async function minimise(
	plan: Plan,
	failure: Failure,
	check: (plan: Plan) => Promise<Failure | null>,
): Promise<Plan> {
	const end = performance.now() + MOST_MILLISECONDS;
	let smallest = plan;
	let tries = 0;
	for (let isSmaller = true; isSmaller; ) {
		isSmaller = false;
		for (const candidate of smallerPlans(smallest)) {
			if (tries >= MOST_TRIES || performance.now() > end) return smallest;
			tries += 1;
			const found = await check(candidate);
			if (found === null || signatureOf(found) !== signatureOf(failure)) continue;
			smallest = candidate;
			isSmaller = true;
			break;
		}
	}
	return smallest;
}

/** Plans with one thing less, the largest steps first. */
function* smallerPlans(plan: Plan): Generator<Plan> {
	for (const layers of without(plan.layers, 1)) yield { ...plan, layers };
	for (const documents of without(plan.documents)) yield { ...plan, documents };
	for (const damage of without(plan.damage)) yield { ...plan, damage };
	for (const packedDamage of without(plan.packedDamage)) yield { ...plan, packedDamage };
	if (plan.packing !== 'plain') yield { ...plan, packing: 'plain' };
	if (plan.form !== 'docker') yield { ...plan, form: 'docker' };
	if (plan.indexTrap) {
		yield { ...plan, indexTrap: null };
		const { indexes, descriptors } = plan.indexTrap;
		if (indexes > 1) yield { ...plan, indexTrap: { indexes: indexes - 1, descriptors } };
		if (descriptors > 1) yield { ...plan, indexTrap: { indexes, descriptors: descriptors >> 1 } };
	}
	for (const [index, layer] of plan.layers.entries())
		for (const smaller of smallerLayers(layer)) yield { ...plan, layers: plan.layers.with(index, smaller) };
}

function* smallerLayers(layer: LayerPlan): Generator<LayerPlan> {
	for (const entries of without(layer.entries)) yield { ...layer, entries };
	for (const damage of without(layer.damage)) yield { ...layer, damage };
	for (const packedDamage of without(layer.packedDamage)) yield { ...layer, packedDamage };
	if (layer.packing !== 'plain') yield { ...layer, packing: 'plain' };
	if (layer.ending !== 'two-blocks') yield { ...layer, ending: 'two-blocks' };
	if (layer.deepPaths) {
		const { paths, parts } = layer.deepPaths;
		yield { ...layer, deepPaths: null };
		if (paths > 1) yield { ...layer, deepPaths: { paths: paths >> 1, parts } };
		if (parts > 1) yield { ...layer, deepPaths: { paths, parts: parts >> 1 } };
	}
	for (const [index, entry] of layer.entries.entries())
		for (const smaller of smallerEntries(entry))
			yield { ...layer, entries: layer.entries.with(index, smaller) };
}

function* smallerEntries(entry: EntryPlan): Generator<EntryPlan> {
	if (entry.lie) yield { ...entry, lie: null };
	if (entry.writing !== 'ustar') yield { ...entry, writing: 'ustar' };
	if (Object.keys(entry.xattrs).length > 0) yield { ...entry, xattrs: {} };
	if (entry.content.length > 1)
		yield { ...entry, content: entry.content.slice(0, entry.content.length >> 1) };
	const literal = entry.name.replaceAll(/\/+/g, '/').replaceAll(/^(?:\.?\/)+|long\/|\/$/g, '');
	if (literal !== entry.name && literal !== '') yield { ...entry, name: literal };
	if (entry.mode !== 0o644 || entry.uid !== 0 || entry.mtime !== 0)
		yield { ...entry, mode: 0o644, uid: 0, mtime: 0 };
}

/** The list without its first or second half, then without each item. At least `least` items are left. */
function* without<T>(list: readonly T[], least = 0): Generator<readonly T[]> {
	const half = list.length >> 1;
	if (half > 1 && list.length - half >= least) {
		yield list.slice(half);
		yield list.slice(0, half);
	}
	if (list.length <= least) return;
	for (const index of list.keys()) yield list.toSpliced(index, 1);
}
