import type { DockerfileInstruction } from './parse-dockerfile.ts';

/** Makes one image of a Dockerfile. */
interface Stage {
	readonly name: string | null;
	/** What it is built on: an image, or an earlier stage. */
	readonly base: string;
	readonly instructions: readonly DockerfileInstruction[];
}

/**
 * The instructions that make an image, in order: those of a stage, by name or number, behind those of the stages that it is built on. The last
 * stage by default. Null where there is no such stage.
 */
export function instructionsOfStage(
	instructions: readonly DockerfileInstruction[],
	target: string | null = null,
): readonly DockerfileInstruction[] | null {
	return chainOf(instructions, target)?.flatMap(({ instructions: own }) => own) ?? null;
}

/** Whether a stage, by name or number, is built on nothing. The last stage by default. */
export function isFromScratch(
	instructions: readonly DockerfileInstruction[],
	target: string | null = null,
): boolean {
	return chainOf(instructions, target)?.[0].base === 'scratch';
}

/** A stage behind those that it is built on; null where there is no such stage. */
function chainOf(
	instructions: readonly DockerfileInstruction[],
	target: string | null,
): readonly [Stage, ...Stage[]] | null {
	const stages = stagesOf(instructions);
	let index = target === null ? stages.length - 1 : indexOf(stages, target);
	if (index === -1 && target !== null && /^\d{1,4}$/.test(target) && Number(target) < stages.length)
		index = Number(target);
	if (index === -1) return null;
	let chain: [Stage, ...Stage[]] = [stages[index]];
	for (;;) {
		index = indexOf(stages.slice(0, index), chain[0].base);
		if (index === -1) return chain;
		chain = [stages[index], ...chain];
	}
}

function stagesOf(instructions: readonly DockerfileInstruction[]): readonly Stage[] {
	const stages: { name: string | null; base: string; instructions: DockerfileInstruction[] }[] = [];
	for (const instruction of instructions) {
		if (instruction.keyword !== 'FROM') {
			stages.at(-1)?.instructions.push(instruction);
			continue;
		}
		const [, base = '', name = null] =
			/^(?:--\S+\s+)*(\S+)(?:\s+as\s+(\S+))?/i.exec(instruction.operands) ?? [];
		stages.push({ name, base, instructions: [] });
	}
	return stages;
}

/** Names are told apart without regard to case, and the last of several counts. */
function indexOf(stages: readonly Stage[], name: string): number {
	return stages.findLastIndex((stage) => stage.name?.toLowerCase() === name.toLowerCase());
}
