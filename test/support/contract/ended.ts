import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { FathomError } from '../../../source/errors.ts';
import type { ImageOpening } from '../../../source/session/open-image.ts';
import type { WantedFile } from '../../../source/session/session-files.ts';
import { startWorker } from '../../../source/sources/workers/start-worker.ts';
import type { KnownImage } from './known-image.ts';
import { ResourceWatch } from './open-resources.ts';
import { digestsOf } from './opened-files.ts';
import { begin, type ContractSubject, type Openable } from './subject.ts';

/** Soon even on a machine that is busy; an image without end takes longer. */
const SOON_MILLISECONDS = 10_000;

/** How it ends: closed, interrupted or with an error, and nothing is left open. */
export function endsInOrder(subject: ContractSubject): void {
	const { known, whole, damaged, endless, isReadOnce } = subject;

	test('holds no worker while it is idle, and nothing once it is closed, even twice', async (t) => {
		const { image, watch } = await watched(t, subject, whole);
		const opening = begin(image, { earlyWorker: startWorker() });
		const session = await opening.complete;
		await watch.workersEnd();
		// A file that is left in the middle leaves its source open for the next one.
		if (!isReadOnce) for await (const _ of session.files.open(lowestFile(known))) break;
		await session.close();
		await session.close();
		await opening.close();
		await watch.nothingIsLeft();
	});

	test('holds nothing once it is closed after files were hashed', async (t) => {
		const { image, watch } = await watched(t, subject, whole);
		const opening = begin(image, { digests: true });
		await digestsOf(await opening.complete);
		await watch.workersEnd();
		await opening.close();
		await watch.nothingIsLeft();
	});

	test('is interrupted as soon as it was begun', async (t) => {
		const { image, watch } = await watched(t, subject, whole);
		const opening = begin(image, { earlyWorker: startWorker() });
		await interrupts(opening);
		await watch.nothingIsLeft();
	});

	for (const [what, prepare] of Object.entries(endless)) {
		test(`is interrupted while it reads ${what}`, async (t) => {
			const { image, watch } = await watched(t, subject, prepare);
			const opening = begin(image, { verify: true });
			await Promise.race([image.isStuck ?? progressOf(opening), opening.complete]);
			await interrupts(opening);
			await watch.nothingIsLeft();
		});
	}

	for (const [what, prepare] of Object.entries(damaged)) {
		test(`says what is wrong with ${what}`, async (t) => {
			const { image, watch } = await watched(t, subject, prepare);
			const opening = begin(image);
			const error = await opening.complete.catch((thrown: unknown) => thrown);
			assert.ok(error instanceof FathomError, `${error}`);
			assert.equal(error.code, image.code, error.message);
			assert.match(error.message, image.message);
			assert.doesNotMatch(error.message, /[\r\n]/);
			await assert.rejects(lastStageOf(opening), error);
			await opening.close();
			await watch.nothingIsLeft();
		});
	}
}

/** Prepares an image, and watches what is open from then on. What is loaded for the first image of a source stays, so there is one before. */
async function watched<Image extends Openable>(
	t: TestContext,
	{ whole }: ContractSubject,
	prepare: (t: TestContext) => Promise<Image>,
): Promise<{ readonly image: Image; readonly watch: ResourceWatch }> {
	const first = begin(await whole(t), { digests: true });
	await digestsOf(await first.complete);
	await first.close();
	const image = await prepare(t);
	return { image, watch: new ResourceWatch() };
}

/** Much of an image comes after it, which a source that is read from its start still has to give. */
function lowestFile({ files }: KnownImage): WantedFile {
	const found = Object.values(files).find(({ layerIndex }) => layerIndex === 0);
	assert.ok(found !== undefined);
	return found;
}

/** Closes what is being opened, so that it ends soon. */
async function interrupts(opening: ImageOpening): Promise<void> {
	const timer = new AbortController();
	const late = sleep(SOON_MILLISECONDS, 'late', { signal: timer.signal }).catch(() => 'in time');
	const ended = Promise.allSettled([opening.close(), opening.complete, lastStageOf(opening)]);
	assert.notEqual(await Promise.race([ended, late]), 'late');
	timer.abort();
	await assert.rejects(opening.complete, { code: 'interrupted' });
	await assert.rejects(lastStageOf(opening), { code: 'interrupted' });
}

/** Resolves once a part of the image is read. */
async function progressOf({ stages }: ImageOpening): Promise<void> {
	for await (const stage of stages)
		if (stage.kind === 'reading' && stage.progress !== null && stage.progress.bytesDone > 0) return;
}

async function lastStageOf({ stages }: ImageOpening): Promise<void> {
	for await (const _ of stages);
}
