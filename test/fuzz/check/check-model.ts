import type { JsonReport } from '../../../source/report/json/schema.ts';
import { FuzzFailure } from './failure.ts';
import type { FinalNode } from './final-state.ts';
import type { Model, ModelNode, ModelState } from './model.ts';

/** Holds a report against the plain model. */
export function checkModel(
	{ totals, layers }: JsonReport,
	final: ReadonlyMap<string, FinalNode>,
	{ totalBytes, liveBytes, states }: Model,
): void {
	requireSame('total bytes', totals.totalBytes, totalBytes);
	requireSame('live bytes', totals.liveBytes, liveBytes);
	const last = states[states.length - 1];
	requireSame('final paths', leavesOf(final), leavesOf(last));
	for (const [path, { type, description }] of last) {
		if (type === 'directory' || type === 'hard-link') continue;
		const found = final.get(path)?.description;
		if (found !== description)
			throw new FuzzFailure('model', 'final attributes', `${path}: ${found}, expected ${description}`);
	}
	for (const [layer, { changes }] of layers.entries()) {
		const found = new Map(changes.map(({ path, kind }) => [path, kind as string]));
		const before = layer === 0 ? new Map<string, ModelNode>() : states[layer - 1];
		for (const [path, kind] of changesBetween(before, states[layer], layer)) {
			const subject = `a ${kind} change`;
			if (found.get(path) !== kind)
				throw new FuzzFailure('model', subject, `${path} in layer ${layer}: ${found.get(path)}`);
		}
	}
}

function requireSame(subject: string, found: number | string, expected: number | string): void {
	if (found !== expected) throw new FuzzFailure('model', subject, `${found}, expected ${expected}`);
}

function leavesOf(state: ReadonlyMap<string, { readonly type: string }>): string {
	const leaves = [...state].filter(([, { type }]) => type !== 'directory').map(([path]) => path);
	return leaves.sort().join(' ');
}

/** The change of each path that is no directory. The attributes of hard links are left to other tests. */
function* changesBetween(
	before: ModelState,
	after: ModelState,
	layer: number,
): Generator<readonly [path: string, kind: string]> {
	for (const [path, node] of after) {
		const old = before.get(path);
		if (node.type === 'directory') continue;
		if (old === undefined) yield [path, 'added'];
		else if (old.substance !== node.substance) yield [path, 'content'];
		else if (old.type !== 'hard-link' && node.type !== 'hard-link' && node.layer === layer)
			yield [path, old.metadata === node.metadata ? 'identical' : 'metadata'];
	}
	for (const [path, { type }] of before)
		if (type !== 'directory' && !after.has(path)) yield [path, 'removed'];
}
