import { describe, test } from 'node:test';
import { unpack } from '../../source/tar/compression/unpack.ts';
import { sha256 } from '../support/archives/write-archive.ts';
import { buildArchive } from './build/build-archive.ts';
import { xz } from './build/write-xz.ts';
import type { Failure } from './check/failure.ts';
import { makePlan } from './generate/make-plan.ts';
import { minimise } from './minimise.ts';
import type { Plan } from './plan.ts';
import { Turns } from './turns.ts';

const numbers = Array.from({ length: 60 }, (_, number) => number);

describe('the fuzzer', () => {
	test('makes the same archives from the same seed, and others from another one', (t) => {
		const digests = (seed: number) => numbers.map((number) => sha256(buildArchive(makePlan(seed, number))));
		t.assert.deepEqual(digests(1), digests(1));
		t.assert.notDeepEqual(digests(2), digests(1));
	});

	test('has plans that can be written to a file', (t) => {
		const plans = numbers.map((number) => makePlan(3, number));
		t.assert.deepEqual(JSON.parse(JSON.stringify(plans)), plans);
	});

	test('takes away all that a failure does not need', async (t) => {
		const failure: Failure = { kind: 'model', subject: 'live bytes', detail: '' };
		const hasLink = ({ layers }: Plan) =>
			layers.some(({ entries }) => entries.some(({ type }) => type === 'hard-link'));
		const plan = numbers.map((number) => makePlan(1, number)).find(hasLink);
		if (plan === undefined) throw new Error('No plan has a hard link.');
		const smallest = await minimise(plan, failure, async (each) => (hasLink(each) ? failure : null));
		t.assert.equal(smallest.layers.length, 1);
		t.assert.deepEqual(
			smallest.layers[0].entries.map(({ type, writing, lie }) => [type, writing, lie]),
			[['hard-link', 'ustar', null]],
		);
		t.assert.deepEqual(
			[smallest.form, smallest.packing, smallest.layers[0].packing, smallest.documents, smallest.damage],
			['docker', 'plain', 'plain', [], []],
		);
	});

	test('writes xz that a decoder reads', async (t) => {
		for (const bytes of [0, 1, 65_536, 200_001]) {
			const data = Buffer.alloc(bytes, 'fathom');
			const pieces: Buffer[] = [];
			await unpack(
				(async function* () {
					yield xz(data);
				})(),
				'xz',
				(piece) => pieces.push(Buffer.from(piece)),
			);
			t.assert.equal(Buffer.compare(Buffer.concat(pieces), data), 0);
		}
	});

	test('lets a case that has to be alone wait for the others, and the others wait for it', async (t) => {
		const turns = new Turns();
		const order: string[] = [];
		const work = (name: string) => async () => {
			order.push(`${name} begins`);
			await new Promise((resolve) => setImmediate(resolve));
			order.push(`${name} ends`);
		};
		await Promise.all([turns.beside(work('a')), turns.alone(work('b')), turns.beside(work('c'))]);
		t.assert.deepEqual(order, ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
	});
});
