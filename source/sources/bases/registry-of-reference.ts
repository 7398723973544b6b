import { parseReference } from '../../image/reference.ts';
import type { SourceName } from '../image-source.ts';
import { resolveSource } from '../resolve-source.ts';

/** The registry in the name of an image; null for what is no such name. */
export function registryOfReference(reference: string, source: SourceName | null): string | null {
	try {
		const resolution = resolveSource(reference, source ?? undefined);
		return resolution.kind === 'standard-input' ? null : parseReference(resolution.name).registry;
	} catch {
		return null;
	}
}
