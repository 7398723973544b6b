import { type Both, type MergedStructure, NOT_THERE } from '../../diff/merge/merge-structure.ts';
import type { MoveKeys } from '../../diff/merge/moves.ts';
import { contentEntryOf, describingEntryOf, kindOfEntry } from '../../filetree/links.ts';
import { runInSlices } from '../../sources/time-slice.ts';
import { inParts, type Steps } from '../../steps.ts';
import { DIRECTORY, FILE, HARD_LINK, stringAt } from '../../tar/changeset.ts';
import type { ComparedImage } from './compared-image.ts';
import { comparableHashes, isUnknown } from './file-contents.ts';

const NODES_A_STEP = 4096;

/**
 * What each path that one image alone has is recognised by. Files are read only where their changesets do not tell, and only files that
 * may have moved: whose size both images have among such files. Throws `FathomError`.
 */
export async function moveKeysOf(
	structure: MergedStructure,
	images: Both<ComparedImage>,
	signal: AbortSignal | undefined,
): Promise<MoveKeys> {
	const keys = new Map<number, string>();
	const candidates = await runInSlices(findCandidates(structure, images, keys), signal);
	const [older, newer] = candidates;
	const sizes = [older, newer].map((files) => new Set(files.map(({ bytes }) => bytes)));
	const files: Both<readonly Candidate[]> = [
		older.filter(({ bytes }) => sizes[1].has(bytes)),
		newer.filter(({ bytes }) => sizes[0].has(bytes)),
	];
	if (files[0].length === 0 || files[1].length === 0) return new Map();
	const { length, hashes } = await comparableHashes(
		[columnsOf(files[0]), columnsOf(files[1])],
		images,
		signal,
	);
	for (const side of [0, 1] as const) {
		for (const [index, { node, bytes }] of files[side].entries()) {
			const hash = hashes[side].subarray(index * length, (index + 1) * length);
			if (!isUnknown(hash)) keys.set(node, `${bytes} ${Buffer.from(hash).toString('latin1')}`);
		}
	}
	return keys;
}

/** A file with content that one image alone has at its path. */
interface Candidate {
	readonly node: number;
	readonly layer: number;
	readonly entry: number;
	readonly bytes: number;
}

/** Notes the keys of what has no content, and gives the files that have. */
function* findCandidates(
	{ parents, changes, subtreeEnds }: MergedStructure,
	images: Both<ComparedImage>,
	keys: Map<number, string>,
): Steps<Both<readonly Candidate[]>> {
	const candidates: Both<Candidate[]> = [[], []];
	const visit = (node: number, side: 0 | 1): void => {
		const { tree } = images[side];
		const change = changes[side][node];
		const kind = kindOfEntry(tree, change);
		if (kind === DIRECTORY) {
			if (subtreeEnds[node] === node + 1) keys.set(node, `=${kind}`);
			return;
		}
		if (kind !== FILE && kind !== HARD_LINK) {
			const { layerIndex, entry } = describingEntryOf(tree, change);
			const target = Buffer.from(stringAt(tree.changesets[layerIndex].targets, entry)).toString('latin1');
			keys.set(node, `=${kind} ${target}`);
			return;
		}
		const content = contentEntryOf(tree, change);
		const bytes = content === null ? 0 : tree.changesets[content.layerIndex].sizes[content.entry];
		if (content === null || bytes === 0) keys.set(node, `=${FILE}`);
		else candidates[side].push({ node, layer: content.layerIndex, entry: content.entry, bytes });
	};
	yield* inParts(parents.length, NODES_A_STEP, (from, to) => {
		for (let node = Math.max(1, from); node < to; node++) {
			const [older, newer] = [changes[0][node], changes[1][node]];
			if ((older === NOT_THERE) !== (newer === NOT_THERE)) visit(node, older === NOT_THERE ? 1 : 0);
		}
	});
	return candidates;
}

function columnsOf(files: readonly Candidate[]) {
	return {
		layers: Uint16Array.from(files, ({ layer }) => layer),
		entries: Int32Array.from(files, ({ entry }) => entry),
	};
}
