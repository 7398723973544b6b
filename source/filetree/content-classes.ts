import { discard, trimmed, withRoom } from '../columns/grow.ts';
import { type Changeset, DIRECTORY, FILE } from '../tar/changeset.ts';
import type { ContentClasses, ContentGroups } from '../tar/content-groups.ts';
import type { ArrangedTouches, CarriersByNode } from './arranged-touches.ts';
import { NO_ENTRY } from './file-tree.ts';
import type { ImageEntries } from './image-entries.ts';

/** Content that has to be looked at, and the carriers that it belongs to. */
export interface ContentQuestions {
	readonly groups: ContentGroups;
	/** The carrier of each item. */
	readonly carriers: Int32Array;
}

/** Collects the files that stood at one path with one size in different places: only their content tells whether they are the same. */
export function findContentQuestions(
	{ starts, carriers }: CarriersByNode,
	entries: ImageEntries,
): ContentQuestions {
	const questions = new QuestionColumns();
	for (let node = 0; node + 1 < starts.length; node++) {
		const from = starts[node];
		const to = starts[node + 1];
		if (to - from < 2) continue;
		if (to - from === 2) addPair(questions, entries, carriers, from);
		else
			for (const group of groupsOf(filesAmong(carriers.subarray(from, to), entries), entries))
				questions.add(group);
	}
	return questions.finish(entries);
}

/** Most paths that changed at all have changed once: `at` is where the first of their two carriers is. */
function addPair(questions: QuestionColumns, entries: ImageEntries, carriers: Int32Array, at: number): void {
	const left = carriers[at];
	const right = carriers[at + 1];
	if (!entries.isFile(left) || !entries.isFile(right)) return;
	const bytes = entries.bytesOf(left);
	if (bytes > 0 && bytes === entries.bytesOf(right) && !entries.samePlace(left, right))
		questions.addPair(left, right);
}

class QuestionColumns {
	#starts = new Uint32Array(64);
	#carriers = new Int32Array(64);
	#groupCount = 0;
	#itemCount = 0;

	add(group: readonly number[]): void {
		for (const carrier of group) this.#addItem(carrier);
		this.#closeGroup();
	}

	addPair(left: number, right: number): void {
		this.#addItem(left);
		this.#addItem(right);
		this.#closeGroup();
	}

	#addItem(carrier: number): void {
		if (this.#itemCount === this.#carriers.length)
			this.#carriers = withRoom(this.#carriers, this.#itemCount + 1);
		this.#carriers[this.#itemCount] = carrier;
		this.#itemCount += 1;
	}

	#closeGroup(): void {
		this.#groupCount += 1;
		if (this.#groupCount === this.#starts.length) this.#starts = withRoom(this.#starts, this.#groupCount + 1);
		this.#starts[this.#groupCount] = this.#itemCount;
	}

	finish(entries: ImageEntries): ContentQuestions {
		const carriers = trimmed(this.#carriers, this.#itemCount);
		const layers = new Uint16Array(carriers.length);
		const indices = new Uint32Array(carriers.length);
		for (let item = 0; item < carriers.length; item++) {
			layers[item] = entries.layerOf(carriers[item]);
			indices[item] = entries.indexOf(carriers[item]);
		}
		const starts = trimmed(this.#starts, this.#groupCount + 1);
		return { groups: { count: this.#groupCount, starts, layers, entries: indices }, carriers };
	}
}

/** The distinct files with content, lowest layer first. */
function filesAmong(carriers: Int32Array, entries: ImageEntries): readonly number[] {
	return [...new Set(carriers)].filter((carrier) => entries.isFile(carrier) && entries.bytesOf(carrier) > 0);
}

function groupsOf(files: readonly number[], entries: ImageEntries): readonly (readonly number[])[] {
	if (files.length < 2) return [];
	const groups = Map.groupBy(files, (carrier) => entries.bytesOf(carrier)).values();
	return [...groups].filter((group) => group.some((carrier) => !entries.samePlace(carrier, group[0])));
}

/** Tells which states of one path have the same type, content, link target and device. */
export class ContentNumbers {
	readonly #entries: ImageEntries;
	/** Leads from a carrier to one with the same content, and from there on until -1: one inode may be asked about at several paths. */
	readonly #sameAs: Int32Array;
	/** The first entry, image-wide, of the first layer that has each layer's blob. */
	readonly #firstStarts: Uint32Array;
	readonly #known = new Map<number | string, number>();

	constructor(entries: ImageEntries, { carriers }: ContentQuestions, classes: ContentClasses) {
		this.#entries = entries;
		this.#sameAs = new Int32Array(entries.count).fill(-1);
		this.#firstStarts = firstStartsOf(entries);
		for (let item = 0; item < carriers.length; item++) this.#join(carriers[item], carriers[classes[item]]);
	}

	/** Gives its memory back; it must not be used afterwards. */
	discard(): void {
		discard(this.#sameAs);
	}

	/** Numbers the touches `[from, to)` of one node: equal numbers, equal content. */
	write(touches: ArrangedTouches, [from, to]: readonly [number, number], numbers: Uint32Array): void {
		if (to - from === 2) {
			numbers[from] = 0;
			numbers[from + 1] = Number(this.#keyOf(touches, from) !== this.#keyOf(touches, from + 1));
			return;
		}
		const known = this.#known;
		known.clear();
		for (let touch = from; touch < to; touch++) {
			const key = this.#keyOf(touches, touch);
			const number = known.get(key) ?? known.size;
			known.set(key, number);
			numbers[touch] = number;
		}
	}

	/** What states of one path have in common when their content is equal. A link to nothing is an empty file. */
	#keyOf({ entries, carriers }: ArrangedTouches, touch: number): number | string {
		if (entries[touch] === NO_ENTRY) return 'nothing';
		const carrier = carriers[touch];
		if (carrier === NO_ENTRY) return 'empty file';
		const kind = this.#entries.kindOf(carrier);
		if (kind === DIRECTORY) return 'directory';
		if (kind !== FILE) return `${kind} ${Buffer.from(this.#entries.targetOf(carrier)).toString('latin1')}`;
		return this.#entries.bytesOf(carrier) === 0 ? 'empty file' : this.#contentOf(carrier);
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
		return this.#firstStarts[this.#entries.layerOf(carrier)] + this.#entries.indexOf(carrier);
	}
}

function firstStartsOf({ changesets, starts }: ImageEntries): Uint32Array {
	const first = new Map<Changeset, number>();
	return Uint32Array.from(changesets, (changeset, layer) => {
		const start = first.get(changeset) ?? starts[layer];
		first.set(changeset, start);
		return start;
	});
}
