import { type FileTree, wasteCauses } from '../../filetree/file-tree.ts';
import { contentEntryOf } from '../../filetree/links.ts';
import { inParts, type Steps } from '../../steps.ts';
import { DIRECTORY } from '../../tar/changeset.ts';
import { kindOfNode } from '../copies/copy-candidates.ts';
import type { Figures } from '../figures.ts';
import { inodesByNode } from '../packages/live-bytes.ts';
import { isVisible } from '../packages/path-facts.ts';
import { knownFigures } from './known-figures.ts';
import type { Ledger, LedgerRow, LedgerStep } from './ledger.ts';
import { type PackedBytes, packedBytesOf, TAR_BLOCK_BYTES } from './packed-bytes.ts';

const NODES_A_STEP = 8192;

export interface LedgerInput {
	readonly tree: FileTree;
	readonly figures: Figures;
	/** Whether the layers are stored as a registry has them, compressed or not. */
	readonly isFromRegistry: boolean;
}

/** Works out how the figures of an image hang together. */
export function* workOutLedger({ tree, figures, isFromRegistry }: LedgerInput): Steps<Ledger> {
	const packed = yield* packedBytesOf(tree);
	return {
		rows: rowsOf(figures, packed),
		hardLinks: yield* sumUpHardLinks(tree),
		known: knownFigures(figures, packed, isFromRegistry),
	};
}

function rowsOf(figures: Figures, { headers, padding, holes }: PackedBytes): readonly LedgerRow[] {
	const { storedBytes, unpackedBytes, totalBytes, wasteByCause } = figures;
	const headerBytes = headers * TAR_BLOCK_BYTES;
	const amounts: readonly (readonly [LedgerStep, number])[] = [
		['compression', unpackedBytes - storedBytes],
		['headers', -headerBytes],
		['padding', -padding],
		['other-blocks', totalBytes - holes - (unpackedBytes - headerBytes - padding)],
		['holes', holes],
		...wasteCauses.map((cause) => [cause, 0 - wasteByCause[cause]] as const),
	];
	let from = storedBytes;
	return amounts.map(([step, amount]) => {
		const row = { step, from, amount: amount === 0 ? 0 : amount, to: from + amount };
		from = row.to;
		return row;
	});
}

function* sumUpHardLinks(tree: FileTree): Steps<Ledger['hardLinks']> {
	if (tree.links.changes.length === 0) return { names: 0, savedBytes: 0 };
	const inodes = yield* inodesByNode(tree);
	let [names, savedBytes] = [0, 0];
	yield* inParts(tree.nodeCount, NODES_A_STEP, (from, to) => {
		for (let node = from; node < to; node++) {
			if (inodes[node] === node || !isVisible(tree, node) || kindOfNode(tree, node) === DIRECTORY) continue;
			const content = contentEntryOf(tree, tree.changeStarts[node + 1] - 1);
			names += 1;
			savedBytes += content === null ? 0 : tree.changesets[content.layerIndex].sizes[content.entry];
		}
	});
	return { names, savedBytes };
}
