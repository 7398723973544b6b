import assert from 'node:assert/strict';
import { lstat, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { JsonReport } from '../../source/report/json/schema.ts';
import { runProgram } from '../cli/run-program.ts';
import { claimedPaths } from '../support/analysis/claims.ts';
import { dockerArchive } from '../support/archives/write-archive.ts';
import { loadImage } from '../support/load-image.ts';
import { parseReport } from '../support/report.ts';
import { DebianRoot } from './support/debian-root.ts';
import { engineEnvironment, engineVariable } from './support/engine-environment.ts';
import { run } from './support/engine-image.ts';

const name = 'fathom-packages:1';
const namespace = 'fathom-packages';

const places: Readonly<Record<string, (registry: string) => readonly string[]>> = {
	Docker: () => [`docker:${name}`],
	Podman: () => [`podman:localhost/${name}`],
	containerd: () => [`containerd:docker.io/library/${name}`, '--namespace', namespace],
	'a registry': (registry) => [`registry:${registry}/${name}`],
};

describe('the packages of a Debian image', () => {
	let folder = '';
	let archive = '';
	let root: DebianRoot;
	const registry = engineVariable('REGISTRY');

	before(async () => {
		folder = await mkdtemp(join(tmpdir(), 'fathom-packages-'));
		root = new DebianRoot(folder);
		await root.begin();
		const layers = [await root.tar('first')];
		await root.goOn();
		layers.push(await root.tar('second'));
		const tars = await Promise.all(layers.map((path) => readFile(path)));
		archive = join(folder, 'image.tar');
		await writeFile(archive, dockerArchive([{ names: [name], layers: tars }]));
		await run('docker', 'load', '--input', archive);
		await run('podman', '--remote', 'load', '--input', archive);
		await run('ctr', '--namespace', namespace, 'images', 'import', archive);
		const copy = ['copy', '--quiet', '--dest-tls-verify=false', `docker-archive:${archive}`];
		await run('skopeo', ...copy, `docker://${registry}/${name}`);
	});
	after(async () => {
		await run('docker', 'rmi', '--force', name);
		await run('podman', '--remote', 'rmi', '--force', name);
		await run('ctr', '--namespace', namespace, 'images', 'rm', '--sync', `docker.io/library/${name}`);
		await run('ctr', 'namespaces', 'rm', namespace);
		await rm(folder, { recursive: true, force: true });
	});

	/** With a cache of this name, or none. */
	async function report(args: readonly string[], cache: string | null = null): Promise<JsonReport> {
		const flags = ['--only', 'packages', '--format', 'json', ...(cache === null ? ['--no-cache'] : [])];
		const environment = { ...engineEnvironment(), FATHOM_CACHE_DIR: join(folder, `cache-${cache}`) };
		const { status, stdout, stderr } = await runProgram(['report', ...args, ...flags], {
			environment,
			folder,
		});
		assert.equal(status, 0, stderr);
		return parseReport(stdout);
	}

	const query = (format: string) =>
		run('dpkg-query', `--admindir=${root.path}/var/lib/dpkg`, '--show', '--showformat', format);

	test('are those of dpkg-query, with their versions and architectures', async () => {
		const [status, ...fields] = ['db:Status-Abbrev', 'Package', 'Version', 'Architecture'].map(
			(field) => `\${${field}}`,
		);
		const lines = (await query(`${status}|${fields.join(' ')}\n`)).trim().split('\n');
		const installed = lines.filter((line) => !line.startsWith('rc')).map((line) => line.split('|')[1]);
		assert.equal(lines.length, installed.length + 1);
		const { packages = [] } = await report([archive]);
		assert.deepEqual(
			packages.map(({ name, version, architecture }) => `${name} ${version} ${architecture}`).sort(),
			installed.sort(),
		);
		assert.deepEqual(Object.fromEntries(packages.map(({ name, layerIndex }) => [name, layerIndex])), {
			alpha: 0,
			beta: 0,
			libgamma: 0,
			delta: 1,
		});
	});

	test('have the paths of dpkg -L, as they lie in the image', async () => {
		const session = await loadImage(archive);
		const claims = await claimedPaths(session);
		await session.close();
		assert.equal(claims.size, 5);
		for (const [each, paths] of claims) {
			const listed = await run(
				'dpkg-query',
				`--admindir=${root.path}/var/lib/dpkg`,
				'--listfiles',
				nameFor(each),
			);
			assert.deepEqual(paths, await filesIn(root.path, listed), each);
		}
	});

	for (const [place, argumentsOf] of Object.entries(places)) {
		test(`are the same from ${place}, and from the cache`, async () => {
			const expected = ofPackages(await report([archive]));
			const args = argumentsOf(registry);
			const looks = [await report(args), await report(args, place), await report(args, place)];
			for (const look of [...looks, await report([...args, '--verify'], place)])
				assert.deepEqual(ofPackages(look), expected);
		});

		test(`are read where the cache has only layers from ${place}`, async () => {
			const args = argumentsOf(registry);
			const flags = ['report', ...args, '--format', 'json', '--only', 'figures'];
			const environment = {
				...engineEnvironment(),
				FATHOM_CACHE_DIR: join(folder, `cache-without-${place}`),
			};
			assert.equal((await runProgram(flags, { environment, folder })).status, 0);
			assert.deepEqual(
				ofPackages(await report(args, `without-${place}`)),
				ofPackages(await report([archive])),
			);
		});
	}

	test('are the same in a container over the image, with what the container wrote', async () => {
		const expected = ofPackages(await report([archive]));
		for (const [source, ...command] of [
			['docker', 'docker'],
			['podman', 'podman', '--remote'],
		]) {
			const [program, ...options] = command;
			const container = `fathom-packages-${source}`;
			const image = source === 'docker' ? name : `localhost/${name}`;
			await run(program, ...options, 'create', '--name', container, image, '/bin/tool');
			try {
				const { packages, unowned } = ofPackages(await report([`container:${source}:${container}`]));
				assert.deepEqual(packages, expected.packages);
				assert.deepEqual(unowned, expected.unowned);
			} finally {
				await run(program, ...options, 'rm', '--force', container);
			}
		}
	});
});

/** dpkg names the architecture only of what can be there twice. */
function nameFor(claimed: string): string {
	return claimed.startsWith('libgamma') ? claimed : claimed.replace(/:.*/, '');
}

function ofPackages(report: JsonReport) {
	const { packages, unowned, packagesNotReadInLayers } = report;
	return { packages, unowned, packagesNotReadInLayers };
}

/** The files that `dpkg -L` lists: where a diversion has put them, and without links on the way. */
async function filesIn(root: string, listed: string): Promise<readonly string[]> {
	const lines = listed.trim().split('\n');
	const files = new Set<string>();
	for (const [index, line] of lines.entries()) {
		if (!line.startsWith('/')) continue;
		const path = /^diverted by .* to: (.*)$/.exec(lines[index + 1] ?? '')?.[1] ?? line;
		const real = join(await realpath(dirname(join(root, path))), basename(path));
		if (!(await lstat(real)).isDirectory()) files.add(real.slice(root.length + 1));
	}
	return [...files].sort();
}
