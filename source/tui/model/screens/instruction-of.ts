import { madeBy } from '../../../text/instruction.ts';
import type { Subject } from '../subject.ts';

/** What made a layer, as the list of layers says it; null where that is not known. Hostile text. */
export function instructionOf(subject: Subject, layer: number): string | null {
	const described = subject.kind === 'image' ? subject.description.layers[layer] : undefined;
	return described === undefined ? null : madeBy(described);
}
