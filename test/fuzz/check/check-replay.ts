import type { JsonReport } from '../../../source/report/json/schema.ts';
import { FuzzFailure } from './failure.ts';
import type { FinalNode } from './final-state.ts';

/**
 * Applies the change sets of a report, one after the other, and holds that they lead to the final file system. A directory that has the
 * attributes of an implied one may be left out: an entry for it changes nothing.
 */
export function checkReplay(report: JsonReport, final: ReadonlyMap<string, FinalNode>): void {
	const replayed = replay(report);
	for (const [path, description] of replayed) {
		const there = final.get(path);
		if (there === undefined) throw new FuzzFailure('replay', 'a path is left', `${path} (${description})`);
		if (there.description !== description)
			throw new FuzzFailure('replay', 'a path differs', `${path}: ${description}, not ${there.description}`);
	}
	for (const [path, { description, isImplied }] of final) {
		if (isImplied || replayed.has(path) || description === 'directory 0755 0 0 0') continue;
		throw new FuzzFailure('replay', 'a path is missing', `${path} (${description})`);
	}
}

function replay({ layers }: JsonReport): ReadonlyMap<string, string> {
	const state = new Map<string, string>();
	for (const { changes } of layers) {
		for (const { path, kind, type, mode, uid, gid, sizeBytes } of changes) {
			if (kind === 'removed') state.delete(path);
			else state.set(path, [type, mode, uid, gid, sizeBytes].join(' '));
		}
	}
	return state;
}
