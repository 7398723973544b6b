import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FactError, type FactReader, type FactSink } from '../../../source/facts/fact-reader.ts';
import type {
	ListedPaths,
	PackageFact,
	PackageRecord,
	PathList,
} from '../../../source/facts/packages/package-facts.ts';

/** A file out of `test/facts/data`. */
export function factData(name: string): Buffer {
	return readFileSync(join(import.meta.dirname, '../../facts/data', name));
}

interface Given {
	readonly path: string;
	readonly content: Uint8Array | string;
	/** How many bytes come at once; 64 KiB by default. */
	readonly pieceBytes?: number;
	/** What the entry says of its size; the truth by default. */
	readonly saidBytes?: number;
}

/** What a reader says of a file; `undefined` where it does not want it. Each piece is overwritten once it was given, as buffers are in real runs. */
export function factOf<Fact>(reader: FactReader<Fact>, given: Given): Fact | null | undefined {
	return sinkAfter(reader, given)?.end();
}

/** What a reader says is left out of a file that it wants, or why it says nothing; null for nothing. */
export function problemOf(reader: FactReader<unknown>, given: Given): string | null {
	const sink = sinkAfter(reader, given);
	try {
		sink?.end();
		return sink?.problem ?? null;
	} catch (error) {
		if (error instanceof FactError) return error.message;
		throw error;
	}
}

function sinkAfter<Fact>(reader: FactReader<Fact>, given: Given): FactSink<Fact> | null {
	const content = Buffer.from(given.content);
	const sink = reader.open({ path: given.path, bytes: given.saidBytes ?? content.length, mode: 0o644 });
	if (sink === null) return null;
	const { pieceBytes = 65_536 } = given;
	for (let start = 0; start < content.length && !sink.isDone; start += pieceBytes) {
		const piece = Uint8Array.from(content.subarray(start, start + pieceBytes));
		sink.write(piece);
		piece.fill(0x21);
	}
	return sink;
}

/** The packages that a reader finds in a file which it wants. */
export function packagesOf(reader: FactReader<PackageFact>, given: Given): readonly PackageRecord[] {
	const fact = factOf(reader, given);
	if (fact?.kind !== 'packages') throw new Error(`it gave ${fact?.kind}`);
	return fact.packages;
}

/** The list that a reader finds in a file which it wants. */
export function listOf(reader: FactReader<PackageFact>, given: Given): ListedPaths {
	const fact = factOf(reader, given);
	if (fact?.kind !== 'paths') throw new Error(`it gave ${fact?.kind}`);
	return fact;
}

export function pathsIn(list: PathList): readonly string[] {
	return Buffer.from(list).toString('latin1').split('\0').slice(0, -1);
}
