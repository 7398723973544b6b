import { createHash } from 'node:crypto';
import type { CacheAddress } from '../../cache/cache-address.ts';
import { fileDigests } from '../../cache/kinds/digests.ts';
import type { CacheRequest } from '../../cache/layer-cache.ts';
import { type Changeset, DIGEST_BYTES } from '../../tar/changeset.ts';
import { unhashedEntries } from '../../tar/sparse/sparse-files.ts';
import type { FileReader } from '../file-source.ts';
import { openContent } from '../files/open-content.ts';
import { asLayerError } from '../layer-error.ts';
import { createFileHash, type FileHash, lengthOf, sha256 } from '../workers/file-hash.ts';
import type { FileDigestTask } from '../workers/layer-task.ts';
import type { LayerWorkers } from '../workers/layer-workers.ts';

/** Regular files of one layer, and the changeset that has their entries. */
export interface FilesOfLayer {
	/** 0-based. */
	readonly layerIndex: number;
	readonly changeset: Changeset;
	readonly entries: Uint32Array;
}

export interface DigestReading {
	/** What to call the image in errors. */
	readonly label: string;
	readonly reader: FileReader;
	readonly workers: LayerWorkers;
	/** What is worked out; the SHA-256 by default. */
	readonly hash?: FileHash;
	readonly signal?: AbortSignal | undefined;
}

const HASHED_BYTES_A_MICROSECOND = 500;

/** The digests in the cache. What was asked is a part of the key. */
export function digestRequest(
	{ layerIndex, changeset: { sizes }, entries }: FilesOfLayer,
	{ key, isCurrent }: CacheAddress,
	reader: FileReader | null,
): CacheRequest<Uint8Array> {
	const hashedBytes = entries.reduce((sum, entry) => sum + sizes[entry], 0);
	const asked = createHash('sha256').update(entries).digest('hex');
	return {
		kind: fileDigests(entries.length * DIGEST_BYTES),
		keys: [`digests ${layerIndex} ${asked}\n${key}`],
		// How long it takes to fetch a layer again is not known.
		cost: reader?.blobOf ? hashedBytes / HASHED_BYTES_A_MICROSECOND : Infinity,
		isCurrent,
	};
}

/** A worker reads this much at a time, so that several share a large layer. */
const TASK_BYTES = 64 * 1024 * 1024;
const MOST_TASK_FILES = 8192;

/** The SHA-256 of no bytes. */
export const emptyDigest: Uint8Array = createHash('sha256').digest();

/**
 * The hashes of files, one behind the other, in the order of `entries`. Layers on disk are read by workers; of any other layer the files
 * are opened one after the other, in the order in which they are in the tar, and so are sparse files. Those with too many holes
 * have zeros. Throws `FathomError`, and the system's errors.
 */
export async function readDigests(
	layers: readonly FilesOfLayer[],
	{ label, reader, workers, hash = sha256, signal }: DigestReading,
): Promise<readonly Uint8Array[]> {
	const wanted = layers.map((layer) => new WantedDigests(layer, hash));
	const tasks: { readonly task: FileDigestTask; readonly of: WantedDigests; readonly from: number }[] = [];
	const others: WantedDigests[] = [];
	for (const files of wanted) {
		const blob = files.count === 0 ? null : ((await reader.blobOf?.(files.layerIndex)) ?? null);
		if (blob === null) others.push(files);
		else
			for (const { from, to } of blob.compression === 'none' ? files.runs() : [files.all()])
				tasks.push({
					task: { type: 'file-digests', ...blob, ...files.slice(from, to), hash },
					of: files,
					from,
				});
	}
	workers.start({ tasks: tasks.length, cost: wanted.reduce((sum, { bytes }) => sum + bytes, 0) });
	await workers.run(
		tasks.map(({ task }) => task),
		{
			signal,
			onResult: async (index, digests) => tasks[index].of.set(tasks[index].from, digests),
			wordError: (index, error) => asLayerError(error, `${label}: layer ${tasks[index].of.layerIndex + 1}`),
		},
	);
	for (const files of others) await files.readOneByOne(reader, signal);
	for (const files of wanted) await files.readSparse(reader, signal);
	return wanted.map(({ digests }) => digests);
}

/** Files of a layer whose digests are being worked out: those with content, in the order of their positions. Sparse ones are kept apart. */
class WantedDigests {
	readonly layerIndex: number;
	readonly digests: Uint8Array;
	readonly #hash: FileHash;
	readonly #changeset: Changeset;
	readonly #entries: Uint32Array;
	/** Positions in `entries`. */
	readonly #order: Uint32Array;
	readonly #sparse: Uint32Array;
	readonly #positions: Float64Array;
	readonly #sizes: Float64Array;

	constructor({ layerIndex, changeset, entries }: FilesOfLayer, hash: FileHash) {
		const { positions, sizes } = changeset;
		this.layerIndex = layerIndex;
		this.#changeset = changeset;
		this.#entries = entries;
		this.#hash = hash;
		this.digests = new Uint8Array(entries.length * lengthOf(hash));
		const emptyHash = createFileHash(hash, 0).digest();
		for (let index = 0; index < entries.length; index++)
			if (sizes[entries[index]] === 0) this.digests.set(emptyHash, index * emptyHash.length);
		const withContent = inOrderOfPosition(entries, { sizes, positions });
		const sparse = new Set(changeset.sparse?.entries);
		this.#order =
			sparse.size === 0 ? withContent : withContent.filter((index) => !sparse.has(entries[index]));
		this.#sparse =
			sparse.size === 0 ? new Uint32Array(0) : withContent.filter((index) => sparse.has(entries[index]));
		this.#positions = new Float64Array(this.count);
		this.#sizes = new Float64Array(this.count);
		// Of a million files `from` would take a tenth of a second.
		for (let file = 0; file < this.count; file++) {
			this.#positions[file] = positions[entries[this.#order[file]]];
			this.#sizes[file] = sizes[entries[this.#order[file]]];
		}
	}

	get count(): number {
		return this.#order.length;
	}

	get bytes(): number {
		return this.#sizes.reduce((sum, bytes) => sum + bytes, 0);
	}

	all(): { readonly from: number; readonly to: number } {
		return { from: 0, to: this.count };
	}

	/** The files in runs of about `TASK_BYTES`. */
	*runs(): Generator<{ readonly from: number; readonly to: number }> {
		let from = 0;
		let bytes = 0;
		for (let file = 0; file < this.count; file++) {
			bytes += this.#sizes[file];
			if (bytes < TASK_BYTES && file + 1 - from < MOST_TASK_FILES && file + 1 < this.count) continue;
			yield { from, to: file + 1 };
			from = file + 1;
			bytes = 0;
		}
	}

	slice(from: number, to: number): Pick<FileDigestTask, 'positions' | 'sizes'> {
		return { positions: this.#positions.slice(from, to), sizes: this.#sizes.slice(from, to) };
	}

	/** Takes the digests of files from number `from` on. */
	set(from: number, digests: Uint8Array): void {
		const length = lengthOf(this.#hash);
		for (let file = 0; file * length < digests.length; file++) {
			const digest = digests.subarray(file * length, (file + 1) * length);
			this.digests.set(digest, this.#order[from + file] * length);
		}
	}

	async readOneByOne(reader: FileReader, signal: AbortSignal | undefined): Promise<void> {
		for (let file = 0; file < this.count; file++) {
			const address = {
				layerIndex: this.layerIndex,
				position: this.#positions[file],
				bytes: this.#sizes[file],
			};
			const hash = createFileHash(this.#hash, address.bytes);
			for await (const piece of reader.open(address, signal)) hash.update(piece);
			this.set(file, hash.digest());
		}
	}

	async readSparse(reader: FileReader, signal: AbortSignal | undefined): Promise<void> {
		const { layerIndex } = this;
		const changeset = this.#changeset;
		const unhashed = unhashedEntries(changeset);
		for (const index of this.#sparse) {
			const entry = this.#entries[index];
			if (unhashed.has(entry)) continue;
			const hash = createFileHash(this.#hash, changeset.sizes[entry]);
			const file = { layerIndex, changeset, entry };
			for await (const piece of openContent(reader, file, { signal })) hash.update(piece);
			this.digests.set(hash.digest(), index * lengthOf(this.#hash));
		}
	}
}

/** Where the entries with content are in the list, in the order of their positions. As a rule the list has them in that order. */
function inOrderOfPosition(
	entries: Uint32Array,
	{ sizes, positions }: Pick<Changeset, 'sizes' | 'positions'>,
): Uint32Array {
	const order = new Uint32Array(entries.length);
	let count = 0;
	let isInOrder = true;
	for (let index = 0; index < entries.length; index++) {
		if (sizes[entries[index]] === 0) continue;
		if (count > 0 && positions[entries[order[count - 1]]] > positions[entries[index]]) isInOrder = false;
		order[count++] = index;
	}
	const chosen = order.subarray(0, count);
	return isInOrder
		? chosen
		: chosen.sort((left, right) => positions[entries[left]] - positions[entries[right]]);
}
