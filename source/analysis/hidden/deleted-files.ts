import { sortColumn } from '../../columns/sort-column.ts';
import type { FoundSecret } from '../../facts/secrets/secret-facts.ts';
import { type FileTree, type WasteColumns, wasteCauses } from '../../filetree/file-tree.ts';
import { inParts, type Steps } from '../../steps.ts';
import { largestFirst } from '../largest-first.ts';
import type { SecretFiles } from './secret-files.ts';

/** A file that nobody can see in the final file system, and anybody can pull out of the layer that ships it. */
export interface DeletedFile {
	readonly node: number;
	readonly bytes: number;
	/** The layer that ships it, 0-based. */
	readonly layerIndex: number;
	/** The layer that took it away, 0-based. */
	readonly removedBy: number;
	/** Whether the path went, or has other content now. */
	readonly cause: 'removed' | 'content';
	/** What it looks like, where it looks secret; empty where it does not, or where contents were not read. */
	readonly secrets: readonly FoundSecret[];
}

/** Most bytes first, then in path order. A large image has a hundred thousand, so each is put together only when it is looked at. */
export interface DeletedFiles extends Iterable<DeletedFile> {
	readonly length: number;
	readonly bytes: number;
	/** The ranks of those that look secret, ascending. */
	readonly secretRanks: readonly number[];
	/** The files ranked `start` to `end - 1`, from 0. */
	slice(start: number, end: number): readonly DeletedFile[];
}

const ITEMS_A_STEP = 8192;
const KEYS_A_STEP = 65_536;

/**
 * The deleted files (docs/figures.md), the bytes of which are a part of the wasted bytes. Copies whose content is still visible at their path
 * are not among them. `secrets` is null where contents were not asked for.
 */
export function* findDeletedFiles(
	{ waste }: Pick<FileTree, 'waste'>,
	secrets: SecretFiles | null,
): Steps<DeletedFiles> {
	const rows = yield* deletedRows(waste);
	const bytes = new Float64Array(rows.length);
	let sum = 0;
	yield* inParts(rows.length, ITEMS_A_STEP, (from, to) => {
		for (let index = from; index < to; index++) {
			bytes[index] = waste.bytes[rows[index]];
			sum += bytes[index];
		}
	});
	const ranking = yield* largestFirst(bytes);
	yield* inParts(ranking.length, ITEMS_A_STEP, (from, to) => {
		for (let rank = from; rank < to; rank++) ranking[rank] = rows[ranking[rank]];
	});
	const found = secretsByPlace(secrets);
	const secretRanks = yield* ranksOfSecrets(waste, ranking, found);
	return new RankedFiles({ waste, ranking, bytes: sum, secrets: found, secretRanks });
}

function* ranksOfSecrets(
	{ nodes, layers }: WasteColumns,
	ranking: Uint32Array,
	secrets: SecretsByPlace,
): Steps<readonly number[]> {
	const ranks: number[] = [];
	if (secrets.size === 0) return ranks;
	const nodesOfSecrets = new Set([...secrets.keys()].map((place) => Number(place.split(' ')[0])));
	yield* inParts(ranking.length, ITEMS_A_STEP, (from, to) => {
		for (let rank = from; rank < to; rank++) {
			const row = ranking[rank];
			if (nodesOfSecrets.has(nodes[row]) && secrets.has(placeOf(nodes[row], layers[row]))) ranks.push(rank);
		}
	});
	return ranks;
}

/** The rows of deleted files, in path order and of one path in the order in which they died. */
function* deletedRows({ count, causes, nodes }: WasteColumns): Steps<Uint32Array> {
	const keys = new Float64Array(count);
	let deleted = 0;
	yield* inParts(count, ITEMS_A_STEP, (from, to) => {
		for (let row = from; row < to; row++)
			if (isDeleted(causes[row])) keys[deleted++] = nodes[row] * count + row;
	});
	// Nodes and dead inodes are limited to some millions, so that the products are exact.
	const sorted = keys.subarray(0, deleted);
	yield* sortColumn(sorted, {
		runLength: KEYS_A_STEP,
		sortRun: (run) => run.sort(),
		isInOrder: (left, right) => left <= right,
	});
	const rows = new Uint32Array(deleted);
	yield* inParts(deleted, ITEMS_A_STEP, (from, to) => {
		for (let index = from; index < to; index++) rows[index] = sorted[index] % count;
	});
	return rows;
}

function isDeleted(cause: number): boolean {
	return wasteCauses[cause] === 'removed' || wasteCauses[cause] === 'content';
}

type SecretsByPlace = ReadonlyMap<string, readonly FoundSecret[]>;

function secretsByPlace(secrets: SecretFiles | null): SecretsByPlace {
	const files = secrets?.files.filter(({ visibleNode }) => visibleNode === null) ?? [];
	return new Map(
		files.flatMap(({ node, layers, secrets: found }) => layers.map((layer) => [placeOf(node, layer), found])),
	);
}

function placeOf(node: number, layerIndex: number): string {
	return `${node} ${layerIndex}`;
}

interface RankedRows {
	readonly waste: WasteColumns;
	/** Rows of the waste, the largest first. */
	readonly ranking: Uint32Array;
	readonly bytes: number;
	readonly secrets: SecretsByPlace;
	readonly secretRanks: readonly number[];
}

class RankedFiles implements DeletedFiles {
	readonly bytes: number;
	readonly secretRanks: readonly number[];
	readonly #rows: RankedRows;

	constructor(rows: RankedRows) {
		this.#rows = rows;
		this.bytes = rows.bytes;
		this.secretRanks = rows.secretRanks;
	}

	get length(): number {
		return this.#rows.ranking.length;
	}

	slice(start: number, end: number): readonly DeletedFile[] {
		return Array.from(this.#rows.ranking.subarray(start, end), (row) => this.#describe(row));
	}

	*[Symbol.iterator](): Generator<DeletedFile> {
		for (const row of this.#rows.ranking) yield this.#describe(row);
	}

	#describe(row: number): DeletedFile {
		const { waste, secrets } = this.#rows;
		const node = waste.nodes[row];
		const layerIndex = waste.layers[row];
		return {
			node,
			bytes: waste.bytes[row],
			layerIndex,
			removedBy: waste.culprits[row],
			cause: wasteCauses[waste.causes[row]] === 'removed' ? 'removed' : 'content',
			secrets: secrets.get(placeOf(node, layerIndex)) ?? [],
		};
	}
}
