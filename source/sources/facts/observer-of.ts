import { readersOf } from '../../facts/fact-groups.ts';
import { FactsObserver } from '../../facts/facts-observer.ts';
import type { FactGroup } from '../../tar/changeset.ts';
import type { HashOptions, StreamScanOptions } from '../../tar/scan-stream.ts';

/** What reads facts as contents pass; null where none are wanted. The readers have to be loaded. */
export function observerOf(facts: readonly FactGroup[]): FactsObserver | null {
	return facts.length === 0 ? null : new FactsObserver(readersOf(facts));
}

/** How to scan a tar of unknown size on the way. */
export function streamOptions(pass: HashOptions): StreamScanOptions {
	return { ...pass, expectedBytes: 0, observer: observerOf(pass.facts ?? []) };
}
