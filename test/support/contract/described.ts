import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { ImageSession } from '../../../source/session/image-session.ts';
import type { Stage } from '../../../source/session/stages.ts';
import { dockerArchive } from '../archives/write-archive.ts';
import { essenceOf } from '../essence.ts';
import { loadImage } from '../load-image.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { KnownImage } from './known-image.ts';
import { begin, type ContractSubject, opened } from './subject.ts';

/** What is said of the image, and what its figures are. */
export function describesTheImage(subject: ContractSubject): void {
	const { known, sourceKind, foundIn, whole } = subject;

	test('describes the image and its layers, lowest first', async (t) => {
		const { names, layers, ...openable } = await whole(t);
		const opening = begin(openable);
		t.after(() => opening.close());
		const { image } = await opening.complete;
		assert.equal(image.sourceKind, sourceKind);
		if (foundIn === null) assert.equal(image.foundIn, null);
		else assert.match(image.foundIn ?? '', foundIn);
		const { description } = known;
		const { platform, created, author, config, history } = image.description;
		assert.deepEqual({ platform, created, author, config, history }, description);
		assert.deepEqual(image.description.names, names);
		assert.deepEqual(
			image.description.layers,
			layers.map((layer, index) => {
				const step = description.history.find(({ layerIndex }) => layerIndex === index);
				const { createdBy = null, instruction = null, created: at = null, comment = null } = step ?? {};
				return {
					index,
					...layer,
					absent: null,
					diffId: known.diffIds[index],
					createdBy,
					instruction,
					created: at,
					comment,
				};
			}),
		);
		assert.deepEqual(image.warnings, []);
		assert.deepEqual(
			image.notices.map(({ code }) => code),
			known.notices,
		);
	});

	test('checks the diff ID of every layer', async (t) => {
		const { image } = await opened(t, subject, { verify: true });
		assert.deepEqual(
			image.diffIdMatches,
			known.diffIds.map((diffId) => (diffId === null ? null : true)),
		);
	});

	test('has the figures that are written down', async (t) => {
		const { figures } = await opened(t, subject);
		assert.deepEqual(
			figures.layers.map(({ layerBytes }) => layerBytes),
			known.layerBytes,
		);
		const { totalBytes, wastedBytes, efficiency } = figures;
		assert.deepEqual(
			{ totalBytes, wastedBytes, efficiency },
			{ totalBytes: known.totalBytes, wastedBytes: known.wastedBytes, efficiency: known.efficiency },
		);
	});

	test('has the tree and the figures of the same image in an archive of docker save', async (t) => {
		assert.deepEqual(comparable(await opened(t, subject)), comparable(await fromArchive(t, known)));
	});

	test("answers with dive's score, once as often as it is asked", async (t) => {
		const session = await opened(t, subject);
		const { dive } = await session.ask(['dive']);
		assert.deepEqual({ efficiency: dive.efficiency, wastedBytes: dive.wastedBytes }, known.dive);
		assert.equal((await session.ask(['dive'])).dive, dive);
	});

	test('comes in stages, of which the last is complete', async (t) => {
		const opening = begin(await whole(t), { watched: { firstLayer: 0, isForgiving: true } });
		t.after(() => opening.close());
		const stages: Stage[] = [];
		for await (const stage of opening.stages) stages.push(stage);
		const kinds = stages.map(({ kind }) => kind).join(' ');
		assert.match(kinds, /^(?:reading )*(?:draft )*complete$/);
		const last = stages.at(-1);
		assert.equal(last?.kind === 'complete' && last.session, await opening.complete);
	});
}

/** What does not depend on how a source keeps an image, nor on what else is said of it. */
function comparable(session: ImageSession) {
	const { config, history, diffIds, diffIdMatches, warnings, notices, ...figures } = essenceOf(session);
	return figures;
}

async function fromArchive(t: TestContext, { image }: KnownImage): Promise<ImageSession> {
	const path = join(await temporaryFolder(t), 'image.tar');
	await writeFile(path, dockerArchive([image]));
	const session = await loadImage(path);
	t.after(() => session.close());
	return session;
}
