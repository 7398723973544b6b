/**
 * A shell's command with `x` in place of all that is quoted, and without the lines that a Dockerfile leaves out, so that operators can be
 * looked for. Null where a quotation does not end, or a comment would swallow what comes after it.
 */
export function skeletonOf(command: string): string | null {
	const text = withoutComments(command).replace(/[\\`][ \t]*\r?\n/g, ' ');
	let skeleton = '';
	for (let index = 0; index < text.length; index++) {
		const character = text[index];
		if (character === '\\') {
			skeleton += 'x';
			index += 1;
		} else if (character === "'" || character === '"' || character === '`') {
			const end = quotationEnd(text, index);
			if (end === null) return null;
			skeleton += 'x';
			index = end;
		} else if (character === '#' && /(?:^|[\s;&|()])$/.test(skeleton.slice(-1))) return null;
		else skeleton += character;
	}
	return skeleton.trim();
}

/** Whether a command ends in an operator, so that nothing can follow, or goes on in the background. */
export function hasOddEnd(skeleton: string): boolean {
	return skeleton === '' || /[&|(<>]\s*[;\s]*$/.test(skeleton) || /;;\s*$/.test(skeleton);
}

/** Whether a command has parts that run although others failed, or before it: behind `&&` it has to be grouped. */
export function mayFailAnyway(skeleton: string): boolean {
	return /;\s*\S|\|\||(?:^|[^&>])&(?:[^&>]|$)|\n/.test(skeleton);
}

/** Comment lines and empty ones between the lines of an instruction. */
function withoutComments(command: string): string {
	return command
		.split('\n')
		.filter((line, index) => index === 0 || !/^\s*(?:#|$)/.test(line))
		.join('\n');
}

function quotationEnd(text: string, start: number): number | null {
	const quote = text[start];
	for (let index = start + 1; index < text.length; index++) {
		if (text[index] === '\\' && quote !== "'") index += 1;
		else if (text[index] === quote) return index;
	}
	return null;
}
