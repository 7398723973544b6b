import type { Both } from '../../../diff/merge/merge-structure.ts';
import type { LayerEntry } from '../../../filetree/links.ts';
import type { ChangedFile, FileVersion } from '../../../report/diff/patch/changed-files.ts';
import { type DescribedBody, noBody, type PatchBody } from '../../../report/diff/patch/patch-body.ts';
import { MOST_TEXT_BYTES } from '../../../report/diff/patch/text-content.ts';
import { FILE, SYMLINK } from '../../../tar/changeset.ts';
import { sparseMapOf, storedBytesOf } from '../../../tar/sparse/sparse-files.ts';
import { type Content, compareContents } from './compare-contents.ts';
import type { PatchedImages } from './patched-images.ts';

/** What was read of a file: contents that are small enough to be kept, or the whole result. */
export type ReadContents =
	| { readonly kind: 'kept'; readonly contents: Both<Uint8Array | null> }
	| { readonly kind: 'done'; readonly body: PatchBody };

/** A hostile sparse file may have terabytes of zeros. */
const MOST_HOLE_BYTES = 2 ** 30;

/** Whether there are contents to show. What is known to be equal, and what has no content, is not read. */
export function hasContents({ kind, versions }: ChangedFile): boolean {
	if (kind === 'metadata' || kind === 'moved') return false;
	return versions.every((version) => version === null || version.kind === FILE || version.kind === SYMLINK);
}

/** How much memory the contents of a file take while they are kept, bytes. */
export function keptBytes(file: ChangedFile, images: PatchedImages): number {
	if (!hasContents(file) || isStreamed(file, images)) return 0;
	return file.versions.reduce((sum, version) => sum + (version === null ? 0 : version.bytes), 0);
}

/**
 * Reads the contents of some files, each layer from its start to its end, because a layer that is compressed cannot be read in another order
 * without being unpacked again. Throws `FathomError`.
 */
export async function readContents(
	files: readonly ChangedFile[],
	images: PatchedImages,
	signal: AbortSignal,
): Promise<readonly ReadContents[]> {
	const streamed = files.map((file) => hasContents(file) && isStreamed(file, images));
	const isKept = (file: ChangedFile, index: number): boolean => hasContents(file) && !streamed[index];
	const kept = files.map((file, index): Kept | null => (isKept(file, index) ? [null, null] : null));
	for (const side of [0, 1] as const) await readKept(files, kept, { side, images, signal });
	const bodies = new Map<number, PatchBody>();
	for (const index of inTarOrder(files, [1, 0], images)) {
		if (streamed[index]) bodies.set(index, await describeStreamed(files[index], images, signal));
	}
	return kept.map(
		(contents, index): ReadContents =>
			contents === null
				? { kind: 'done', body: bodies.get(index) ?? noBody }
				: { kind: 'kept', contents: [contents[0], contents[1]] },
	);
}

/** The body for contents that were kept and are no text, or are too long a text. Throws `interrupted`. */
export async function describeKept(
	contents: Both<Uint8Array | null>,
	reason: string | null,
	signal: AbortSignal,
): Promise<DescribedBody> {
	const [older, newer] = contents.map((content) => content && inMemory(content));
	const { digests, firstDifference } = await compareContents([older, newer], { signal });
	return { kind: 'described', reason, digests, firstDifference };
}

function inMemory(content: Uint8Array): Content {
	return { bytes: content.length, pieces: onePiece(content) };
}

async function* onePiece(content: Uint8Array): AsyncGenerator<Uint8Array> {
	yield content;
}

type Kept = [Uint8Array | null, Uint8Array | null];

interface ReadingSide {
	readonly side: 0 | 1;
	readonly images: PatchedImages;
	readonly signal: AbortSignal;
}

async function readKept(
	files: readonly ChangedFile[],
	kept: readonly (Kept | null)[],
	{ side, images, signal }: ReadingSide,
): Promise<void> {
	for (const index of inTarOrder(files, [side], images)) {
		const [contents, version] = [kept[index], files[index].versions[side]];
		if (contents === null || version === null) continue;
		if (version.kind === SYMLINK) contents[side] = version.target;
		else contents[side] = await readWhole(version, images[side].files, signal);
	}
}

async function readWhole(
	{ content, bytes }: FileVersion,
	files: PatchedImages[0]['files'],
	signal: AbortSignal,
): Promise<Uint8Array> {
	const whole = new Uint8Array(bytes);
	if (content === null) return whole;
	let filled = 0;
	for await (const piece of files.openEntry(content, signal)) {
		whole.set(piece, filled);
		filled += piece.length;
	}
	return whole;
}

/** The indices of the files by where the first of some sides that has the file has it. */
function inTarOrder(
	files: readonly ChangedFile[],
	sides: readonly (0 | 1)[],
	images: PatchedImages,
): readonly number[] {
	const places = files.map(({ versions }) => {
		const side = sides.find((each) => versions[each] !== null) ?? sides[0];
		const content = versions[side]?.content ?? null;
		return content && { layerIndex: content.layerIndex, position: positionOf(content, images[side]) };
	});
	return Array.from(files.keys()).sort((left, right) => {
		const [one, other] = [places[left], places[right]];
		if (one === null || other === null) return Number(other === null) - Number(one === null);
		return one.layerIndex - other.layerIndex || one.position - other.position;
	});
}

function positionOf({ layerIndex, entry }: LayerEntry, { tree }: PatchedImages[0]): number {
	return tree.changesets[layerIndex].positions[entry];
}

/** Whether a file is too large to be kept. A sparse file is no text in any case, because its holes are zeros. */
function isStreamed(file: ChangedFile, images: PatchedImages): boolean {
	return (
		file.versions.some((version) => version !== null && version.bytes > MOST_TEXT_BYTES) ||
		isSparse(file, images)
	);
}

function isSparse({ versions }: ChangedFile, images: PatchedImages): boolean {
	return versions.some((version, side) => version !== null && holeBytesOf(version, images[side]) !== null);
}

/** null for a file that is not sparse. */
function holeBytesOf({ content, bytes }: FileVersion, { tree }: PatchedImages[0]): number | null {
	if (content === null) return null;
	const changeset = tree.changesets[content.layerIndex];
	if (sparseMapOf(changeset, content.entry) === null) return null;
	return bytes - storedBytesOf(changeset, content.entry);
}

async function describeStreamed(
	file: ChangedFile,
	images: PatchedImages,
	signal: AbortSignal,
): Promise<DescribedBody> {
	const { versions } = file;
	const [older, newer] = versions.map((version, side): Content | null => {
		if (version === null) return null;
		const { content, bytes } = version;
		return content === null
			? inMemory(version.target)
			: { bytes, pieces: images[side].files.openEntry(content, signal) };
	});
	const holes = versions.map((version, side) => version && holeBytesOf(version, images[side]));
	const hasLargeHoles = holes.some((holeBytes) => (holeBytes ?? 0) > MOST_HOLE_BYTES);
	const mostBytes = hasLargeHoles ? MOST_HOLE_BYTES : Number.POSITIVE_INFINITY;
	const { digests, firstDifference, areText } = await compareContents([older, newer], { mostBytes, signal });
	const reason = hasLargeHoles ? LARGE_HOLES : areText ? reasonFor(file, images) : null;
	return { kind: 'described', reason, digests, firstDifference };
}

const LARGE_HOLES = 'compared up to 1 GiB: the holes of the sparse file are larger';

function reasonFor(file: ChangedFile, images: PatchedImages): string {
	const why = isSparse(file, images) ? 'a sparse file' : 'larger than 8 MiB';
	return `not compared line by line: ${why}`;
}
