import type { ImageDifference } from '../../diff/image-difference.ts';
import type { Both } from '../../diff/merge/merge-structure.ts';
import { FathomError } from '../../errors.ts';
import { comparePackagesOf } from '../../session/pair/compare-packages.ts';
import type { PairDetailName, PairDetails } from '../../tui/model/pair-details.ts';
import type { ImageSheet } from '../../tui/view/sheets/sheet.ts';
import { findingChanges } from '../pair/finding-changes.ts';
import type { OpenedSide } from '../pair/open-side.ts';

export interface ShownPair {
	readonly images: Both<OpenedSide>;
	readonly difference: ImageDifference;
}

/** Works out what takes longer than the comparison of files while the user looks at it. What fails is shown in its place. */
export async function showPairDetails(
	sheet: ImageSheet,
	{ images, difference }: ShownPair,
	signal: AbortSignal,
): Promise<void> {
	const showOne = async <Name extends PairDetailName>(
		name: Name,
		work: () => Promise<PairDetails[Name]>,
	): Promise<void> => {
		try {
			const value = await work();
			if (!signal.aborted) sheet.showPairDetails({ [name]: { kind: 'known', value } });
		} catch (error) {
			if (signal.aborted || !(error instanceof FathomError)) throw error;
			sheet.showPairDetails({ [name]: { kind: 'failed', reason: error.message } });
		}
	};
	await showOne('findings', () => findingChanges(images, signal));
	await showOne('packages', () => comparePackagesOf(images, difference, { signal }));
}
