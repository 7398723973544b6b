import type { DockerfileInstruction } from './parse-dockerfile.ts';

/** What `ARG` names, with the default; null for one without. */
export interface DeclaredArgument {
	readonly name: string;
	readonly value: string | null;
}

/** The build arguments that instructions declare, in order. */
export function argumentsOf(
	instructions: readonly Pick<DockerfileInstruction, 'keyword' | 'operands'>[],
): readonly DeclaredArgument[] {
	return instructions
		.filter(({ keyword }) => keyword === 'ARG')
		.flatMap(({ operands }) =>
			Array.from(operands.matchAll(WORDS), ([, name, value]) => ({
				name,
				value: value === undefined ? null : value.replace(/^(["'])(.*)\1$/s, '$2'),
			})),
		);
}

/** `NAME`, `NAME=value` or `NAME="a value"`. */
const WORDS = /(?<=^|\s)([A-Za-z_]\w*)(?:=("[^"]*"|'[^']*'|\S*))?(?=\s|$)/g;
