import { attributesNumber } from '../../filetree/change-attributes.ts';
import type { ChangeAttributes, FileTree } from '../../filetree/file-tree.ts';
import { ATTRIBUTES_DIGEST_BYTES } from '../../tar/changeset.ts';
import type { Both } from './merge-structure.ts';

/** The extended attributes of two trees under the numbers of one: each tree has numbers of its own, and the digests tell which are equal. */
export class MergedAttributes {
	readonly isEmpty: boolean;
	readonly #trees: Both<FileTree>;
	readonly #digests: Uint8Array;
	/** What each number of the new tree is in both. */
	readonly #newNumbers: Uint32Array;

	constructor(trees: Both<FileTree>) {
		const [older, newer] = [digestsOf(trees[0]), digestsOf(trees[1])];
		const known = new Map(older.map((digest, index) => [digest, index + 1]));
		this.#newNumbers = new Uint32Array(newer.length + 1);
		for (const [index, digest] of newer.entries()) {
			const number = known.get(digest) ?? known.size + 1;
			known.set(digest, number);
			this.#newNumbers[index + 1] = number;
		}
		this.#trees = trees;
		this.#digests = Buffer.from([...known.keys()].join(''), 'latin1');
		this.isEmpty = known.size === 0;
	}

	/** Equal numbers mean equal attributes, in both trees. */
	numberOf(side: 0 | 1, change: number): number {
		const number = attributesNumber(this.#trees[side], change);
		return side === 0 ? number : this.#newNumbers[number];
	}

	/** The column of a tree whose changes have these numbers. */
	column(numbers: Uint32Array): ChangeAttributes | null {
		return this.isEmpty ? null : { numbers, digests: this.#digests };
	}
}

/** The digest of each number from 1 on, a character a byte. */
function digestsOf({ changeAttributes }: FileTree): readonly string[] {
	if (changeAttributes === null) return [];
	const { buffer, byteOffset, byteLength } = changeAttributes.digests;
	const text = Buffer.from(buffer, byteOffset, byteLength).toString('latin1');
	return Array.from({ length: byteLength / ATTRIBUTES_DIGEST_BYTES }, (_, index) =>
		text.slice(index * ATTRIBUTES_DIGEST_BYTES, (index + 1) * ATTRIBUTES_DIGEST_BYTES),
	);
}
