import { attributeOf, attributesNumber, hasCapabilities } from '../../../filetree/change-attributes.ts';
import { type FileTree, NO_ENTRY } from '../../../filetree/file-tree.ts';
import { kindOfEntry } from '../../../filetree/links.ts';
import { nameLayers } from '../../../image/image.ts';
import type { Steps } from '../../../steps.ts';
import { DIRECTORY, FILE, HARD_LINK } from '../../../tar/changeset.ts';
import { formatCount } from '../../../text/bytes.ts';
import { joinRuns } from '../../../text/dockerfile/edit-instruction.ts';
import { isVisible } from '../../packages/path-facts.ts';
import type { FindingCode } from '../explanations/explanations.ts';
import type { FoundFinding, RuleInput } from '../finding.ts';
import { instructionText } from '../layer-instruction.ts';
import { nameOfLayer } from '../name-of-layer.ts';
import { shellPaths } from '../shell-paths.ts';
import { hasPosixShell } from '../waste/neighbours.ts';

const NODES_A_STEP = 4096;
const STICKY = 0o1000;
const SET_USER_ID = 0o4000;
const SET_GROUP_ID = 0o2000;
const EXECUTABLE = 0o111;
const WRITABLE_BY_ALL = 0o002;
/** Without any of these, a mode is not risky. */
const ANY = SET_USER_ID | SET_GROUP_ID | WRITABLE_BY_ALL;

/** A mode, or capabilities, that let somebody do more than they should. */
interface RiskyMode {
	readonly code: FindingCode;
	readonly holds: (kind: number, mode: number, hasCapabilities: boolean) => boolean;
	/** The thing and its plural. */
	readonly named: readonly [string, string];
	readonly advice: string;
	/** What of `chmod` takes it away without harm; null where something may need it. */
	readonly mend: string | null;
}

/** By any of its names. */
function isFile(kind: number): boolean {
	return kind === FILE || kind === HARD_LINK;
}

const riskyModes: readonly RiskyMode[] = [
	{
		code: 'set-id-added',
		holds: (kind, mode) =>
			isFile(kind) && (mode & (SET_USER_ID | SET_GROUP_ID)) !== 0 && (mode & EXECUTABLE) !== 0,
		named: ['set-user-ID or set-group-ID file', 'set-user-ID or set-group-ID files'],
		advice:
			'A user who runs these gets the rights of their owner or group. Take the bits away with chmod a-s in the RUN that brings them, or leave out the package, unless something needs them.',
		mend: null,
	},
	{
		code: 'capabilities-added',
		holds: (kind, _mode, hasCapabilities) => isFile(kind) && hasCapabilities,
		named: ['file with capabilities', 'files with capabilities'],
		advice:
			'A user who runs these has some of the rights of root. Take them away with setcap -r in the RUN that brings them, or leave out the package, unless something needs them.',
		mend: null,
	},
	{
		code: 'world-writable',
		holds: (kind, mode) =>
			(mode & WRITABLE_BY_ALL) !== 0 && (isFile(kind) || (kind === DIRECTORY && (mode & STICKY) === 0)),
		named: ['file or folder that everybody may write', 'files and folders that everybody may write'],
		advice:
			'Let only their owner or group write them: any process in the container may change what others use.',
		mend: 'o-w',
	},
];

/** Files and folders to which a layer above the base gave a risky mode, one finding a kind. */
export function* findRiskyModes(input: RuleInput): Steps<readonly FoundFinding[]> {
	const { tree, description } = input;
	// The modes in layers of Windows are made up: access is in other attributes.
	if (description.platform?.os === 'windows') return [];
	const found = riskyModes.map((): Found => ({ nodes: [], layers: new Map() }));
	for (let node = 1; node < tree.nodeCount; node++) {
		if (node % NODES_A_STEP === 0) yield;
		const last = tree.changeStarts[node + 1] - 1;
		if (!isVisible(tree, node)) continue;
		if ((modeOf(tree, last) & ANY) === 0 && attributesNumber(tree, last) === 0) continue;
		for (const [index, mode] of riskyModes.entries()) add(found[index], { mode, node }, input);
	}
	return riskyModes.flatMap((mode, index) =>
		found[index].nodes.length === 0 ? [] : [describe(mode, found[index], input)],
	);
}

interface Found {
	readonly nodes: number[];
	/** How many of them each layer brought. */
	readonly layers: Map<number, number>;
}

function add(
	found: Found,
	{ mode, node }: { readonly mode: RiskyMode; readonly node: number },
	{ tree, base }: RuleInput,
): void {
	let change = tree.changeStarts[node + 1] - 1;
	if (!isRisky(tree, change, mode)) return;
	while (change > tree.changeStarts[node] && isRisky(tree, change - 1, mode)) change -= 1;
	const layer = tree.changeLayers[change];
	if (layer < base.layerCount) return;
	found.nodes.push(node);
	found.layers.set(layer, (found.layers.get(layer) ?? 0) + 1);
}

function isRisky(tree: FileTree, change: number, { holds }: RiskyMode): boolean {
	if (tree.changeEntries[change] === NO_ENTRY) return false;
	return holds(kindOfEntry(tree, change), modeOf(tree, change), hasCapabilities(tree, change));
}

function modeOf(tree: FileTree, change: number): number {
	return attributeOf(tree, change, 'modes');
}

function describe(
	{ code, named: [one, many], advice, mend }: RiskyMode,
	{ nodes, layers }: Found,
	input: RuleInput,
): FoundFinding {
	const ordered = [...layers.keys()].sort((left, right) => left - right);
	const [most] = [...ordered].sort((left, right) => (layers.get(right) ?? 0) - (layers.get(left) ?? 0));
	const verb = layers.size === 1 ? 'adds' : 'add';
	const instruction = layers.size === 1 ? instructionText(input, most) : null;
	const isEditable = mend !== null && hasPosixShell(input.description, most);
	const paths = !isEditable ? null : shellPaths(input.tree, nodes);
	return {
		code,
		level: 'risk',
		title: `${layers.size === 1 ? nameOfLayer(input, most) : nameLayers(ordered)} ${verb} ${formatCount(nodes.length)} ${nodes.length === 1 ? one : many}`,
		claim: { kind: 'nothing', nodes },
		shippedIn: null,
		wastedIn: most,
		advice: {
			text: advice,
			edit:
				instruction === null || paths === null ? null : joinRuns(instruction, `RUN chmod ${mend} ${paths}`),
		},
	};
}
