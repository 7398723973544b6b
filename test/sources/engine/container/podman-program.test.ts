import { deepEqual, equal } from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { FathomError } from '../../../../source/errors.ts';
import { file } from '../../../support/archives/tar-entry.ts';
import { dockerArchive, layerTar } from '../../../support/archives/write-archive.ts';
import { loadImage } from '../../../support/load-image.ts';
import { jsonReportOf } from '../../../support/report.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { engineImage } from '../support/engine-content.ts';
import { containerId, untouched } from '../support/fake-container.ts';
import { hostWith } from '../support/load-from-engine.ts';
import { withProgram } from '../support/with-program.ts';

/** Opens container `web` of a podman program that exports these bytes and ends with this code. */
async function open(t: TestContext, tar: Uint8Array, exitCode = 0) {
	const folder = await temporaryFolder(t);
	const inspected = [
		{ Id: containerId, Name: 'web', State: { Running: false }, Image: 'a'.repeat(64), Mounts: [] },
	];
	await writeFile(join(folder, 'inspect.json'), JSON.stringify(inspected));
	await writeFile(join(folder, 'web.tar'), tar);
	await writeFile(join(folder, 'image.tar'), dockerArchive([engineImage]));
	const programs = await withProgram(t, 'podman', [
		'case "$*" in',
		'--version) echo podman version 4.3.1 ;;',
		`"container inspect -- "*) cat '${folder}/inspect.json' ;;`,
		`"container export -- ${containerId}") cat '${folder}/web.tar'; echo Error: it broke >&2; exit ${exitCode} ;;`,
		'*) exit 125 ;;',
		'esac',
	]);
	const host = hostWith({ PATH: `${programs}:${process.env.PATH}` }, folder);
	return loadImage('container:podman:web', { host, over: join(folder, 'image.tar') });
}

suite('a container through the podman program', () => {
	test('is read as it writes it to standard output', async (t) => {
		const session = await open(t, layerTar([...untouched, file('new', 'new')]));
		const { layers, image } = await jsonReportOf(session);
		deepEqual(
			layers[2].changes.map(({ path, kind }) => [path, kind]),
			[['new', 'added']],
		);
		equal(image.foundIn, 'Podman 4.3.1 through the podman program');
		await session.close();
	});

	test('that fails in the middle: what it says', async (t) => {
		const failure = await open(t, layerTar(untouched).subarray(0, 2000), 3).catch((error: unknown) => error);
		if (!(failure instanceof FathomError)) throw failure;
		equal(
			`${failure.code}: ${failure.message}`,
			'truncated: Podman 4.3.1 through the podman program: the export of container web is not complete (Error: it broke); the container may have written files while it was read.',
		);
	});
});
