import { wasteCauses } from '../../../filetree/file-tree.ts';
import type { OwnedPackage } from '../../packages/packages.ts';
import type { FindingInput } from '../finding.ts';

/**
 * The package whose file in the base is wasted by a row of the tree's waste; undefined if no package owns the file, or contents are not
 * known. An upgrade also ships files again that are the same in both versions.
 */
export function upgradedPackage(
	{ tree, base, packages }: FindingInput,
	row: number,
): OwnedPackage | undefined {
	const { waste } = tree;
	if (packages === null || waste.layers[row] >= base.layerCount) return undefined;
	const cause = wasteCauses[waste.causes[row]];
	if (cause !== 'content' && cause !== 'identical') return undefined;
	const owner = packages.packages[packages.owners[waste.nodes[row]]];
	return owner?.layerIndex === waste.culprits[row] ? owner : undefined;
}

const MOST_NAMED = 5;
const LONGEST_NAME = 60;

/** `libssl3, openssl and 5 more`. Hostile text. */
export function packageNames(packages: Iterable<Pick<OwnedPackage, 'name'>>): string {
	const names = [...new Set(Array.from(packages, ({ name }) => name.slice(0, LONGEST_NAME)))].sort();
	const shown = names.slice(0, MOST_NAMED);
	const last = names.length > MOST_NAMED ? `${names.length - MOST_NAMED} more` : shown.pop();
	return shown.length === 0 ? (last ?? '') : `${shown.join(', ')} and ${last}`;
}
