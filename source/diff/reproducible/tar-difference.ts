import type { Both } from '../merge/merge-structure.ts';
import { type Cause, causeOf, causes } from './causes.ts';
import type { BytesDifference } from './first-bytes.ts';
import type { HeaderDifference } from './header-fields.ts';

/** How two tars differ at one place. Entries are counted from 0; paths are in Latin-1, a character a byte. */
export type TarDifference =
	/** An entry that both have at the same place among those that both have. */
	| {
			readonly kind: 'entry';
			readonly path: string;
			readonly index: number;
			readonly headers: readonly HeaderDifference[];
			/** Null where the content is equal. */
			readonly content: BytesDifference | null;
			/** Stored bytes of the content. */
			readonly contentBytes: Both<number>;
			/** Bytes that fill the last block of the content, which are no part of it; null where they are equal. */
			readonly padding: BytesDifference | null;
	  }
	/** Both have it, at different places. */
	| { readonly kind: 'order'; readonly path: string; readonly oldIndex: number; readonly newIndex: number }
	/** One of them has it. */
	| { readonly kind: 'only'; readonly side: 'old' | 'new'; readonly path: string; readonly index: number }
	/** What is behind the last entry: the end mark, and what fills the last record. */
	| { readonly kind: 'end'; readonly bytes: Both<number>; readonly at: BytesDifference };

/** How many entries differ by each cause; for `end`, 1 where that differs. An entry may differ by several. */
export type CauseCounts = Readonly<Record<Cause, number>>;

/** What differs between two uncompressed tars. */
export interface TarComparison {
	/** From the start of the tars; null where they are equal byte by byte. */
	readonly first: TarDifference | null;
	readonly counts: CauseCounts;
	readonly entries: Both<number>;
}

/** The causes of one difference, each once. */
export function causesOf(difference: TarDifference): ReadonlySet<Cause> {
	switch (difference.kind) {
		case 'order':
			return new Set(['order']);
		case 'only':
			return new Set([difference.side === 'old' ? 'only-in-old' : 'only-in-new']);
		case 'end':
			return new Set(['end']);
		case 'entry':
			return causesOfEntry({
				headers: difference.headers,
				hasOtherContent: difference.content !== null,
				hasOtherPadding: difference.padding !== null,
			});
	}
}

interface ComparedEntry {
	readonly headers: readonly HeaderDifference[];
	readonly hasOtherContent: boolean;
	readonly hasOtherPadding: boolean;
}

/** Why two entries differ; empty where they do not. */
export function causesOfEntry({
	headers,
	hasOtherContent,
	hasOtherPadding,
}: ComparedEntry): ReadonlySet<Cause> {
	return new Set([
		...headers.map(causeOf),
		...(hasOtherContent ? (['content'] as const) : []),
		...(hasOtherPadding ? (['padding'] as const) : []),
	]);
}

/** How many differences there are besides the first one, by cause. */
export function furtherCounts({ first, counts }: TarComparison): CauseCounts {
	const named = first === null ? new Set<Cause>() : causesOf(first);
	return countsOf((cause) => counts[cause] - Number(named.has(cause)));
}

/** A count for each cause. */
export function countsOf(count: (cause: Cause) => number): Record<Cause, number> {
	return Object.fromEntries(causes.map((cause) => [cause, count(cause)])) as Record<Cause, number>;
}
