import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { DockerfileParser } from 'dockerfile-ast';
import fc from 'fast-check';
import { parseDockerfile } from '../../../source/text/dockerfile/parse-dockerfile.ts';
import { instructionsOfStage } from '../../../source/text/dockerfile/stages.ts';

const real = readFileSync(new URL('../../image/data/buildkit/Dockerfile', import.meta.url), 'utf8');

describe('a Dockerfile', () => {
	test('has the lines that an independent parser gives its instructions', () => {
		assert.deepEqual(linesOf(real), linesByLibrary(real));
	});

	test('has them whatever it is made of', () => {
		const line = fc.constantFrom(
			'FROM a',
			'RUN b',
			'run b \\',
			'',
			'# c',
			'  && d \\',
			'COPY e f',
			'ENV g=h \\  ',
			'\tRUN i',
			'x \\',
		);
		fc.assert(
			fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
				const source = `${lines.join('\n')}\nCMD z\n`;
				assert.deepEqual(linesOf(source), linesByLibrary(source));
			}),
		);
	});

	test('has heredocs, the escape of its directive, and lines as their author wrote them', () => {
		const source =
			'# escape=`\r\nFROM windows\r\nRUN dir `\r\n  # all\r\n  /s\r\nCOPY <<-A <<"B" /d/\r\n\ta\r\n\tA\r\n# b\r\nB\r\nCMD x\r\n';
		const [, run, copy, command] = parseDockerfile(source);
		assert.deepEqual([run.operands, run.text, run.line], ['dir   /s', 'RUN dir `\n  # all\n  /s', 3]);
		assert.deepEqual(copy.heredocs, [
			{ name: 'A', content: 'a\n' },
			{ name: 'B', content: '# b\n' },
		]);
		assert.deepEqual([command.keyword, command.line], ['CMD', 11]);
	});

	test('makes an image of its last stage, of the stages below it, or of the one that is asked for', () => {
		const instructions = parseDockerfile(
			'ARG X\nFROM a AS One\nRUN 1\nFROM b as two\nRUN 2\nFROM ONE\nRUN 3\n',
		);
		const runs = (target?: string) =>
			instructionsOfStage(instructions, target)?.map(({ operands }) => operands) ?? null;
		assert.deepEqual(runs(), ['1', '3']);
		assert.deepEqual(runs('TWO'), ['2']);
		assert.deepEqual(runs('1'), ['2']);
		assert.equal(runs('three'), null);
		assert.equal(instructionsOfStage([]), null);
	});
});

function linesOf(source: string): readonly (readonly [keyword: string, line: number])[] {
	return parseDockerfile(source).map(({ keyword, line }) => [keyword, line]);
}

function linesByLibrary(source: string): readonly (readonly [keyword: string, line: number])[] {
	return DockerfileParser.parse(source)
		.getInstructions()
		.map((instruction) => [instruction.getKeyword(), instruction.getRange().start.line + 1]);
}
