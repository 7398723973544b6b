import { isOwnMove } from '../../../../../diff/merge/moves.ts';
import { bytesAfterAt, bytesBeforeAt, deltaAt } from '../../../../../filetree/comparison.ts';
import { type FileTree, NO_ENTRY } from '../../../../../filetree/file-tree.ts';
import { textTest } from '../../../../../filter/text-test.ts';
import type { Steps } from '../../../../../steps.ts';
import { formatBytes, formatCount } from '../../../../../text/bytes.ts';
import { shownPath } from '../../../frame/names.ts';
import type { OpenedDifference } from '../../../opened-difference.ts';
import { Projector } from '../../../rows/projector.ts';
import { type SpokenPaths, spokenChanges } from '../../../tree/spoken-paths.ts';
import { SPOKEN_WIDTH, spokenDetail, spokenHeading } from '../../list/spoken-text.ts';
import type { SpokenDetails, SpokenView } from '../../spoken.ts';
import { deltaText } from '../delta.ts';
import { heading } from '../heading.ts';
import { changedDetails } from './changed-details.ts';
import { fieldTexts } from './changed-facts.ts';
import { differenceMark } from './difference-letters.ts';

/** What differs between two images in words, the greatest difference of bytes first. */
export const spokenChangedFiles: SpokenView<OpenedDifference> = {
	needs: [],
	summary: (subject) => [spokenHeading(heading(subject, SPOKEN_WIDTH))],
	rows,
	called: function* () {
		yield;
		return [];
	},
	details,
};

const projectors = new WeakMap<FileTree, Projector>();

function projectorOf({ tree, comparison }: OpenedDifference): Projector {
	const projector = projectors.get(tree) ?? new Projector(tree, { comparison });
	projectors.set(tree, projector);
	return projector;
}

function* rows(subject: OpenedDifference, filter: string): Steps<SpokenPaths> {
	const { tree, oldLayerCount } = subject;
	const changes = yield* spokenChanges({
		...{ tree, projector: projectorOf(subject), order: 'delta', filter },
		...{ from: oldLayerCount, to: tree.layerCount },
		empty: 'No file differs.',
		rowOf: (node) => rowText(subject, node),
	});
	const { count, problem } = changes;
	const folders = problem === null ? yield* movedFolders(subject, filter) : [];
	const nodeAt = (position: number) =>
		position < count ? changes.nodeAt(position) : folders[position - count];
	return {
		...changes,
		count: count + folders.length,
		nodeAt,
		rowAt: (position) => `${formatCount(position + 1)}. ${rowText(subject, nodeAt(position))}`,
	};
}

const NODES_A_STEP = 4096;

/** Of a folder that moved as a whole nothing in it is a change. */
function* movedFolders({ tree, moves }: OpenedDifference, filter: string): Steps<readonly number[]> {
	const hasIt = filter === '' ? () => true : textTest(filter);
	const folders: number[] = [];
	for (let node = 1; node < tree.nodeCount; node++) {
		if (node % NODES_A_STEP === 0) yield;
		const isFolder = tree.subtreeEnds[node] > node + 1;
		if (isFolder && isOwnMove(moves, tree, node) && hasIt(shownPath(tree, node))) folders.push(node);
	}
	return folders;
}

function rowText(subject: OpenedDifference, node: number): string {
	const { comparison, tree } = subject;
	// What moved along with its folder has a path of its own here.
	const from = subject.moves.movedFrom[node];
	const [before, after] = [bytesBeforeAt(comparison, node), bytesAfterAt(comparison, node)];
	const sizes =
		before > 0 && after > 0 && before !== after ? `, ${formatBytes(before)} to ${formatBytes(after)}` : '';
	const fields = fieldTexts(subject, node).map((text) => `, ${text.replace(' → ', ' to ')}`);
	const moved = from === NO_ENTRY ? '' : `, from ${shownPath(tree, from)}`;
	const meaning = differenceMark(subject, node).meaning.replace(/:.*/, '');
	return `${meaning}, ${deltaText(deltaAt(comparison, node))}${sizes}${fields.join('')}: ${shownPath(tree, node)}${moved}`;
}

function* details(subject: OpenedDifference, index: number): Steps<SpokenDetails | null> {
	const all = yield* rows(subject, '');
	if (index < 0 || index >= all.count) return null;
	const lines = changedDetails(subject, all.nodeAt(index), { width: SPOKEN_WIDTH }).map(spokenDetail);
	return { lines: lines.filter((line) => line !== ''), rows: null };
}
