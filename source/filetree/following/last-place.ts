import type { Steps } from '../../steps.ts';
import type { FileTree } from '../file-tree.ts';
import { PathFollower, type PathToFollow } from './follow-path.ts';

export interface LastPlace {
	readonly node: number;
	/** The number of layers, from the lowest, that are there. */
	readonly point: number;
}

/** Where a path leads at a point, or else at the highest lower point at which it leads to anything; null if it never does. */
export function* lastPlace(tree: FileTree, wanted: PathToFollow): Steps<LastPlace | null> {
	const follower = new PathFollower(tree);
	for (let point = wanted.point; point > 0; point--) {
		const found = yield* follower.follow({ ...wanted, point });
		if (found.kind === 'found') return { node: found.node, point };
	}
	return null;
}
