import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { JsonReport } from '../../source/report/json/schema.ts';
import { arbitraryLayers } from '../support/archives/arbitrary-layers.ts';
import { loadLayers } from '../support/load-layers.ts';
import { bytesCarried, order } from '../support/plain/plain-figures.ts';
import { type PlainNode, stackPlainly } from '../support/plain/plain-model.ts';
import { jsonReportOf } from '../support/report.ts';
import { runs } from '../support/runs.ts';

type Change = JsonReport['layers'][number]['changes'][number];

test('the change sets of a report lead to what each layer leaves there, and at last to the final file system', () =>
	fc.assert(
		fc.asyncProperty(arbitraryLayers, async (layers) => {
			const { layers: reported } = await jsonReportOf(await loadLayers(layers));
			const model = stackPlainly(layers);
			const replayed = new Map<string, string>();
			for (const [layer, { changes }] of reported.entries()) {
				for (const change of changes) replay(change, replayed);
				const { after } = model[layer];
				const expected = [...after].filter(([path, node]) => !isPlainDirectory(node) || replayed.has(path));
				assert.deepEqual(sorted(replayed), sorted(rowsOf(expected)), `layer ${layer}`);
			}
		}),
		{ numRuns: runs(250) },
	));

function replay(change: Change, state: Map<string, string>): void {
	const { path, kind, type, mode, uid, gid, sizeBytes, linkTarget, device } = change;
	if (kind === 'removed') state.delete(path);
	else {
		const target = type === 'hard-link' ? '' : (linkTarget ?? device ?? '');
		state.set(path, `${path} ${type} ${Number.parseInt(mode, 8)} ${uid} ${gid} ${sizeBytes} ${target}`);
	}
}

/** A directory such as a path implies. An entry for one that is there already changes nothing. */
function isPlainDirectory({ type, mode, uid, gid }: PlainNode): boolean {
	return type === 'directory' && mode === 0o755 && uid === 0 && gid === 0;
}

function rowsOf(state: Iterable<readonly [string, PlainNode]>): ReadonlyMap<string, string> {
	return new Map(
		[...state].map(([path, node]) => {
			const type = node.isHardLink && node.type === 'file' ? 'hard-link' : node.type;
			const row = [path, type, node.mode, node.uid, node.gid, bytesCarried(node), node.target].join(' ');
			return [path, row];
		}),
	);
}

function sorted(rows: ReadonlyMap<string, string>): readonly string[] {
	return [...rows.values()].sort(order);
}
