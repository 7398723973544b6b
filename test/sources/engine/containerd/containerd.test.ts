import { deepEqual, equal } from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { loadImage } from '../../../support/load-image.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { classicImage, diffIds } from '../support/engine-content.ts';
import { failureWith, hostWith } from '../support/load-from-engine.ts';
import { toldByEngine } from '../support/told-by-engine.ts';
import { withProgram } from '../support/with-program.ts';

suite('containerd', () => {
	test('exports an image with nerdctl where ctr is not installed', async (t) => {
		const data = await temporaryFolder(t);
		const native = {
			Image: { Name: 'docker.io/library/app:1', Target: { digest: classicImage().inspect.Id } },
			ImageConfig: { os: 'linux', architecture: 'amd64', rootfs: { diff_ids: diffIds } },
		};
		await writeFile(join(data, 'inspect.json'), JSON.stringify([native]));
		await writeFile(join(data, 'image.tar'), classicImage().archive);
		const folder = await withProgram(t, 'nerdctl', [
			'case "$*" in',
			`*inspect*) /bin/cat ${data}/inspect.json ;;`,
			`*save*) /bin/cat ${data}/image.tar ;;`,
			'esac',
		]);
		const host = hostWith({ PATH: folder, CONTAINERD_NAMESPACE: 'k8s.io' });
		const { image } = await loadImage('containerd:app:1', { host });
		equal(image.foundIn, 'containerd through nerdctl, namespace k8s.io');
		deepEqual(image.diffIdMatches, [true, true]);
		deepEqual((await readFile(join(folder, 'nerdctl.log'), 'utf8')).trim().split('\n'), [
			'--namespace k8s.io image inspect --mode=native -- app:1',
			'--namespace k8s.io save -- app:1',
		]);
	});

	test('describes an image with nerdctl before that exports it', async (t) => {
		const data = await temporaryFolder(t);
		const history = [{ created_by: 'step 1' }, { created_by: 'ENV A=b', empty_layer: true }];
		const native = {
			Image: { Name: 'docker.io/library/app:1', Target: { digest: classicImage().inspect.Id } },
			ImageConfig: {
				...{ os: 'linux', architecture: 'amd64', config: { Env: ['A=b'] } },
				rootfs: { diff_ids: [diffIds[0]] },
				history,
			},
			Manifest: { layers: [{ digest: diffIds[1], mediaType: 'a/b', size: 100 }] },
		};
		await writeFile(join(data, 'inspect.json'), JSON.stringify([native]));
		const folder = await withProgram(t, 'nerdctl', [
			'case "$*" in',
			`*inspect*) /bin/cat ${data}/inspect.json ;;`,
			'*save*) exec /bin/sleep 600 ;;',
			'esac',
		]);
		const told = await toldByEngine('containerd:app:1', hostWith({ PATH: folder }));
		deepEqual(
			told.layers.map(({ digest, mediaType, storedBytes, createdBy }) => [
				...[digest, mediaType, storedBytes, createdBy],
			]),
			[[diffIds[1], 'a/b', 100, 'step 1']],
		);
		deepEqual(told.config.env, ['A=b']);
		equal(told.history.length, 2);
	});

	test('is unavailable without its socket', async () => {
		equal(
			await failureWith('containerd:app:1', {
				PATH: '/nowhere',
				CONTAINERD_ADDRESS: '/nowhere/containerd.sock',
			}),
			'unavailable: containerd at unix:///nowhere/containerd.sock does not answer: there is no such socket. [Start it, or set CONTAINERD_ADDRESS to its socket.]',
		);
	});

	test('rejects a namespace that is an option', async () => {
		equal(
			await failureWith('containerd:app:1', { CONTAINERD_NAMESPACE: '--help' }),
			'usage: "--help" is not a valid containerd namespace. [List the namespaces with: ctr namespaces ls]',
		);
	});
});
