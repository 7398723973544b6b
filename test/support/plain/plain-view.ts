import type { ComparisonRow } from '../tree-view.ts';
import { bytesCarried, changesBetween, order } from './plain-figures.ts';
import type { PlainLayer, PlainNode, PlainState } from './plain-model.ts';

/** The states of a stack: item k is what k layers make. */
export function statesOf(layers: readonly PlainLayer[]): readonly PlainState[] {
	return [new Map(), ...layers.map(({ after }) => after)];
}

/** `path kind mode uid gid bytes content` of everything in a state, sorted. */
export function plainStateRows(state: PlainState): readonly string[] {
	return [...state]
		.map(([path, node]) => `${path} ${describeNode(node)} ${describeContent(node)}`)
		.sort(order);
}

/** `BYTES from LAYER` of a file; an empty one is from nowhere. */
function describeContent({ inode }: PlainNode): string {
	if (inode === null) return 'no file';
	return inode.content === '' ? 'empty' : `${inode.content.length} from ${inode.layer}`;
}

/**
 * Every path that is there at either point, sorted. A directory has the bytes of all that is there below it at the later point, or,
 * when it is gone, that was there at the earlier one.
 */
export function plainComparisonRows(
	states: readonly PlainState[],
	from: number,
	to: number,
): readonly ComparisonRow[] {
	const [before, after] = [states[from], states[to]];
	const changes = changesBetween(before, after, from);
	const paths = [...new Set([...before.keys(), ...after.keys()])].sort(order);
	return paths.map((path) => {
		const isInside = (other: string) => other === path || other.startsWith(`${path}/`);
		const state = after.has(path) ? after : before;
		const inside = [...state].filter(([other]) => isInside(other));
		return {
			path,
			kind: changes.get(path) ?? 'unchanged',
			described: describeNode(state.get(path) as PlainNode),
			bytes: inside.reduce((sum, [, node]) => sum + bytesCarried(node), 0),
			changedCount: [...changes.keys()].filter(isInside).length,
		};
	});
}

function describeNode(node: PlainNode): string {
	const isSecondName = node.isHardLink && node.type === 'file';
	const kind = node.isImplied ? 'implied' : isSecondName ? 'hard-link' : node.type;
	return [kind, node.mode.toString(8), node.uid, node.gid, bytesCarried(node)].join(' ');
}
