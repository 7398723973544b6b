import { type DocumentChange, documentChanges } from '../plan.ts';
import type { Random } from '../random.ts';

export function makeDocumentChange(random: Random): DocumentChange {
	return {
		document: random.below(8),
		steps: random.list(0, 4, () => random.below(1000)),
		change: random.pick(documentChanges),
	};
}
