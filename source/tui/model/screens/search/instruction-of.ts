import type { Subject } from '../../subject.ts';

/** The instruction that made a layer; null where none is known. */
export function instructionOf(subject: Subject, layer: number): string | null {
	return subject.kind === 'image' ? (subject.description.layers[layer]?.instruction ?? null) : null;
}
