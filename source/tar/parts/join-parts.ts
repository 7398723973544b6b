import { concatenated, discard } from '../../columns/grow.ts';
import { joinedAttributes } from '../attributes/attributes-builder.ts';
import type { Changeset, LayerFacts, StringColumn, TarWarning } from '../changeset.ts';
import { mapFacts } from '../contents/layer-facts.ts';
import { SIZE_MODULUS, type Sums } from '../inflate/gzip-inflater.ts';
import { joinedSparse, keepLimits } from '../sparse/sparse-files.ts';
import { crc32Append } from './crc32-append.ts';
import type { ScannedPart } from './scan-part.ts';

/**
 * The changeset of a layer from all its parts, in order; null when they do not make a whole, because one failed and is null, or because the
 * checksums of gzip are wrong, or because all parts together have too many sparse files. The memory of their columns is released.
 */
export function joinParts(parts: readonly (ScannedPart | null)[]): Changeset | null {
	const used = partsUpToEnd(parts);
	if (used === null || !doSumsHold(used) || !keepSparseLimits(used)) return null;
	return used.map(({ changeset }) => changeset).reduce(joined);
}

/** Parts behind one that did not end at its split point are dropped: that one includes them. */
function partsUpToEnd(parts: readonly (ScannedPart | null)[]): readonly ScannedPart[] | null {
	const last = parts.findIndex((part) => part === null || !part.endsAtSplitPoint);
	const used = parts.slice(0, last + 1).filter((part) => part !== null);
	return used.length > 0 && used.length === last + 1 ? used : null;
}

/** Whether gzip members that span several parts have the checksum and the length that they state. */
function doSumsHold([first, ...rest]: readonly ScannedPart[]): boolean {
	let { sums } = first;
	for (const { sums: own, firstEnd } of rest) {
		if (firstEnd === null) {
			sums = appended(sums, own);
			continue;
		}
		const { crc32, bytes } = appended(sums, firstEnd.seen);
		if (crc32 !== firstEnd.stated.crc32 || bytes % SIZE_MODULUS !== firstEnd.stated.bytes) return false;
		sums = own;
	}
	return true;
}

/** A part by itself may have had room for files that the whole has not. */
function keepSparseLimits(parts: readonly ScannedPart[]): boolean {
	const changesets = parts.map(({ changeset }) => changeset).filter(({ sparse }) => sparse !== null);
	return changesets.length < 2 || keepLimits(changesets);
}

function appended(first: Sums, second: Sums): Sums {
	return {
		crc32: crc32Append(first.crc32, second.crc32, second.bytes),
		bytes: first.bytes + second.bytes,
	};
}

function joined(head: Changeset, tail: Changeset): Changeset {
	const positions = tail.positions.map((position) => position + head.unpackedBytes);
	discard(tail.positions);
	return {
		count: head.count + tail.count,
		paths: joinedStrings(head.paths, tail.paths),
		kinds: concatenated(head.kinds, tail.kinds),
		sizes: concatenated(head.sizes, tail.sizes),
		modes: concatenated(head.modes, tail.modes),
		uids: concatenated(head.uids, tail.uids),
		gids: concatenated(head.gids, tail.gids),
		mtimes: concatenated(head.mtimes, tail.mtimes),
		targets: joinedStrings(head.targets, tail.targets),
		positions: concatenated(head.positions, positions),
		sparse: joinedSparse(head.sparse, tail.sparse, head.count),
		identities: head.identities && tail.identities && concatenated(head.identities, tail.identities),
		attributes: joinedAttributes(head.attributes, tail.attributes, head.count),
		digests: head.digests && tail.digests && concatenated(head.digests, tail.digests),
		facts: head.facts && tail.facts && joinedFacts(head.facts, tail.facts, head.count),
		unpackedBytes: head.unpackedBytes + tail.unpackedBytes,
		diffId: null,
		headerCount: head.headerCount + tail.headerCount,
		warnings: joinedWarnings([...head.warnings, ...tail.warnings]),
	};
}

/** Both parts were read for the same groups. */
function joinedFacts(head: LayerFacts, tail: LayerFacts, headCount: number): LayerFacts {
	return mapFacts(head, (facts, group) => [
		...facts,
		...(tail[group] ?? []).map((fact) => ({ ...fact, entry: fact.entry + headCount })),
	]);
}

function joinedStrings(head: StringColumn, tail: StringColumn): StringColumn {
	const start = head.bytes.length;
	const ends = tail.ends.map((end) => end + start);
	discard(tail.ends);
	return { bytes: concatenated(head.bytes, tail.bytes), ends: concatenated(head.ends, ends) };
}

function joinedWarnings(warnings: readonly TarWarning[]): readonly TarWarning[] {
	const byCode = new Map<TarWarning['code'], TarWarning>();
	for (const warning of warnings) {
		const known = byCode.get(warning.code);
		byCode.set(warning.code, known ? { ...known, count: known.count + warning.count } : warning);
	}
	return [...byCode.values()];
}
