import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { argumentsOf } from '../../../source/text/dockerfile/build-arguments.ts';
import { parseDockerfile } from '../../../source/text/dockerfile/parse-dockerfile.ts';

describe('the build arguments of a Dockerfile', () => {
	test('are those of every ARG, with their defaults', () => {
		const source = 'ARG A\nFROM x\narg B=1 C="two words" \\\n  D=\nRUN echo ARG E=5\n';
		assert.deepEqual(argumentsOf(parseDockerfile(source)), [
			{ name: 'A', value: null },
			{ name: 'B', value: '1' },
			{ name: 'C', value: 'two words' },
			{ name: 'D', value: '' },
		]);
	});
});
