import * as z from 'zod/mini';
import { findingLevels } from '../../analysis/findings/finding-level.ts';
import type { KnownFindings } from '../../analysis/findings/known-findings.ts';
import type { SavedLayer } from './report-schema.ts';

const index = z.nullable(z.int().check(z.gte(0)));

/** What is read of a finding. */
export const savedFindingSchema = z.object({
	code: z.string().check(z.maxLength(100)),
	level: z.enum(findingLevels),
	bytes: z.int().check(z.gte(0)),
	shippedIn: index,
	wastedIn: index,
	places: z.array(z.object({ path: z.string() })).check(z.maxLength(1000)),
});

export type SavedFinding = z.output<typeof savedFindingSchema>;

/** What is read of the other members of a report's findings. */
export const savedFindingsSchema = z.object({
	withContents: z.boolean(),
	notReadInLayers: z.array(z.int()),
});

export interface SavedFindings {
	readonly members: z.output<typeof savedFindingsSchema>;
	readonly list: readonly SavedFinding[];
}

/** The findings of a report as they can be compared; of a layer that the report does not have, the instruction is not known. */
export function knownOf(
	saved: SavedFindings | null,
	layers: readonly Pick<SavedLayer, 'instruction'>[],
): KnownFindings | null {
	if (saved === null) return null;
	const { withContents, notReadInLayers } = saved.members;
	const instructionOf = (layer: number | null): string | null =>
		layer === null ? null : (layers[layer]?.instruction ?? null);
	return {
		list: saved.list.map(({ code, level, bytes, shippedIn, wastedIn, places }) => ({
			code,
			level,
			bytes,
			shippedBy: instructionOf(shippedIn),
			wastedBy: instructionOf(wastedIn),
			shippedIn,
			layerIndex: wastedIn ?? shippedIn,
			paths: places.map(({ path }) => path),
		})),
		withContents: withContents && notReadInLayers.length === 0,
	};
}
