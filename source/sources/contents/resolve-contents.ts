import type { CacheAddress } from '../../cache/cache-address.ts';
import type { LayerCache } from '../../cache/layer-cache.ts';
import { type Changeset, IDENTITY_BYTES } from '../../tar/changeset.ts';
import type { ContentClasses, ContentGroups } from '../../tar/content-groups.ts';
import { createIdentityDigest, type IdentityKey } from '../../tar/content-identity.ts';
import { sparseMapOf, storedBytesOf } from '../../tar/sparse/sparse-files.ts';
import { SparseHashing } from '../../tar/sparse/sparse-hashing.ts';
import type { ReadOptions } from '../image-source.ts';
import { type BlobLocation, chunksOf, withRange } from '../store/blob-location.ts';
import { TimeSlice } from '../time-slice.ts';
import { comparisonOf } from './content-answers.ts';
import type { PairComparer } from './pair-comparer.ts';
import { canCompare, readableLayers } from './pairs-to-compare.ts';

export interface ResolveInput {
	readonly changesets: readonly Changeset[];
	/** Where each layer lies that is read by position. */
	readonly locations: readonly (BlobLocation | null)[];
	readonly answers: CacheAddress | null;
	/** Knows already of the pairs that come first among the groups, or of none. */
	readonly comparer: PairComparer;
	readonly cache: LayerCache;
	readonly options: ReadOptions;
}

/**
 * Tells which files of each group have the same content. Two files on disk are compared byte by byte and only as far as they agree;
 * of three or more, each is hashed once; files of a stream were hashed as it was read. Throws `TarError`.
 */
export async function resolveContents(groups: ContentGroups, input: ResolveInput): Promise<ContentClasses> {
	const { cache, answers, changesets } = input;
	if (answers === null) return compare(groups, input);
	const comparison = comparisonOf(groups, answers, bytesToRead(groups, changesets));
	return cache.through(comparison, () => compare(groups, input));
}

/** A sparse file may have an extent in every byte, and each takes some microseconds. */
const PIECE_BYTES = 4 * 1024;

const UNRESOLVED = 0xffff_ffff;

/** Groups that take about a millisecond. */
const GROUPS_A_STEP = 4096;

async function compare(groups: ContentGroups, input: ResolveInput): Promise<ContentClasses> {
	const { comparer, changesets } = input;
	const { sharing } = input.options;
	const classes = new Uint32Array(groups.layers.length).fill(UNRESOLVED);
	comparer.markBegun(classes);
	const readable = readableLayers(input);
	const pairs: number[] = [];
	const others: number[] = [];
	const slice = new TimeSlice(input.options.signal);
	for (let group = 0; group < groups.count; group++) {
		if (group % GROUPS_A_STEP === 0) await slice.yield();
		const from = groups.starts[group];
		if (classes[from] !== UNRESOLVED) continue;
		const known =
			sharing?.role === 'takes' ? sharing.shared.contents.classesOf(groups, group, changesets) : null;
		if (known !== null) {
			for (const [item, first] of known.entries()) classes[from + item] = from + first;
			continue;
		}
		const isPair = groups.starts[group + 1] - from === 2;
		if (isPair && haveIdentities(groups, from, input)) {
			classes[from] = from;
			classes[from + 1] = haveSameIdentity(groups, from, input) ? from : from + 1;
		} else if (isPair && canCompare(groups, from, readable)) pairs.push(from);
		else others.push(group);
	}
	comparer.begin(groups, pairs, input);
	await Promise.all([comparer.finish(classes), classifyGroups(groups, others, { classes, input })]);
	if (sharing?.role === 'gives')
		for (let group = 0; group < groups.count; group++)
			sharing.shared.contents.note(groups, group, { classes, changesets });
	return classes;
}

/** Whether at least this many bytes have to be read to compare the groups. */
export function takesReading(
	bytes: number,
	groups: ContentGroups,
	changesets: readonly Changeset[],
): boolean {
	return bytesToRead(groups, changesets) >= bytes;
}

/** How many bytes have to be read to compare the groups: those of files that have no identity. */
function bytesToRead({ layers, entries }: ContentGroups, changesets: readonly Changeset[]): number {
	let bytes = 0;
	for (let item = 0; item < layers.length; item++) {
		const { identities, sizes } = changesets[layers[item]];
		if (identities === null) bytes += sizes[entries[item]];
	}
	return bytes;
}

interface Resolving {
	readonly classes: ContentClasses;
	readonly input: ResolveInput;
}

/** Whether an item and the one after it have identities, which is all that most groups of an unpacked image need. */
function haveIdentities({ layers }: ContentGroups, item: number, { changesets }: ResolveInput): boolean {
	return changesets[layers[item]].identities !== null && changesets[layers[item + 1]].identities !== null;
}

function haveSameIdentity(
	{ layers, entries }: ContentGroups,
	item: number,
	{ changesets }: ResolveInput,
): boolean {
	const left = changesets[layers[item]].identities;
	const right = changesets[layers[item + 1]].identities;
	const leftStart = entries[item] * IDENTITY_BYTES;
	const rightStart = entries[item + 1] * IDENTITY_BYTES;
	for (let index = 0; index < IDENTITY_BYTES; index++) {
		if (left?.[leftStart + index] !== right?.[rightStart + index]) return false;
	}
	return true;
}

async function classifyGroups(
	groups: ContentGroups,
	chosen: readonly number[],
	resolving: Resolving,
): Promise<void> {
	const slice = new TimeSlice(resolving.input.options.signal);
	for (const group of chosen) {
		await classify(groups, [groups.starts[group], groups.starts[group + 1]], { ...resolving, slice });
		if (slice.isDue) await slice.yield();
	}
}

/** Gives the items `[from, to)` of a group their classes, by the identity of each. */
async function classify(
	groups: ContentGroups,
	[from, to]: readonly [number, number],
	{ classes, input, slice }: Resolving & { readonly slice: TimeSlice },
): Promise<void> {
	const firsts = new Map<string, number>();
	for (let item = from; item < to; item++) {
		const identity = identityOf(groups, item, input) ?? (await readIdentity(groups, item, input));
		const first = firsts.get(identity) ?? item;
		firsts.set(identity, first);
		classes[item] = first;
		if (slice.isDue) await slice.yield();
	}
}

/** The identity of a file that streamed; null where the layer can be read again. */
function identityOf(
	{ layers, entries }: ContentGroups,
	item: number,
	{ changesets }: ResolveInput,
): string | null {
	const { identities } = changesets[layers[item]];
	if (identities === null) return null;
	const start = entries[item] * IDENTITY_BYTES;
	return Buffer.from(identities.buffer, identities.byteOffset + start, IDENTITY_BYTES).toString('latin1');
}

async function readIdentity(groups: ContentGroups, item: number, input: ResolveInput): Promise<string> {
	const location = input.locations[groups.layers[item]];
	if (!location) throw new RangeError('A layer has neither identities nor a location to read it from.');
	const changeset = input.changesets[groups.layers[item]];
	const entry = groups.entries[item];
	const start = location.start + changeset.positions[entry];
	const { path } = location;
	const slice = new TimeSlice(input.options.signal);
	return withRange({ path, start, bytes: storedBytesOf(changeset, entry) }, async (range) => {
		const identity = identityOfEntry(changeset, entry, input.cache.identityKey);
		for await (const chunk of chunksOf(range)) {
			for (let start = 0; start < chunk.length; start += PIECE_BYTES) {
				identity.write(chunk.subarray(start, start + PIECE_BYTES));
				await slice.yield();
			}
		}
		return Buffer.from(identity.finish()).toString('latin1');
	});
}

/** Takes the content of an entry as it is in the tar, and gives its identity. */
function identityOfEntry(changeset: Changeset, entry: number, identityKey: IdentityKey) {
	const map = sparseMapOf(changeset, entry);
	if (map === null) {
		const identity = createIdentityDigest(changeset.sizes[entry], identityKey);
		return { write: (chunk: Uint8Array) => identity.update(chunk), finish: () => identity.digest() };
	}
	const hashing = new SparseHashing(map, { identityKey, isPlain: true, withFileDigest: false });
	return { write: (chunk: Uint8Array) => hashing.write(chunk), finish: () => hashing.finish().identity };
}
