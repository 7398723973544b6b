import { DIRECTORY, FILE } from '../tar/changeset.ts';
import type { ContentClasses, ContentGroups } from '../tar/content-groups.ts';
import type { ArrangedTouches } from './arranged-touches.ts';
import { NO_ENTRY } from './file-tree.ts';
import type { ImageEntries } from './image-entries.ts';

/** Content that has to be looked at, and the carriers that it belongs to. */
export interface ContentQuestions {
	readonly groups: ContentGroups;
	/** The carrier of each item. */
	readonly carriers: Int32Array;
}

/** Collects the files that stood at one path with one size in different places: only their content tells whether they are the same. */
export function findContentQuestions(touches: ArrangedTouches, entries: ImageEntries): ContentQuestions {
	const starts: number[] = [0];
	const carriers: number[] = [];
	for (let node = 0; node + 1 < touches.starts.length; node++) {
		if (touches.starts[node + 1] - touches.starts[node] < 2) continue;
		for (const group of groupsOf(filesOf(touches, entries, node), entries)) {
			carriers.push(...group);
			starts.push(carriers.length);
		}
	}
	return {
		groups: {
			count: starts.length - 1,
			starts: Uint32Array.from(starts),
			layers: Uint16Array.from(carriers, (carrier) => entries.layerOf(carrier)),
			entries: Uint32Array.from(carriers, (carrier) => entries.indexOf(carrier)),
		},
		carriers: Int32Array.from(carriers),
	};
}

/** The distinct files with content that a node was, lowest layer first. */
function filesOf(
	{ starts, carriers }: ArrangedTouches,
	entries: ImageEntries,
	node: number,
): readonly number[] {
	const files: number[] = [];
	for (let touch = starts[node]; touch < starts[node + 1]; touch++) {
		const carrier = carriers[touch];
		const isNew = entries.isFile(carrier) && entries.bytesOf(carrier) > 0 && !files.includes(carrier);
		if (isNew) files.push(carrier);
	}
	return files;
}

function groupsOf(files: readonly number[], entries: ImageEntries): readonly (readonly number[])[] {
	if (files.length < 2) return [];
	const bySize = new Map<number, number[]>();
	for (const carrier of files) {
		const bytes = entries.bytesOf(carrier);
		const group = bySize.get(bytes);
		if (group) group.push(carrier);
		else bySize.set(bytes, [carrier]);
	}
	return [...bySize.values()].filter((group) =>
		group.some((carrier) => !entries.samePlace(carrier, group[0])),
	);
}

/** Tells which states of one path have the same type, content, link target and device. */
export class ContentNumbers {
	readonly #entries: ImageEntries;
	/** Leads from a carrier to one with the same content, and from there on until -1: one inode may be asked about at several paths. */
	readonly #sameAs: Int32Array;

	constructor(entries: ImageEntries, { carriers }: ContentQuestions, classes: ContentClasses) {
		this.#entries = entries;
		this.#sameAs = new Int32Array(entries.count).fill(-1);
		for (let item = 0; item < carriers.length; item++) this.#join(carriers[item], carriers[classes[item]]);
	}

	/** Numbers the touches `[from, to)` of one node: equal numbers, equal content. */
	write(touches: ArrangedTouches, [from, to]: readonly [number, number], numbers: Uint32Array): void {
		const firsts: number[] = [];
		for (let touch = from; touch < to; touch++) {
			let number = 0;
			while (number < firsts.length && !this.#same(touches, firsts[number], touch)) number += 1;
			if (number === firsts.length) firsts.push(touch);
			numbers[touch] = number;
		}
	}

	#same({ entries, carriers }: ArrangedTouches, left: number, right: number): boolean {
		const kind = this.#kindOf(entries[left], carriers[left]);
		if (kind !== this.#kindOf(entries[right], carriers[right])) return false;
		if (kind === NO_ENTRY || kind === DIRECTORY) return true;
		const leftCarrier = carriers[left];
		const rightCarrier = carriers[right];
		if (kind !== FILE)
			return sameBytes(this.#entries.targetOf(leftCarrier), this.#entries.targetOf(rightCarrier));
		const bytes = this.#entries.bytesOf(leftCarrier);
		if (bytes !== this.#entries.bytesOf(rightCarrier)) return false;
		return bytes === 0 || this.#contentOf(leftCarrier) === this.#contentOf(rightCarrier);
	}

	/** The kind of what carries the content; a link to nothing is an empty file. */
	#kindOf(entry: number, carrier: number): number {
		if (entry === NO_ENTRY) return NO_ENTRY;
		return carrier === NO_ENTRY ? FILE : this.#entries.kindOf(carrier);
	}

	#join(carrier: number, same: number): void {
		const left = this.#contentOf(carrier);
		const right = this.#contentOf(same);
		if (left !== right) this.#sameAs[Math.max(left, right)] = Math.min(left, right);
	}

	/** An entry that stands for all with its content, as far as was asked. */
	#contentOf(carrier: number): number {
		let at = this.#firstAtPlace(carrier);
		while (this.#sameAs[at] !== -1) {
			const next = this.#sameAs[at];
			if (this.#sameAs[next] !== -1) this.#sameAs[at] = this.#sameAs[next];
			at = next;
		}
		return at;
	}

	/** Layers may share a blob: one place in it is one content. */
	#firstAtPlace(carrier: number): number {
		const { changesets, starts } = this.#entries;
		const layer = this.#entries.layerOf(carrier);
		return starts[changesets.indexOf(changesets[layer])] + this.#entries.indexOf(carrier);
	}
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
	return Buffer.compare(left, right) === 0;
}
