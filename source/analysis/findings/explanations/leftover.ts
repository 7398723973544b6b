import type { Explanation } from './explanation.ts';

export const FIRST_STAGE =
	'What is only needed to build can stay in a first stage: the final one copies the result alone.';
export const SAME_RUN = 'A later RUN that removes it saves nothing: the layer that has it stays as it is.';

type Lines = Pick<Explanation, 'before' | 'after'>;

/** A leftover that can be seen. */
export function left<const Code extends string>(
	code: Code,
	[summary, why]: readonly [string, string],
	{ before, after }: Lines,
) {
	return { code, level: 'hint', needsContents: false, summary, why, before, after } as const;
}

/** A cache that one RUN fills and that a mount keeps outside of the image. */
export function mounted(command: string, target: string): Lines {
	return {
		before: [`RUN ${command}`],
		after: [`RUN --mount=type=cache,target=${target} \\`, `    ${command}`],
	};
}

/** A RUN that removes in the end what it made. */
export function removed(command: string, last: string): Lines {
	return { before: [`RUN ${command}`], after: [`RUN ${command} \\`, ` && ${last}`] };
}

/** A build whose result alone is copied. */
export function staged(image: string, command: string, copy: string): Lines {
	return {
		before: [`FROM ${image}`, 'COPY . /src', `RUN ${command}`],
		after: [
			`FROM ${image} AS build`,
			'COPY . /src',
			`RUN ${command}`,
			'FROM debian:12-slim',
			`COPY --from=build ${copy}`,
		],
	};
}

export function ignored(name: string): Lines {
	return { before: ['COPY . /app'], after: [`# .dockerignore: ${name}`, 'COPY . /app'] };
}
