import type { Steps } from '../../../steps.ts';
import { formatBytes } from '../../../text/bytes.ts';
import { NOBODY } from '../../packages/owners.ts';
import type { OwnedPackage, Packages } from '../../packages/packages.ts';
import type { FoundFinding, RuleInput } from '../finding.ts';
import { LEAST_BYTES } from './least-bytes.ts';
import { isBuildTool, needsRuntime } from './tool-names.ts';

const MOST_NAMED = 5;
const NODES_A_STEP = 8192;
const PACKAGES_A_STEP = 512;

/** Packages that are only needed to compile, with what only they need; those of the base and those above it apart. */
export function* findBuildTools({
	tree,
	base,
	packages,
	liveBytes,
}: RuleInput): Steps<readonly FoundFinding[]> {
	if (packages === null) return [];
	const removable = yield* withWhatOnlyTheyNeed(packages, yield* unneededTools(packages));
	if (removable.size === 0) return [];
	const [ofBase, added]: ToolGroup[] = [newGroup(), newGroup()];
	for (const index of removable) {
		const each = packages.packages[index];
		(each.layerIndex < base.layerCount ? ofBase : added).packages.push(each);
	}
	for (let node = 0; node < tree.nodeCount; node++) {
		if (node % NODES_A_STEP === NODES_A_STEP - 1) yield;
		const owner = packages.owners[node];
		if (owner === NOBODY || !removable.has(owner) || liveBytes[node] === 0) continue;
		const group = packages.packages[owner].layerIndex < base.layerCount ? ofBase : added;
		group.nodes.push(node);
		group.bytes += liveBytes[node];
	}
	return [ofBase, added].filter(({ bytes }) => bytes >= LEAST_BYTES).map(describe);
}

interface ToolGroup {
	readonly packages: OwnedPackage[];
	readonly nodes: number[];
	bytes: number;
}

function newGroup(): ToolGroup {
	return { packages: [], nodes: [], bytes: 0 };
}

/** The build tools that nothing but build tools needs. */
function* unneededTools({ packages }: Packages): Steps<ReadonlySet<number>> {
	const tools = new Set<number>();
	for (const [index, { type, name }] of packages.entries()) if (isBuildTool(type, name)) tools.add(index);
	const needed = [...tools].filter((index) => packages[index].requiredBy.some((other) => !tools.has(other)));
	for (const index of needed) tools.delete(index);
	let count = 0;
	for (let index = needed.pop(); index !== undefined; index = needed.pop()) {
		if (++count % PACKAGES_A_STEP === 0) yield;
		for (const other of packages[index].dependsOn) if (tools.delete(other)) needed.push(other);
	}
	return tools;
}

/** Some build tools, and what only they need, but for what the compiled program may need as well. */
function* withWhatOnlyTheyNeed(
	{ packages }: Packages,
	some: ReadonlySet<number>,
): Steps<ReadonlySet<number>> {
	const all = new Set(some);
	const waiting = [...some];
	let count = 0;
	for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
		if (++count % PACKAGES_A_STEP === 0) yield;
		if (needsRuntime(packages[index].name)) continue;
		for (const other of packages[index].dependsOn) {
			if (all.has(other) || packages[other].requiredBy.some((each) => !all.has(each))) continue;
			all.add(other);
			waiting.push(other);
		}
	}
	return all;
}

function describe({ packages, nodes, bytes }: ToolGroup): FoundFinding {
	const largest = [...packages].sort((left, right) => right.bytes - left.bytes);
	const names = largest.slice(0, MOST_NAMED).map(({ name }) => name);
	const rest = packages.length - names.length;
	return {
		code: 'build-tools-left',
		level: 'hint',
		title: `a second stage without the build tools saves ${formatBytes(bytes)}`,
		shortTitle: 'a second stage without the build tools',
		claim: { kind: 'live', nodes },
		shippedIn: layerWithMost(packages),
		wastedIn: null,
		advice: {
			text: `Compile in a first stage, and copy the result into a final stage without ${names.join(', ')}${rest > 0 ? ` and ${rest} more ${rest === 1 ? 'package' : 'packages'}` : ''}.`,
			edit: null,
		},
	};
}

function layerWithMost(packages: readonly OwnedPackage[]): number {
	const sums = new Map<number, number>();
	for (const { layerIndex, bytes } of packages) sums.set(layerIndex, (sums.get(layerIndex) ?? 0) + bytes);
	const [[most]] = [...sums].sort(([, left], [, right]) => right - left);
	return most;
}
