import type { CountedKind } from '../../../source/diff/listing/file-differences.ts';
import { bytesCarried, order } from './plain-figures.ts';
import type { PlainNode, PlainState } from './plain-model.ts';

/** `path kind old -> new bytes` of every path of two file systems that differs, sorted; `-` where it is not there. */
export function plainDifferences(older: PlainState, newer: PlainState): readonly string[] {
	const paths = [...new Set([...older.keys(), ...newer.keys()])].sort(order);
	return paths.flatMap((path) => {
		const [before, after] = [older.get(path), newer.get(path)];
		const kind = kindOf(before, after);
		const bytes = [before, after].map((node) => (node === undefined ? '-' : bytesCarried(node)));
		return kind === null ? [] : [`${path} ${kind} ${bytes.join(' -> ')}`];
	});
}

/** An implied directory is no change by itself, neither when it comes nor when it goes. */
function kindOf(before: PlainNode | undefined, after: PlainNode | undefined): CountedKind | null {
	if (before === undefined) return after === undefined || after.isImplied ? null : 'added';
	if (after === undefined) return before.isImplied ? null : 'removed';
	if (before.type !== after.type) return 'type';
	if (before.target !== after.target || before.inode?.content !== after.inode?.content) return 'content';
	const metadataOf = ({ mode, uid, gid, xattrs }: PlainNode) => [mode, uid, gid, xattrs].join(' ');
	return metadataOf(before) === metadataOf(after) ? null : 'metadata';
}
