import type { ComparisonRow } from '../tree-view.ts';
import { bytesCarried, changesBetween, order, sizeOfAll } from './plain-figures.ts';
import type { PlainInode, PlainLayer, PlainNode, PlainState } from './plain-model.ts';

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

/** Two points of a stack. */
export interface ComparedStates {
	/** Item k is what k layers make. */
	readonly states: readonly PlainState[];
	readonly from: number;
	readonly to: number;
}

/**
 * Every path that is there at either point, sorted. A folder has the bytes of all files that are there below it at the later point, each
 * once, or, when it is gone, that were there at the earlier one; of the names of a file one has them.
 */
export function plainComparisonRows({ states, from, to }: ComparedStates): readonly ComparisonRow[] {
	const [before, after] = [states[from], states[to]];
	const changes = changesBetween(before, after, from);
	const isKept = (path: string) => !['removed', 'content'].includes(changes.get(path) ?? '');
	const named = [...after, ...[...before].filter(([path]) => isKept(path))];
	const paths = [...new Set([...before.keys(), ...after.keys()])].sort(order);
	return paths.map((path) => {
		const isBelow = (other: string) => other.startsWith(`${path}/`);
		const isInside = (other: string) => other === path || isBelow(other);
		const below = (nodes: Iterable<readonly [string, PlainNode]>) =>
			inodesOf([...nodes].filter(([other]) => isBelow(other)));
		const own = before.get(path)?.inode ?? null;
		const isOwnLost = own !== null && !inodesOf(named).has(own) && carrierOf(own, before) === path;
		const lost =
			sizeOfAll([...below(before)].filter((inode) => !below(named).has(inode))) +
			(isOwnLost ? own.content.length : 0);
		const shipped = [...inodesOf(after)].filter(
			(inode) => inode.layer >= from && isInside(carrierOf(inode, after)),
		);
		const there = sizeOfAll(below(after)) + bytesCarried(after.get(path));
		return {
			path,
			kind: changes.get(path) ?? 'unchanged',
			described: describeNode((after.get(path) ?? before.get(path)) as PlainNode),
			bytes: after.has(path) ? there : lost,
			shipped: sizeOfAll(shipped),
			lost,
			changedCount: [...changes.keys()].filter(isInside).length,
		};
	});
}

function inodesOf(nodes: Iterable<readonly [string, PlainNode]>): ReadonlySet<PlainInode> {
	return new Set([...nodes].flatMap(([, { inode }]) => (inode === null ? [] : [inode])));
}

/** The name that brought an inode or, where that is gone, the first one in a tree whose folders are sorted. */
function carrierOf(inode: PlainInode, state: PlainState): string {
	const names = [...state].filter(([, node]) => node.inode === inode);
	const own = names.find(([, node]) => !node.isHardLink);
	const paths = names.map(([path]) =>
		path
			.split('/')
			.map((name) => `${name}\0`)
			.join(''),
	);
	return own?.[0] ?? paths.sort(order)[0].slice(0, -1).replaceAll('\0', '/');
}

function describeNode(node: PlainNode): string {
	const isSecondName = node.isHardLink && node.type === 'file';
	const kind = node.isImplied ? 'implied' : isSecondName ? 'hard-link' : node.type;
	return [kind, node.mode.toString(8), node.uid, node.gid, bytesCarried(node)].join(' ');
}
