import { findNode } from '../../../filetree/find-node.ts';
import { pathOf } from '../../../filetree/paths.ts';
import { type EditedInstruction, joinRuns } from '../../../text/dockerfile/edit-instruction.ts';
import { isVisible } from '../../packages/path-facts.ts';
import type { Advice, FindingInput } from '../finding.ts';

/** What nothing but a debugger needs, of files that one layer shipped. */
export interface StrippableFiles {
	readonly code: 'debug-sections' | 'symbol-tables';
	readonly layerIndex: number;
	readonly nodes: number[];
	/** Of each file, what `strip` would take. */
	readonly bytes: number[];
	/** Whether Go built all of them. */
	isGo: boolean;
}

/** More paths make no line that anybody wants to read. */
const MOST_PATHS = 8;
/** What a shell takes as it is. */
const PLAIN = /^[\w@%+=:,./-]+$/;
/** Where binutils are, as a program or a symlink to one. */
const STRIP = 'usr/bin/strip';

/** What to do about what only debuggers need: at the build, or where the files are made. */
export function adviseOnStripping(group: StrippableFiles, input: FindingInput): Advice {
	const instruction = input.description.layers[group.layerIndex]?.instruction ?? null;
	if (group.isGo)
		return {
			text: 'Build with go build -ldflags="-s -w": the program and its stack traces stay as they are.',
			edit: instruction === null ? null : withLinkerFlags(instruction),
		};
	if (isAllOfCargo(group, input))
		return {
			text: 'Set strip = true in [profile.release] of Cargo.toml. Keep the originals if you debug crashes.',
			edit: null,
		};
	const isCopied = instruction !== null && /^(?:COPY|ADD)\s/i.test(instruction);
	const where = isCopied ? 'before they are copied' : 'in the RUN that makes them';
	return {
		text: `Strip them ${where}: strip --strip-unneeded. Keep the originals if you debug crashes.`,
		edit: instruction === null ? null : withStrip(instruction, group, input),
	};
}

function isAllOfCargo({ nodes }: StrippableFiles, { packages }: FindingInput): boolean {
	return (
		packages !== null && nodes.every((node) => packages.packages[packages.owners[node]]?.type === 'cargo')
	);
}

function withLinkerFlags(instruction: string): EditedInstruction | null {
	if (!/^RUN\s/i.test(instruction) || /ldflags|GOFLAGS/.test(instruction)) return null;
	const edited = instruction.replace(/\bgo (build|install)\b/g, 'go $1 -ldflags="-s -w"');
	return edited === instruction ? null : { from: instruction, to: edited };
}

/** Only where the image has a `strip` that the instruction can call. */
function withStrip(
	instruction: string,
	{ nodes }: StrippableFiles,
	{ tree }: FindingInput,
): EditedInstruction | null {
	const paths = nodes.map((node) => `/${pathOf(tree, node)}`);
	if (paths.length > MOST_PATHS || !paths.every((path) => PLAIN.test(path))) return null;
	const strip = findNode(tree, STRIP);
	return strip !== null && isVisible(tree, strip)
		? joinRuns(instruction, `RUN strip --strip-unneeded ${paths.join(' ')}`)
		: null;
}
