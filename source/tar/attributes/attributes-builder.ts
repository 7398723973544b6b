import { concatenated, trimmed, withRoom } from '../../columns/grow.ts';
import { ATTRIBUTES_DIGEST_BYTES, type AttributesColumn } from '../changeset.ts';
import { attributesDigest, type ExtendedAttributes } from './extended-attributes.ts';

/** Collects the digests of the extended attributes of a layer's entries. Most layers have none, and pay nothing. */
export class AttributesBuilder {
	#count = 0;
	#entries = new Uint32Array(0);
	#digests = new Uint8Array(0);

	/** What the column takes so far. */
	get usedBytes(): number {
		return this.#count * (ATTRIBUTES_DIGEST_BYTES + 4);
	}

	/** `entry` is larger than that of any call before. */
	add(entry: number, attributes: ExtendedAttributes): void {
		const index = this.#count;
		this.#count += 1;
		this.#entries = withRoom(this.#entries, this.#count);
		this.#digests = withRoom(this.#digests, this.#entries.length * ATTRIBUTES_DIGEST_BYTES);
		this.#entries[index] = entry;
		this.#digests.set(attributesDigest(attributes), index * ATTRIBUTES_DIGEST_BYTES);
	}

	finish(): AttributesColumn | null {
		if (this.#count === 0) return null;
		return {
			entries: trimmed(this.#entries, this.#count),
			digests: trimmed(this.#digests, this.#count * ATTRIBUTES_DIGEST_BYTES),
		};
	}
}

/** The column of a layer of two parts, of which the first has `headCount` entries. */
export function joinedAttributes(
	head: AttributesColumn | null,
	tail: AttributesColumn | null,
	headCount: number,
): AttributesColumn | null {
	if (tail === null) return head;
	const entries = tail.entries.map((entry) => entry + headCount);
	if (head === null) return { entries, digests: tail.digests };
	return {
		entries: concatenated(head.entries, entries),
		digests: concatenated(head.digests, tail.digests),
	};
}
