import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { pairHistory } from '../../source/image/history.ts';
import { sourceLinesOf } from '../../source/image/source-lines.ts';
import { loadImage } from '../support/load-image.ts';

const data = new URL('data/buildkit/', import.meta.url);
const real = readFileSync(new URL('Dockerfile', data), 'utf8');

/** The lines of layers: of the history as it is recorded, each with a layer. */
function linesOf(source: string, recorded: readonly string[], target: string | null = null) {
	const history = recorded.map((createdBy) => ({
		...{ createdBy, created: null, comment: null, author: null },
		emptyLayer: /^(?:ENV|CMD|USER|.*#\(nop\) *(?:ENV|CMD))/.test(createdBy),
	}));
	const { steps, layerSteps } = pairHistory({ history, runtime: { shell: null } as never }, recorded.length);
	const { instructions, problem } = sourceLinesOf({ name: 'Dockerfile', source, target }, steps, layerSteps);
	return { lines: instructions.map((line) => line?.line ?? null), problem };
}

describe('the lines of a Dockerfile', () => {
	test('are found for all layers of an image that BuildKit made of it, through its stages', async () => {
		const { image } = await loadImage(fileURLToPath(new URL('provenance-v1.tar', data)));
		const { history, layers } = image.description;
		const { instructions, problem } = sourceLinesOf(
			{ name: 'Dockerfile', source: real, target: null },
			history,
			layers.length,
		);
		assert.equal(problem, null);
		assert.deepEqual(
			instructions.map((line) => line?.line),
			[5, 18, 19, 20, 21, 22, 26, 30, 33, 34, 35],
		);
		assert.equal(instructions[5]?.text, 'COPY <<CONF /etc/app.conf\nport = 80\n# not a comment\nCONF');
	});

	const base = ['ADD rootfs.tar / # buildkit', 'CMD ["bash"]'];
	const built =
		'FROM debian\nARG V=1\nRUN apt-get update && \\\n  apt-get upgrade\nCOPY $SRC/a "/b c/"\nRUN ["x", "y"]\n';

	test('are those of the last instructions: the base may have others that are alike', () => {
		const recorded = [
			'RUN /bin/sh -c apt-get update &&   apt-get upgrade # buildkit',
			'COPY src/a /b c/ # buildkit',
			'RUN x y',
		];
		assert.deepEqual(linesOf(built, [...base, ...recorded, ...recorded]), {
			lines: [null, null, null, null, 3, 5, 6],
			problem: null,
		});
	});

	test('are found in what the classic builder and Buildah record', () => {
		const recorded = [
			'|1 V=1 /bin/sh -c apt-get update &&   apt-get upgrade',
			'/bin/sh -c #(nop) COPY file:0123abcd in /b c/ ',
			'x y',
		];
		assert.deepEqual(
			linesOf(built, ['/bin/sh -c #(nop) ADD file:0123abcd in / ', ...recorded.slice(0, 2)]).lines,
			[null, 3, 5],
		);
	});

	test('are not claimed where several fit', () => {
		const source = 'FROM a\nRUN one\nRUN two\nRUN one\nRUN three\n';
		const { lines, problem } = linesOf(source, ['RUN three', 'RUN two', 'RUN one', 'COPY x y', 'RUN three']);
		assert.deepEqual(lines, [null, 3, 4, null, 5]);
		assert.equal(
			problem,
			'1 of its 4 instructions that make layers cannot be told apart in the history of the image, or are not there: their lines are not named.',
		);
		assert.deepEqual(
			linesOf('FROM a\nRUN one\nRUN two\n', ['RUN one', 'RUN one', 'RUN two', 'COPY x y']).lines,
			[null, null, 3, null],
		);
	});

	test('are not claimed by a Dockerfile of another image, nor without a stage', () => {
		const { lines, problem } = linesOf(real, [...base, 'RUN /bin/sh -c echo same # buildkit', 'RUN make']);
		assert.deepEqual(lines, [null, null, null]);
		assert.equal(problem, 'it does not fit the history of the image: no lines are named.');
		assert.equal(linesOf('RUN one\n', base).problem, 'it has no FROM: no lines are named.');
		assert.equal(linesOf(built, base, 'final').problem, 'it has no such stage: no lines are named.');
	});

	test('are in order, whatever the history', () => {
		const step = fc.constantFrom('RUN a', 'RUN b', 'COPY c d', 'COPY $X d', 'WORKDIR /e', 'ENV f=g');
		fc.assert(
			fc.property(fc.array(step, { maxLength: 8 }), fc.array(step, { maxLength: 12 }), (own, recorded) => {
				const { lines } = linesOf(`FROM x\n${own.join('\n')}\n`, recorded);
				const named = lines.filter((line) => line !== null);
				assert.deepEqual(
					named,
					[...new Set(named)].sort((left, right) => left - right),
				);
			}),
		);
	});
});
