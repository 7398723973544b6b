import type { Steps } from '../../../steps.ts';
import { formatBytes } from '../../../text/bytes.ts';
import { mayBuild, withoutDevelopment } from '../../../text/dockerfile/omit-development.ts';
import type { OwnedPackage } from '../../packages/packages.ts';
import type { Advice, FindingInput, FoundFinding, RuleInput } from '../finding.ts';
import { instructionText, isOfBaseImage } from '../layer-instruction.ts';
import { nameOfLayer } from '../name-of-layer.ts';
import { LEAST_BYTES } from './least-bytes.ts';

const MOST_NAMED = 3;
const NODES_A_STEP = 8192;

/** npm packages that an application asks for only in its devDependencies, by the layer that brought them. */
export function* findDevPackages(input: RuleInput): Steps<readonly FoundFinding[]> {
	const { tree, packages, liveBytes } = input;
	if (packages === null || packages.developmentOnly.length === 0) return [];
	const groups = new Map<number, DevPackages>();
	const groupOf = new Map<number, DevPackages>();
	for (const index of packages.developmentOnly) {
		const { layerIndex } = packages.packages[index];
		const group = groups.get(layerIndex) ?? { layerIndex, packages: [], nodes: [], bytes: 0 };
		group.packages.push(packages.packages[index]);
		groups.set(layerIndex, group);
		groupOf.set(index, group);
	}
	for (let node = 0; node < tree.nodeCount; node++) {
		if (node % NODES_A_STEP === NODES_A_STEP - 1) yield;
		const group = groupOf.get(packages.owners[node]);
		if (group === undefined || liveBytes[node] === 0) continue;
		group.nodes.push(node);
		group.bytes += liveBytes[node];
	}
	return [...groups.values()]
		.filter(({ bytes }) => bytes >= LEAST_BYTES)
		.map((group) => describe(group, input));
}

interface DevPackages {
	/** 0-based. */
	readonly layerIndex: number;
	readonly packages: OwnedPackage[];
	readonly nodes: number[];
	bytes: number;
}

function describe({ layerIndex, packages, nodes, bytes }: DevPackages, input: FindingInput): FoundFinding {
	const { text, edit } = advise(layerIndex, input);
	const largest = [...packages].sort((left, right) => right.bytes - left.bytes).slice(0, MOST_NAMED);
	const names = largest.map(({ name }) => name).join(', ');
	const shortTitle = `${nameOfLayer(input, layerIndex)} brings npm packages that only development needs`;
	return {
		code: 'dev-dependencies-left',
		level: 'hint',
		title: `${shortTitle}: ${formatBytes(bytes)}`,
		shortTitle,
		claim: { kind: 'live', nodes },
		shippedIn: layerIndex,
		wastedIn: null,
		advice: { text: `${text} The largest of them: ${names}.`, edit },
	};
}

/** Where they are installed: in the image, in another stage, or on the machine that builds. */
function advise(layerIndex: number, input: FindingInput): Advice {
	const instruction = instructionText(input, layerIndex) ?? '';
	if (isOfBaseImage(input, layerIndex)) return { text: 'They come with the base image.', edit: null };
	if (/^\s*COPY\s+(?:--\S+\s+)*--from=/i.test(instruction))
		return {
			text: 'Run npm prune --omit=dev in the stage that they are copied from, behind the build.',
			edit: null,
		};
	if (/^\s*(?:COPY|ADD)\s/i.test(instruction))
		return {
			text: 'List node_modules in .dockerignore, and install in the image what it needs: npm ci --omit=dev.',
			edit: null,
		};
	const edit = isBuiltAbove(layerIndex, input) ? null : withoutDevelopment(instruction);
	const text =
		edit === null
			? 'Build in a first stage, and copy the result into a final stage that installs its packages with npm ci --omit=dev.'
			: 'Leave them out of what is installed: npm ci --omit=dev.';
	return { text, edit };
}

/** Whether a later instruction may need them. */
function isBuiltAbove(layerIndex: number, input: FindingInput): boolean {
	const { layers } = input.description;
	return layers.some((_, layer) => layer > layerIndex && mayBuild(instructionText(input, layer) ?? ''));
}
