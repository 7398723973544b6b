import { claimedNodes } from '../../../source/analysis/packages/claimed-nodes.ts';
import { findPackages } from '../../../source/analysis/packages/found-packages.ts';
import { factsByPath } from '../../../source/analysis/packages/path-facts.ts';
import { pathOf } from '../../../source/filetree/paths.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { finish } from '../../../source/steps.ts';

/** The paths that each package claims, in order, by `NAME:ARCHITECTURE`: also those that another one owns. */
export async function claimedPaths({
	tree,
	facts,
}: ImageSession): Promise<ReadonlyMap<string, readonly string[]>> {
	const { packages } = await facts.ask(['packages']);
	const found = finish(findPackages(finish(factsByPath(tree, packages))));
	const claimed = finish(claimedNodes(tree, found));
	return new Map(
		claimed.map(({ package: index, nodes }) => {
			const { name, architecture } = found.packages[index].record;
			return [`${name}:${architecture}`, nodes.map((node) => pathOf(tree, node)).sort()];
		}),
	);
}
