import type { FileTree } from '../../../filetree/file-tree.ts';
import { joinRuns } from '../../../text/dockerfile/edit-instruction.ts';
import type { Advice, FindingInput } from '../finding.ts';
import { instructionText, isOfNamedBase } from '../layer-instruction.ts';
import { shellPaths } from '../shell-paths.ts';
import { hasPosixShell } from '../waste/neighbours.ts';
import type { LeftoverGroup } from './leftover-group.ts';
import type { LeftoverKinds } from './leftover-kinds.ts';
import { REMOVE } from './leftover-rule.ts';
import { leftoverRules } from './leftover-rules.ts';

/** What to do about files that are left: where they are made, or copied. */
export function adviseOnLeftovers(
	{ kind, layerIndex, nodes, isShippedAgain }: LeftoverGroup,
	kinds: LeftoverKinds,
	input: FindingInput,
): Advice {
	const { advice, copied, command } = leftoverRules[kind - 1];
	const { tree, description } = input;
	const instruction = instructionText(input, layerIndex) ?? '';
	if (isOfNamedBase(input, layerIndex))
		return { text: `${advice} It comes with the base image.`, edit: null };
	if (/^\s*COPY\s/i.test(instruction)) return { text: copied ?? copyAdvice(instruction), edit: null };
	// What ships it again would be edited as well: that is another finding.
	const canEdit = !isShippedAgain && command !== null && hasPosixShell(description, layerIndex);
	if (!canEdit) return { text: advice, edit: null };
	const last = command === REMOVE ? removal(tree, nodes, kinds) : command;
	return { text: advice, edit: last === null ? null : joinRuns(instruction, `RUN ${last}`) };
}

function copyAdvice(instruction: string): string {
	return /^\s*COPY\s+(?:--\S+\s+)*--from=/i.test(instruction)
		? 'Leave it out of what is copied from the other stage or image.'
		: 'List it in .dockerignore, so that COPY leaves it out.';
}

/** Removes the topmost folders or files that belong to it; null where these are many. */
function removal(tree: FileTree, nodes: readonly number[], kinds: LeftoverKinds): string | null {
	const paths = shellPaths(tree, topmost(tree, nodes, kinds));
	return paths === null ? null : `rm -rf ${paths}`;
}

function* topmost(tree: FileTree, nodes: readonly number[], kinds: LeftoverKinds): Generator<number> {
	const given = new Set<number>();
	for (const node of nodes) {
		let top = node;
		while (kinds[tree.parents[top]] === kinds[node]) top = tree.parents[top];
		if (!given.has(top)) yield top;
		given.add(top);
	}
}
