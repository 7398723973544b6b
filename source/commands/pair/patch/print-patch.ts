import type { ImageDifference } from '../../../diff/image-difference.ts';
import type { Both } from '../../../diff/merge/merge-structure.ts';
import { type ByteSink, ByteStream } from '../../../report/byte-stream.ts';
import {
	type ChangedFile,
	changedFileAt,
	changedNodes,
	type NodeRange,
} from '../../../report/diff/patch/changed-files.ts';
import { writeFilePatch } from '../../../report/diff/patch/file-patch.ts';
import { tableLines } from '../../../report/diff/patch/line-table.ts';
import type { PatchBody } from '../../../report/diff/patch/patch-body.ts';
import { type PatchLayout, PatchLines } from '../../../report/diff/patch/patch-lines.ts';
import { isText } from '../../../report/diff/patch/text-content.ts';
import { runInSlices, runWithin, TimeSlice } from '../../../sources/time-slice.ts';
import { inParts, type Steps } from '../../../steps.ts';
import { SYMLINK } from '../../../tar/changeset.ts';
import { labelsOf, type PatchedImages } from './patched-images.ts';
import { describeKept, hasContents, keptBytes, type ReadContents, readContents } from './read-contents.ts';

export interface PatchInput {
	readonly images: PatchedImages;
	readonly difference: ImageDifference;
	/** The paths to show. */
	readonly range: NodeRange;
	/** Those among them that are left out. */
	readonly isIgnored: (node: number) => boolean;
	/** What to say where none of them differs, safe for a terminal. */
	readonly nothing: string;
	readonly signal: AbortSignal;
}

/** How much of contents is in memory at once. */
const MOST_KEPT_BYTES = 64 * 1024 * 1024;
const MOST_KEPT_FILES = 10_000;
const NODES_A_STEP = 1024;

/** Prints the unified diffs of files in path order. Throws `FathomError`, before anything is printed where the contents cannot be read. */
export async function printPatch(input: PatchInput, sink: ByteSink, layout: PatchLayout): Promise<void> {
	const { images, difference, range, isIgnored, nothing, signal } = input;
	const nodes = await runInSlices(changedNodes(difference, range, isIgnored), signal);
	await runInSlices(requireContents(nodes, input), signal);
	const stream = new ByteStream(sink);
	const lines = new PatchLines(layout, () => stream.buffer);
	if (nodes.length === 0) lines.note(nothing);
	const writer = new PatchWriter(stream, lines, input);
	let batch: ChangedFile[] = [];
	let bytes = 0;
	for (const node of nodes) {
		for (const file of sectionsOf(changedFileAt(difference, node))) {
			const size = keptBytes(file, images);
			if (batch.length === MOST_KEPT_FILES || (batch.length > 0 && bytes + size > MOST_KEPT_BYTES)) {
				await writer.write(batch);
				batch = [];
				bytes = 0;
			}
			batch.push(file);
			bytes += size;
		}
	}
	await writer.write(batch);
	await stream.end();
}

/** A path whose type is another one is a file that goes and one that comes, as in git. */
function sectionsOf(file: ChangedFile): readonly ChangedFile[] {
	if (file.kind !== 'type') return [file];
	const [older, newer] = file.versions;
	return [
		{ kind: 'removed', versions: [older, null] },
		{ kind: 'added', versions: [null, newer] },
	];
}

function* requireContents(nodes: readonly number[], { images, difference }: PatchInput): Steps<void> {
	for (const side of [0, 1] as const) {
		const { refusal } = images[side].files;
		if (refusal === null) continue;
		yield* inParts(nodes.length, NODES_A_STEP, (from, to) => {
			for (const node of nodes.slice(from, to))
				for (const file of sectionsOf(changedFileAt(difference, node)))
					if (hasContents(file) && file.versions[side]?.content) throw refusal;
		});
	}
}

class PatchWriter {
	readonly #stream: ByteStream;
	readonly #lines: PatchLines;
	readonly #input: PatchInput;
	readonly #labels: Both<string>;
	readonly #slice: TimeSlice;

	constructor(stream: ByteStream, lines: PatchLines, input: PatchInput) {
		this.#stream = stream;
		this.#lines = lines;
		this.#input = input;
		this.#labels = labelsOf(input.images);
		this.#slice = new TimeSlice(input.signal);
	}

	async write(files: readonly ChangedFile[]): Promise<void> {
		const { images, signal, difference } = this.#input;
		const contents = await readContents(files, images, signal);
		const input = { tree: difference.tree, labels: this.#labels, lines: this.#lines };
		for (const [index, file] of files.entries()) {
			const body = await this.#bodyOf(file, contents[index]);
			await this.#run(writeFilePatch(file, body, input));
		}
	}

	async #bodyOf({ versions }: ChangedFile, read: ReadContents): Promise<PatchBody> {
		if (read.kind === 'done') return read.body;
		const { contents } = read;
		const { signal } = this.#input;
		// The target of a symlink is one line, whatever is in it.
		const isLink = versions.some((version) => version?.kind === SYMLINK);
		const areText = isLink || contents.every((content) => content === null || isText(content));
		if (!areText) return describeKept(contents, null, signal);
		const [older, newer] = contents.map((content) => content ?? new Uint8Array(0));
		const tables = await runWithin(this.#slice, tableLines([older, newer]));
		return tables === null
			? describeKept(contents, 'not compared line by line: more than 200,000 lines', signal)
			: { kind: 'text', tables };
	}

	/** Does the steps, and hands on what they write. */
	async #run(steps: Steps<void>): Promise<void> {
		for (let isDone = false; !isDone; ) {
			isDone = steps.next().done === true;
			if (this.#stream.isFull) await this.#stream.flush();
			await this.#slice.yield();
		}
	}
}
