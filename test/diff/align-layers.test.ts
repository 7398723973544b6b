import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type AlignedLayer, alignLayers } from '../../source/diff/align-layers.ts';
import type { LayerDescription } from '../../source/image/image.ts';

/** Layers written as `diffId=instruction`; one without a diff ID as `=instruction`. */
function layers(...texts: readonly string[]): readonly LayerDescription[] {
	return texts.map((text, index) => {
		const [diffId, createdBy] = text.split('=');
		return {
			index,
			digest: null,
			diffId: diffId || null,
			mediaType: null,
			storedBytes: 1,
			absent: null,
			createdBy: createdBy ?? null,
			instruction: createdBy ?? null,
			created: null,
			comment: null,
		};
	});
}

/** As `1=2 shared`, 1-based; `-` where one of the images has no such layer. */
function written(aligned: readonly AlignedLayer[]): readonly string[] {
	return aligned.map((layer) => {
		const older = 'oldIndex' in layer ? layer.oldIndex + 1 : '-';
		const newer = 'newIndex' in layer ? layer.newIndex + 1 : '-';
		return `${older}=${newer} ${layer.kind}${'reason' in layer ? ` ${layer.reason}` : ''}`;
	});
}

function align(older: readonly string[], newer: readonly string[]): readonly string[] {
	return written(alignLayers(layers(...older), layers(...newer)));
}

describe('layers of two images', () => {
	test('with one diff ID are shared', (t) => {
		t.assert.deepEqual(align(['a=FROM', 'b=RUN x'], ['a=FROM', 'b=RUN x']), ['1=1 shared', '2=2 shared']);
	});

	test('are not shifted by one that was inserted', (t) => {
		const newer = ['a=FROM', 'n=RUN new', 'b2=RUN x', 'c2=RUN y'];
		t.assert.deepEqual(align(['a=FROM', 'b=RUN x', 'c=RUN y'], newer), [
			'1=1 shared',
			'-=2 inserted',
			'2=3 changed below',
			'3=4 changed below',
		]);
	});

	test('are not shifted by one that was removed', (t) => {
		t.assert.deepEqual(align(['a=FROM', 'n=RUN old', 'b=COPY'], ['a=FROM', 'b=COPY']), [
			'1=1 shared',
			'2=- removed',
			'3=2 shared',
		]);
	});

	test('with one instruction on the same layers changed because it gave another result', (t) => {
		t.assert.deepEqual(align(['a=FROM', 'b=COPY .', 'c=RUN x'], ['a=FROM', 'b2=COPY .', 'c2=RUN x']), [
			'1=1 shared',
			'2=2 changed files',
			'3=3 changed below',
		]);
	});

	test('with another instruction in one place changed by it', (t) => {
		t.assert.deepEqual(align(['a=FROM', 'b=RUN x', 'c=CMD'], ['a=FROM', 'b2=RUN y', 'c=CMD']), [
			'1=1 shared',
			'2=2 changed instruction',
			'3=3 shared',
		]);
	});

	test('of which nothing is known have nothing in common', (t) => {
		t.assert.deepEqual(align(['', ''], ['']), ['1=1 changed instruction', '2=- removed']);
	});

	test('may be 20,000 on each side with none in common', (t) => {
		const many = (prefix: string) =>
			Array.from({ length: 20_000 }, (_, index) => `${prefix}${index}=${prefix}`);
		t.assert.equal(align(many('a'), many('b')).length, 20_000);
	});
});

const arbitraryLayers = fc.array(
	fc
		.tuple(fc.constantFrom('', 'a', 'b', 'c', 'd'), fc.constantFrom('x', 'y', 'z'))
		.map((pair) => pair.join('=')),
	{ maxLength: 8 },
);

test('every layer of both images is there once, in order', (t) => {
	fc.assert(
		fc.property(arbitraryLayers, arbitraryLayers, (older, newer) => {
			const aligned = alignLayers(layers(...older), layers(...newer));
			const indices = (key: 'oldIndex' | 'newIndex') =>
				aligned.flatMap((layer) => (key in layer ? [layer[key as keyof typeof layer]] : []));
			t.assert.deepEqual(indices('oldIndex'), [...older.keys()]);
			t.assert.deepEqual(indices('newIndex'), [...newer.keys()]);
		}),
	);
});

test('an image has all its layers in common with itself, where their diff IDs are known', (t) => {
	fc.assert(
		fc.property(arbitraryLayers, (texts) => {
			const known = layers(...texts.filter((text) => !text.startsWith('=')));
			t.assert.equal(
				alignLayers(known, known).every(({ kind }) => kind === 'shared'),
				true,
			);
		}),
	);
});

test('the layers in common are the same when the images are exchanged', (t) => {
	const shared = (aligned: readonly AlignedLayer[]) =>
		aligned.flatMap((layer) => (layer.kind === 'shared' ? [[layer.oldIndex, layer.newIndex]] : []));
	fc.assert(
		fc.property(arbitraryLayers, arbitraryLayers, (older, newer) => {
			const there = shared(alignLayers(layers(...older), layers(...newer)));
			const back = shared(alignLayers(layers(...newer), layers(...older)));
			t.assert.deepEqual(
				there,
				back.map(([oldIndex, newIndex]) => [newIndex, oldIndex]),
			);
		}),
	);
});
