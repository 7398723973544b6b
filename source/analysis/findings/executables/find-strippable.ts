import type { ExecutableFact } from '../../../facts/executables/executable-facts.ts';
import { pathOf } from '../../../filetree/paths.ts';
import type { Steps } from '../../../steps.ts';
import { formatBytes, formatCount } from '../../../text/bytes.ts';
import type { Executable } from '../../executables/find-executables.ts';
import type { FindingInput, FoundFinding } from '../finding.ts';
import { adviseOnStripping, type StrippableFiles } from './strip-advice.ts';

const LEAST_FILE_BYTES = 4 * 1024;
const LEAST_BYTES = 100 * 1000;
const FILES_A_STEP = 512;

const OF_DISTRIBUTIONS: ReadonlySet<string> = new Set(['deb', 'apk', 'rpm']);

/** Folders and names of files that are there to debug others. */
const FOR_DEBUGGERS = /^usr\/lib\/debug\/|(?:^|\/)\.debug\/|\.(?:debug|dwo|dwp)$/;

/** The debug sections and symbol tables of programs and libraries. A file that has both is listed by its debug sections, with both. */
export function* findStrippable(input: FindingInput): Steps<readonly FoundFinding[]> {
	const { tree, executables } = input;
	const groups = new Map<string, StrippableFiles>();
	let count = 0;
	for (const [node, executable] of executables?.byNode ?? []) {
		if (count++ % FILES_A_STEP === FILES_A_STEP - 1) yield;
		if (strippableBytesOf(executable) <= LEAST_FILE_BYTES || FOR_DEBUGGERS.test(pathOf(tree, node))) continue;
		if (isKeptOnPurpose(node, executable, input)) continue;
		add(groups, node, executable);
	}
	const found: FoundFinding[] = [];
	for (const group of groups.values()) {
		const bytes = group.bytes.reduce((sum, each) => sum + each, 0);
		if (bytes > LEAST_BYTES) found.push(describe(group, bytes, input));
		yield;
	}
	return found;
}

/** A program that has an archive behind it is left out: `strip` would drop that. */
function strippableBytesOf({ fact, isFirstName }: Executable): number {
	if (fact.kind !== 'elf' || !isFirstName || fact.appendedBytes > 0) return 0;
	return fact.debugBytes + fact.symbolBytes;
}

/** Distributions strip what they package. Where they leave symbols in it, something needs them, as the JVM does for its reports of crashes. */
function isKeptOnPurpose(node: number, { fact }: Executable, { packages }: FindingInput): boolean {
	const owner = packages?.packages[packages.owners[node]];
	return owner !== undefined && OF_DISTRIBUTIONS.has(owner.type) && codeOf(fact) === 'symbol-tables';
}

function codeOf(fact: ExecutableFact): StrippableFiles['code'] {
	return fact.kind === 'elf' && fact.debugBytes > LEAST_FILE_BYTES ? 'debug-sections' : 'symbol-tables';
}

function add(groups: Map<string, StrippableFiles>, node: number, executable: Executable): void {
	const { fact, layerIndex } = executable;
	const code = codeOf(fact);
	const key = `${code} ${layerIndex}`;
	const group = groups.get(key) ?? { code, layerIndex, nodes: [], bytes: [], isGo: true };
	groups.set(key, group);
	group.nodes.push(node);
	group.bytes.push(strippableBytesOf(executable));
	group.isGo &&= fact.kind === 'elf' && fact.isGo;
}

function describe(group: StrippableFiles, bytes: number, input: FindingInput): FoundFinding {
	const { code, layerIndex, nodes } = group;
	const what = code === 'debug-sections' ? 'debug sections' : 'symbol tables';
	const files = nodes.length === 1 ? '1 file' : `${formatCount(nodes.length)} files`;
	const shortTitle = `layer ${layerIndex + 1} ships ${what} in ${files}`;
	return {
		code,
		level: 'hint',
		title: `${shortTitle}: ${formatBytes(bytes)}`,
		shortTitle,
		claim: { kind: 'part', nodes, bytes: group.bytes },
		shippedIn: layerIndex,
		wastedIn: null,
		advice: adviseOnStripping(group, input),
	};
}
