import { type FileTree, type WasteCause, wasteCauses } from '../../../filetree/file-tree.ts';
import type { Steps } from '../../../steps.ts';
import { formatBytes } from '../../../text/bytes.ts';
import { packageNames, upgradedPackage } from '../base/upgraded-packages.ts';
import type { FindingInput, FoundFinding } from '../finding.ts';
import { isCache, type LeftoverKinds, leftoverKindsOf } from '../leftovers/leftover-kinds.ts';
import { nameOfLayer } from '../name-of-layer.ts';
import { changedAttributes } from './changed-attributes.ts';
import { adviseOnWaste } from './waste-advice.ts';
import type { WasteCode, WasteGroup } from './waste-group.ts';

const ROWS_A_STEP = 4096;
/** Layers are counted in fewer. */
const MOST_LAYERS = 2 ** 16;

/** What was shipped and is not to be seen, by who shipped it, who wasted it, and how. */
export function* findWaste(input: FindingInput): Steps<readonly FoundFinding[]> {
	const { tree } = input;
	const kinds = yield* leftoverKindsOf(tree);
	const groups: WasteGroups = new Map();
	for (let row = 0; row < tree.waste.count; row++) {
		if (row % ROWS_A_STEP === ROWS_A_STEP - 1) yield;
		if (tree.waste.bytes[row] > 0) add(groups, { input, kinds, row });
	}
	const found: FoundFinding[] = [];
	for (const byCode of groups.values())
		for (const group of byCode.values()) {
			found.push(yield* describe(group, input));
			yield;
		}
	return found;
}

/** By layers, shipped times `MOST_LAYERS` plus wasted, and codes. */
type WasteGroups = Map<number, Map<WasteCode, WasteGroup>>;

interface WasteRow {
	readonly input: FindingInput;
	readonly kinds: LeftoverKinds;
	readonly row: number;
}

function add(groups: WasteGroups, { input, kinds, row }: WasteRow): void {
	const { tree } = input;
	const { waste } = tree;
	const [shippedIn, wastedIn] = [waste.layers[row], waste.culprits[row]];
	const cause = wasteCauses[waste.causes[row]];
	const upgraded = upgradedPackage(input, row);
	const isCacheRemoved = cause === 'removed' && isCache(kinds[waste.nodes[row]]);
	const known = upgraded ? 'package-upgraded' : isCacheRemoved ? 'package-cache-removed' : null;
	const code = known ?? codeOf(tree, row, cause);
	const group = groupFor(groups, { code, shippedIn, wastedIn });
	group.rows.push(row);
	group.bytes += waste.bytes[row];
	if (upgraded !== undefined) group.packages.add(upgraded);
}

/** There are as many rows as files, so no string is made of what tells the groups apart. */
function groupFor(
	groups: WasteGroups,
	{ code, shippedIn, wastedIn }: Pick<WasteGroup, 'code' | 'shippedIn' | 'wastedIn'>,
): WasteGroup {
	const layers = shippedIn * MOST_LAYERS + wastedIn;
	const byCode = groups.get(layers) ?? new Map<WasteCode, WasteGroup>();
	groups.set(layers, byCode);
	const group = byCode.get(code) ?? { code, shippedIn, wastedIn, rows: [], bytes: 0, packages: new Set() };
	byCode.set(code, group);
	return group;
}

function codeOf(tree: FileTree, row: number, cause: WasteCause): WasteCode {
	if (cause === 'removed') return 'removed-later';
	if (cause === 'content') return 'replaced-later';
	if (cause === 'identical') return 'copied-again';
	if (cause === 'duplicate') return 'twice-in-layer';
	const { owner, mode } = changedAttributes(tree, tree.waste.nodes[row], tree.waste.culprits[row]);
	if (owner !== null) return 'owner-changed';
	return mode === null ? 'attributes-changed' : 'mode-changed';
}

function* describe(group: WasteGroup, input: FindingInput): Steps<FoundFinding> {
	const { code, shippedIn, wastedIn, rows, bytes, packages } = group;
	const layers = [nameOfLayer(input, wastedIn), nameOfLayer(input, shippedIn)] as const;
	const names = packages.size === 0 ? '' : ` (${packageNames(packages)})`;
	const advice = yield* adviseOnWaste(group, input);
	return {
		code,
		level: 'waste',
		title: `${titles[code](...layers)}: ${formatBytes(bytes)}${names}`,
		shortTitle: `${(shortTitles[code] ?? titles[code])(...layers)}${names}`,
		claim: { kind: 'dead', rows },
		shippedIn,
		wastedIn,
		advice,
	};
}

/** Takes layers as `nameOfLayer` names them. */
type TitleOf = (wasting: string, shipping: string) => string;

const titles: Readonly<Record<WasteCode, TitleOf>> = {
	'removed-later': (wasting, shipping) => `${wasting} removes what ${shipping} ships`,
	'package-cache-removed': (wasting, shipping) =>
		`${wasting} removes package or build caches that ${shipping} ships`,
	'replaced-later': (wasting, shipping) => `${wasting} replaces what ${shipping} ships`,
	'package-upgraded': (wasting, shipping) =>
		`${wasting} ships packages again that the base has in ${shipping}`,
	'owner-changed': (wasting, shipping) =>
		`${wasting} ships what ${shipping} has a second time, with another owner`,
	'mode-changed': (wasting, shipping) =>
		`${wasting} ships what ${shipping} has a second time, with another mode`,
	'attributes-changed': (wasting, shipping) =>
		`${wasting} ships what ${shipping} has a second time, with capabilities or other attributes`,
	'copied-again': (wasting, shipping) => `${wasting} ships what ${shipping} has again as it was`,
	'twice-in-layer': (wasting) => `${wasting} ships the same paths twice`,
};

/** Shorter titles, for a line of 80 cells that shows a path as well. Other codes use their title. */
const shortTitles: Readonly<Partial<Record<WasteCode, TitleOf>>> = {
	'package-cache-removed': (wasting, shipping) => `${wasting} removes caches that ${shipping} ships`,
	'package-upgraded': (wasting, shipping) => `${wasting} upgrades packages of ${shipping}`,
	'owner-changed': (wasting, shipping) => `${wasting} changes the owner of ${shipping}'s files`,
	'mode-changed': (wasting, shipping) => `${wasting} changes the mode of ${shipping}'s files`,
	'attributes-changed': (wasting, shipping) => `${wasting} changes attributes of ${shipping}'s files`,
	'copied-again': (wasting, shipping) => `${wasting} ships the same files as ${shipping}`,
};
