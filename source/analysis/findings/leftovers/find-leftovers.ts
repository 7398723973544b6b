import type { FileTree } from '../../../filetree/file-tree.ts';
import { nameOf } from '../../../filetree/paths.ts';
import type { Steps } from '../../../steps.ts';
import { formatBytes } from '../../../text/bytes.ts';
import { inodesByNode } from '../../packages/live-bytes.ts';
import { isVisible } from '../../packages/path-facts.ts';
import { changeThatBrought } from '../content-origin.ts';
import type { FoundFinding, RuleInput } from '../finding.ts';
import { nameOfLayer } from '../name-of-layer.ts';
import { adviseOnLeftovers } from './leftover-advice.ts';
import type { LeftoverGroup } from './leftover-group.ts';
import { type LeftoverKinds, leftoverKindsOf, NO_LEFTOVER } from './leftover-kinds.ts';
import { leftoverRules } from './leftover-rules.ts';

/** Less is not worth a change to a Dockerfile; bytes. */
const LEAST_BYTES = 1000;
const NODES_A_STEP = 8192;

/** What builds leave behind and the final file system still has, by kind and by the layer that brought it. */
export function* findLeftovers(input: RuleInput): Steps<readonly FoundFinding[]> {
	const { tree, liveBytes } = input;
	const kinds = yield* leftoverKindsOf(tree);
	const shared = yield* namedElsewhere(tree, kinds);
	const groups = new Map<string, LeftoverGroup>();
	for (let node = 0; node < tree.nodeCount; node++) {
		if (node % NODES_A_STEP === NODES_A_STEP - 1) yield;
		if (kinds[node] !== NO_LEFTOVER && liveBytes[node] > 0 && !shared.has(node))
			add(groups, { kind: kinds[node], node }, input);
	}
	const found: FoundFinding[] = [];
	for (const group of groups.values()) {
		if (group.bytes < LEAST_BYTES) continue;
		found.push(describe(group, kinds, input));
		yield;
	}
	return found;
}

/** Files that would stay under another name: first names whose inode has one that is no leftover, or another kind of it. */
function* namedElsewhere(tree: FileTree, kinds: LeftoverKinds): Steps<ReadonlySet<number>> {
	const shared = new Set<number>();
	if (tree.links.changes.length === 0) return shared;
	const inodes = yield* inodesByNode(tree);
	for (let node = 0; node < tree.nodeCount; node++) {
		if (node % NODES_A_STEP === NODES_A_STEP - 1) yield;
		if (kinds[node] !== kinds[inodes[node]] && isVisible(tree, node)) shared.add(inodes[node]);
	}
	return shared;
}

interface Leftover {
	readonly kind: number;
	readonly node: number;
}

function add(
	groups: Map<string, LeftoverGroup>,
	{ kind, node }: Leftover,
	{ tree, liveBytes }: RuleInput,
): void {
	const { keeps, leastFileBytes = 0 } = leftoverRules[kind - 1];
	if (liveBytes[node] < leastFileBytes || keeps?.includes(nameOf(tree, node))) return;
	const last = tree.changeStarts[node + 1] - 1;
	const brought = changeThatBrought(tree, node, last);
	const layerIndex = tree.changeLayers[brought];
	const key = `${kind} ${layerIndex}`;
	const group = groups.get(key) ?? { kind, layerIndex, nodes: [], bytes: 0, isShippedAgain: false };
	groups.set(key, group);
	group.nodes.push(node);
	group.isShippedAgain ||= brought !== last;
	group.bytes += liveBytes[node];
}

function describe(group: LeftoverGroup, kinds: LeftoverKinds, input: RuleInput): FoundFinding {
	const { kind, layerIndex, nodes, bytes } = group;
	const { code, what } = leftoverRules[kind - 1];
	const name = nameOfLayer(input, layerIndex);
	return {
		code,
		level: 'hint',
		title: `${name} leaves ${what} in the image: ${formatBytes(bytes)}`,
		shortTitle: `${name} leaves ${what}`,
		claim: { kind: 'live', nodes },
		shippedIn: layerIndex,
		wastedIn: null,
		advice: adviseOnLeftovers(group, kinds, input),
	};
}
