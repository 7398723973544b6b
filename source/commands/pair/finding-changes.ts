import {
	compareFindings,
	type FindingChange,
	greatestDeltaFirst,
} from '../../analysis/findings/compare-findings.ts';
import { type KnownFinding, knownFindings } from '../../analysis/findings/known-findings.ts';
import type { Both } from '../../diff/merge/merge-structure.ts';
import type { ImageSession } from '../../session/image-session.ts';
import type { OpenedSide } from './open-side.ts';

/** What became of the findings that need no contents, the greatest delta first; null where one side is a saved report. */
export async function findingChanges(
	[older, newer]: Both<OpenedSide>,
	signal: AbortSignal,
): Promise<readonly FindingChange<KnownFinding>[] | null> {
	if (!('facts' in older && 'facts' in newer)) return null;
	const [before, after] = await Promise.all([older, newer].map((side) => listedOf(side, signal)));
	return greatestDeltaFirst(compareFindings(before, after));
}

async function listedOf(
	{ details, tree, image }: ImageSession,
	signal: AbortSignal,
): Promise<readonly KnownFinding[]> {
	const found = await details.findings({ withContents: false }, { signal });
	return knownFindings(found, { tree, layers: image.description.layers }).list;
}
