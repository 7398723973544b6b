import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { JsonReport } from '../../source/report/json/schema.ts';
import { runProgram } from '../cli/run-program.ts';
import { parseReport } from '../support/report.ts';
import { engineEnvironment, engineVariable } from './support/engine-environment.ts';
import { imageName, run, writeCheckImage } from './support/engine-image.ts';
import { withRequestLog } from './support/request-log.ts';

const namespace = 'fathom-check';

describe('one image, from every place that has it', () => {
	const environment = engineEnvironment();
	const registry = engineVariable('REGISTRY');
	let folder = '';
	let archive = '';
	let expected: Essence;

	before(async () => {
		folder = await mkdtemp(join(tmpdir(), 'fathom-engines-'));
		archive = await writeCheckImage(folder);
		await run('docker', 'load', '--input', archive);
		await run('podman', '--remote', 'load', '--input', archive);
		await run('ctr', '--namespace', namespace, 'images', 'import', archive);
		const copy = ['copy', '--quiet', '--dest-tls-verify=false', `docker-archive:${archive}`];
		await run('skopeo', ...copy, `docker://${registry}/${imageName}`);
		await run('skopeo', ...copy, `oci:${folder}/layout:1`);
		expected = essence(await report([archive, '--no-cache']));
	});
	after(() => rm(folder, { recursive: true, force: true }));

	/** Without a cache, unless the environment names one. */
	async function report(
		args: readonly string[],
		more: Readonly<Record<string, string>> = {},
	): Promise<JsonReport> {
		const { status, stdout, stderr } = await runProgram(['report', '--format', 'json', ...args], {
			environment: { ...environment, ...more },
		});
		assert.equal(status, 0, stderr);
		return parseReport(stdout);
	}

	const places: Readonly<
		Record<string, () => { args: string[]; without?: string; kind: string; foundIn: RegExp }>
	> = {
		'Docker Engine': () => ({
			args: [`docker:${imageName}`],
			kind: 'docker-engine',
			foundIn: /^Docker Engine \d+\./,
		}),
		'Docker Engine, by a bare name': () => ({
			args: [imageName],
			kind: 'docker-engine',
			foundIn: /^Docker Engine \d+\./,
		}),
		'Podman through its socket': () => ({
			args: [`podman:${imageName}`],
			kind: 'podman-engine',
			foundIn: /^Podman \d+\.\d+\.\d+ at unix:/,
		}),
		'Podman through its program': () => ({
			args: [`podman:${imageName}`],
			without: 'CONTAINER_HOST',
			kind: 'podman-engine',
			foundIn: /^Podman \d+\.\d+\.\d+ through the podman program$/,
		}),
		containerd: () => ({
			args: [`containerd:${imageName}`, '--namespace', namespace],
			kind: 'containerd',
			foundIn: /^containerd at unix:.*, namespace fathom-check$/,
		}),
		'a registry': () => ({
			args: [`registry:${registry}/${imageName}`],
			kind: 'registry',
			foundIn: /127\.0\.0\.1/,
		}),
	};

	for (const [name, place] of Object.entries(places)) {
		test(`${name}: fresh, kept and from the cache`, async () => {
			const { args, without, kind, foundIn } = place();
			const cache = { FATHOM_CACHE: 'on', FATHOM_CACHE_DIR: await mkdtemp(join(folder, 'cache-')) };
			const none = without === undefined ? {} : { [without]: '' };
			const fresh = await report([...args, '--no-cache'], none);
			assert.deepEqual(essence(fresh), expected);
			assert.equal(fresh.image.source, kind);
			assert.match(fresh.image.foundIn ?? '', foundIn);
			assert.deepEqual(await report(args, { ...none, ...cache }), fresh);
			assert.deepEqual(await report(args, { ...none, ...cache }), fresh);
		});
	}

	test('an OCI layout of the same image, whose config is written in another way', async () => {
		const layout = essence(await report([`oci:${folder}/layout`, '--no-cache']));
		const { configDigest, ...image } = layout.image;
		assert.deepEqual({ ...layout, image: { ...image, configDigest: expected.image.configDigest } }, expected);
	});

	test('Docker Engine: an ID, the start of one and a digest name it as well', async () => {
		const id = (await run('docker', 'inspect', '--format', '{{.Id}}', imageName)).trim();
		for (const name of [id, id.slice('sha256:'.length), id.slice('sha256:'.length, 20)]) {
			assert.deepEqual(essence(await report([`docker:${name}`, '--no-cache'])), expected);
		}
	});

	test('Docker Engine: an image that was read once is not exported again', async () => {
		const cache = { FATHOM_CACHE: 'on', FATHOM_CACHE_DIR: await mkdtemp(join(folder, 'cache-')) };
		await report([`docker:${imageName}`], cache);
		await withRequestLog(engineVariable('DOCKER_HOST'), async (address, requests) => {
			await report([`docker:${imageName}`], { ...cache, DOCKER_HOST: address });
			assert.deepEqual(
				requests.filter((line) => line.includes('/get')),
				[],
			);
			assert.ok(requests.some((line) => line.includes('/json')));
		});
	});

	test('Podman: layers that Docker Engine brought into the cache are not exported again', async () => {
		const cache = { FATHOM_CACHE: 'on', FATHOM_CACHE_DIR: await mkdtemp(join(folder, 'cache-')) };
		await report([`docker:${imageName}`], cache);
		await withRequestLog(engineVariable('CONTAINER_HOST'), async (address, requests) => {
			const image = await report([`podman:${imageName}`], { ...cache, CONTAINER_HOST: address });
			assert.deepEqual(essence(image), expected);
			assert.deepEqual(
				requests.filter((line) => line.includes('/get')),
				[],
			);
		});
	});

	test('containerd: a layer whose content is gone is named', async () => {
		const broken = ['--namespace', 'fathom-broken'];
		await run('ctr', ...broken, 'images', 'import', archive);
		const [blob] = (await report([`containerd:${imageName}`, ...broken, '--no-cache'])).layers;
		await run('ctr', ...broken, 'content', 'rm', String(blob.digest));
		const args = ['report', `containerd:${imageName}`, ...broken, '--no-cache'];
		const { status, stderr } = await runProgram(args, { environment });
		const [name] = (await run('ctr', ...broken, 'images', 'ls', '-q')).split('\n');
		await run('ctr', ...broken, 'images', 'rm', String(name));
		assert.equal(status, 2);
		assert.match(
			stderr,
			/^fathom: containerd at .*: the export of fathom-check:1 ended early \(.*not found\)\./,
		);
	});

	test("Podman behind Docker's variable is Podman", async () => {
		const image = await report([`docker:${imageName}`, '--no-cache'], {
			DOCKER_HOST: engineVariable('CONTAINER_HOST'),
		});
		assert.deepEqual(essence(image), expected);
		assert.equal(image.image.source, 'podman-engine');
	});

	const failures: Readonly<Record<string, { args: string[]; words: RegExp }>> = {
		'Docker Engine says which names are like it': {
			args: ['docker:fathom-check:2'],
			words: /^fathom: Docker Engine .* has no image fathom-check:2\.[\s\S]*It has fathom-check:1\./,
		},
		'Podman says which names are like it': {
			args: ['podman:fathom-check:2'],
			words: /^fathom: Podman .* has no image fathom-check:2\.[\s\S]*It has localhost\/fathom-check:1\./,
		},
		'containerd names the namespace that has it': {
			args: ['containerd:fathom-check:1'],
			words:
				/has no image fathom-check:1\.[\s\S]*It is in namespace fathom-check: use --namespace fathom-check/,
		},
		'Docker Engine has it for another platform': {
			args: ['docker:fathom-check:1', '--platform', 'linux/s390x'],
			words: /does not have fathom-check:1 for linux\/s390x, only for linux\//,
		},
		'containerd has it for another platform': {
			args: ['containerd:fathom-check:1', '--namespace', namespace, '--platform', 'linux/s390x'],
			words: /does not have fathom-check:1 for linux\/s390x, only for linux\//,
		},
	};
	for (const [what, { args, words }] of Object.entries(failures)) {
		test(what, async () => {
			const { status, stdout, stderr } = await runProgram(['report', '--no-cache', ...args], { environment });
			assert.equal(status, 2);
			assert.equal(stdout, '');
			assert.match(stderr, words);
		});
	}
});

type Essence = ReturnType<typeof essence>;

/** A report without what tells where the image was, and how it is stored there. */
function essence({ image, layers, totals, ledger: _ledger, ...rest }: JsonReport) {
	const { reference, source, foundIn, names, manifestDigest, annotations, ...said } = image;
	const { storedBytes, ...sums } = totals;
	return {
		...rest,
		image: said,
		totals: sums,
		layers: layers.map(({ digest, mediaType, storedBytes, ...layer }) => layer),
	};
}
