import type { SecretFile, SecretFiles } from '../../analysis/hidden/secret-files.ts';
import { secretRules } from '../../facts/secrets/rules/rules.ts';
import type { FoundSecret } from '../../facts/secrets/secret-facts.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import { matchedNodes } from '../../filetree/matched-nodes.ts';
import { pathOf } from '../../filetree/paths.ts';
import { nameLayers } from '../../image/image.ts';
import type { Steps } from '../../steps.ts';
import { secretMatches } from '../forbid-secrets.ts';
import type { PatternMatch } from '../rule.ts';

const MOST_EXAMPLES = 5;
const RANGES_A_STEP = 4096;

/** What the rule against secrets has its matches of, less what it ignores. `isIgnored` is null where that is nothing. */
export function* matchSecrets(
	tree: FileTree,
	{ files, unreadLayers }: SecretFiles,
	isIgnored: ((path: string) => boolean) | null,
): Steps<ReadonlyMap<string, PatternMatch>> {
	const ignored = new Uint8Array(isIgnored === null ? 0 : tree.nodeCount);
	if (isIgnored !== null)
		for (const [index, { from, to }] of (yield* matchedNodes(tree, isIgnored)).entries()) {
			ignored.fill(1, from, to);
			if (index % RANGES_A_STEP === RANGES_A_STEP - 1) yield;
		}
	const counted = files.filter(({ node }) => ignored[node] !== 1);
	const obstacle =
		unreadLayers.length > 0
			? `the contents of ${nameLayers(unreadLayers)} were not read, so that the secrets there are not known`
			: undefined;
	return new Map([
		[secretMatches.secrets, matchOf(tree, counted, { isLikelyExample: false, obstacle })],
		[secretMatches.examples, matchOf(tree, counted, { isLikelyExample: true, obstacle })],
	]);
}

function matchOf(
	tree: FileTree,
	files: readonly SecretFile[],
	{
		isLikelyExample,
		obstacle,
	}: Pick<SecretFile, 'isLikelyExample'> & { readonly obstacle: string | undefined },
): PatternMatch {
	const matching = files.filter((each) => each.isLikelyExample === isLikelyExample);
	return {
		count: matching.length,
		bytes: 0,
		examples: matching.slice(0, MOST_EXAMPLES).map((each) => ({
			name: `/${pathOf(tree, each.node)}`,
			bytes: null,
			detail: detailOf(each),
		})),
		...(obstacle !== undefined && { obstacle }),
	};
}

/** `private key (line 1), layer 2, removed by layer 3`; never what the secret is. */
function detailOf({ secrets, layers, removedBy }: SecretFile): string {
	const removed = removedBy === null ? [] : [`removed by layer ${removedBy + 1}`];
	return [...secrets.map(wordsOf), nameLayers(layers), ...removed].join(', ');
}

function wordsOf({ kind, lines }: FoundSecret): string {
	const { title } = secretRules[kind];
	return lines.length === 0 ? title : `${title} (line ${lines[0]}${lines.length > 1 ? ', …' : ''})`;
}
