import { MOST_PLACES } from '../../../../../analysis/findings/fold-places.ts';
import type { ListedFinding } from '../../../../../analysis/findings/image-findings.ts';
import type { FileTree } from '../../../../../filetree/file-tree.ts';
import { pathOf } from '../../../../../filetree/paths.ts';
import type { FilePlace } from '../../view.ts';

/** `7 → 10`: the layer that shipped the bytes, and the one that wasted them. Empty for the image as a whole. */
export function layersOf({ shippedIn, wastedIn }: ListedFinding): string {
	const layers = [...new Set([shippedIn, wastedIn])].filter((layer) => layer !== null);
	return layers.map((layer) => String(layer + 1)).join(' → ');
}

/** Where the greatest part of it is, in the layer that is to blame. */
export function placeOfFinding(
	{ places, shippedIn, wastedIn }: ListedFinding,
	tree: Pick<FileTree, 'layerCount'>,
): FilePlace | null {
	const [place] = places;
	if (place === undefined) return null;
	return { node: place.node, layer: wastedIn ?? shippedIn ?? tree.layerCount - 1 };
}

/**
 * The lines of fathom.yaml that accept a finding. Where it is about more than is known of it here, they accept all findings with its code.
 * JSON is YAML, and what is no ASCII or a control character is escaped.
 */
export function acceptanceRule({ code, places }: ListedFinding, tree: FileTree): string {
	const paths = places.map(({ node }) => yamlString(literalGlob(pathOf(tree, node))));
	// Beyond as many places as a finding has at most, its paths are not all known.
	const isWhole = paths.length > 0 && paths.length < MOST_PLACES && places.every(({ node }) => node > 0);
	return [
		'findings:',
		'  accept:',
		`    - code: ${code}`,
		...(isWhole ? [`      paths: [${paths.join(', ')}]`] : []),
		'      reason: "say here why it stays"',
		'',
	].join('\n');
}

/** A glob that only this path matches. */
function literalGlob(path: string): string {
	return path.replace(/[\\*?[\]{}!]/g, '\\$&');
}

function yamlString(text: string): string {
	return JSON.stringify(text).replace(
		/[\u007F-\uFFFF]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
