import { describe, test } from 'node:test';
import { NO_ENTRY } from '../../../source/filetree/file-tree.ts';
import { pathOf } from '../../../source/filetree/paths.ts';
import { applyFilter } from '../../../source/tui/model/filter/filter.ts';
import { withMoved } from '../../../source/tui/model/views/difference/files/old-paths.ts';
import { directory, file } from '../../support/archives/tar-entry.ts';
import { openPair } from '../support/open-pair.ts';

const words = ['ab', 'ba', 'aa', 'b'];

/** Folders whose contents differ from each other, so that each can only move as a whole. */
function tops(names: readonly string[]) {
	return names.flatMap((name, index) => [
		directory(name),
		file(`${name}/ab`, `first of ${index}`),
		directory(`${name}/ba`),
		file(`${name}/ba/aa`, `second of ${index}`),
	]);
}

describe('the filter of what moved', () => {
	test('finds just what has the text in its new path, or in its old one', async (t) => {
		const before = { layers: [[file('kept', 'k'), ...tops(['one-ab', 'two-b', 'three'])]] };
		const after = { layers: [[file('kept', 'k'), ...tops(['aa-one', 'a-two', 'three-b'])]] };
		const opened = await openPair(before, after);
		const { tree, moves } = opened;
		for (const text of [...words, 'one', 'two', 'e/', 'two-b/ba', 'three/ab', '~^/three', '~b$', 'kept']) {
			const nodes = withMoved(opened, searched(opened, text));
			const found = new Set<number>();
			for (const node of nodes)
				for (let below = node; below < tree.subtreeEnds[node]; below++) found.add(below);
			for (let node = 1; node < tree.nodeCount; node++) {
				// What moved has rows at its new path alone.
				if (moves.movedTo[node] !== NO_ENTRY) {
					t.assert.equal(found.has(node), false);
					continue;
				}
				const paths = [node, moves.movedFrom[node]]
					.filter((each) => each >= 0)
					.map((each) => `/${pathOf(tree, each)}`);
				t.assert.equal(
					found.has(node),
					paths.some((path) => matches(path, text)),
					`${text}: ${paths.join()}`,
				);
			}
		}
	});
});

function searched({ tree }: Awaited<ReturnType<typeof openPair>>, text: string): Int32Array {
	let nodes = new Int32Array();
	const inPlace = (found: Int32Array) => {
		nodes = Int32Array.from(found);
		return found;
	};
	applyFilter(tree, text, { inPlace });
	return nodes;
}

/** What is below a path that matches is shown with it. */
function matches(path: string, text: string): boolean {
	const pattern = text.startsWith('~') ? new RegExp(text.slice(1)) : null;
	const ends = [...path.matchAll(/\//g)].map(({ index }) => index).slice(1);
	return [...ends, path.length].some((end) => {
		const part = path.slice(0, end);
		return pattern === null ? part.includes(text) : pattern.test(part);
	});
}
