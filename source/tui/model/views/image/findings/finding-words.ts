import type { ListedFinding } from '../../../../../analysis/findings/image-findings.ts';
import type { FileTree } from '../../../../../filetree/file-tree.ts';
import { pathOf } from '../../../../../filetree/paths.ts';
import type { FilePlace } from '../../view.ts';

/** More paths are no rule that anybody keeps. */
const MOST_RULE_PATHS = 50;

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
 * The lines of fathom.yaml that accept a finding. Where it is about many places, they accept all findings with its code.
 * JSON is YAML, and what is no ASCII or a control character is escaped.
 */
export function acceptanceRule({ code, places }: ListedFinding, tree: FileTree): string {
	const isFew = places.length > 0 && places.length < MOST_RULE_PATHS && places.every(({ node }) => node > 0);
	const paths = isFew ? places.map(({ node }) => yamlString(literalGlob(pathOf(tree, node)))) : [];
	return [
		'findings:',
		'  accept:',
		`    - code: ${code}`,
		...(isFew ? [`      paths: [${paths.join(', ')}]`] : []),
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
