import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Access } from '../../source/sources/image-source.ts';
import { knownArchives, knownLayers } from '../support/contract/known-archives.ts';
import { knownImage, knownImageName } from '../support/contract/known-image.ts';
import { sourceContract } from '../support/contract/source-contract.ts';
import type { ContractSubject, EndlessImage, Openable, StoredLayer } from '../support/contract/subject.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { engineEnvironment, engineVariable } from './support/engine-environment.ts';
import { run } from './support/engine-image.ts';
import { type Limit, limitedProxy } from './support/limited-proxy.ts';

const namespace = 'fathom-contract';
const brokenNamespace = 'fathom-contract-broken';
const registry = engineVariable('REGISTRY');
const repository = `${registry}/fathom-contract`;
const brokenRepository = `${registry}/fathom-contract-broken`;

/** In the middle of the top layer, which is the last. */
const PART_OF_EXPORT_BYTES = 1_000_000;
/** After that much time a program has given all that it gives. */
const STUCK_MILLISECONDS = 1000;

let folder = '';

before(async () => {
	folder = await mkdtemp(join(tmpdir(), 'fathom-contract-'));
	const archive = join(folder, 'image.tar');
	await writeFile(archive, knownArchives['docker save up to 24, with plain layers'].bytes);
	await run('docker', 'load', '--input', archive);
	await run('podman', '--remote', 'load', '--input', archive);
	for (const each of [namespace, brokenNamespace])
		await run('ctr', '--namespace', each, 'images', 'import', archive);
	const copy = ['copy', '--quiet', '--dest-tls-verify=false', `docker-archive:${archive}`];
	for (const each of [repository, brokenRepository]) await run('skopeo', ...copy, `docker://${each}:1`);
	await run(
		'ctr',
		'--namespace',
		brokenNamespace,
		'content',
		'rm',
		digestOf((await layersInContainerd())[4]),
	);
	const blob = digestOf((await layersInRegistry())[4]);
	await fetch(`http://${registry}/v2/fathom-contract-broken/blobs/${blob}`, { method: 'DELETE' });
});
after(() => rm(folder, { recursive: true, force: true }));

sourceContract('Docker Engine', socketSubject('docker', knownImageName));
sourceContract('Podman by its socket', socketSubject('podman', `localhost/${knownImageName}`));
sourceContract('Podman by its program', podmanProgramSubject());
sourceContract('containerd', containerdSubject());
sourceContract('a registry', registrySubject());

/** An engine gives out archives, in which a layer has no other size than that of its tar. */
function exportedLayers(): readonly StoredLayer[] {
	return knownLayers('plain').map(({ storedBytes }) => ({ digest: null, mediaType: null, storedBytes }));
}

function socketSubject(source: 'docker' | 'podman', name: string): ContractSubject {
	const variable = source === 'docker' ? 'DOCKER_HOST' : 'CONTAINER_HOST';
	const reference = `${source}:${knownImageName}`;
	const behind = async (t: TestContext, limit: Pick<Limit, 'breaks'>): Promise<EndlessImage> => {
		const { address, isStuck } = await limitedProxy(t, engineVariable(variable), {
			...limit,
			request: /^GET \S*\/get\b/,
			bytes: PART_OF_EXPORT_BYTES,
		});
		return { ...opened(reference, { [variable]: address }), isStuck };
	};
	return {
		known: knownImage,
		sourceKind: source === 'docker' ? 'docker-engine' : 'podman-engine',
		foundIn: source === 'docker' ? /^Docker Engine \d+\.\d+\.\d+ at unix:/ : /^Podman \d+\.\d+\.\d+ at unix:/,
		whole: async () => ({ ...opened(reference), names: [name], layers: exportedLayers() }),
		damaged: {
			'an export that breaks off': async (t) => ({
				...(await behind(t, { breaks: true })),
				code: 'truncated',
				message: /: the export of fathom-contract:1 /,
			}),
			'an image that is not there': async () => ({
				...opened(`${source}:fathom-contract:none`),
				code: 'not-found',
				message: /fathom-contract:none/,
			}),
		},
		endless: { 'an export of which no more comes': (t) => behind(t, { breaks: false }) },
	};
}

function podmanProgramSubject(): ContractSubject {
	const reference = `podman:${knownImageName}`;
	const withSave = async (t: TestContext, end: string): Promise<EndlessImage> => {
		const lines = [`*"image save"*) "$real" "$@" | head -c ${PART_OF_EXPORT_BYTES}; ${end} ;;`];
		const PATH = await pathWith(t, 'podman', lines);
		return { ...opened(reference, { CONTAINER_HOST: '', PATH }), isStuck: sleep(STUCK_MILLISECONDS) };
	};
	return {
		known: knownImage,
		sourceKind: 'podman-engine',
		foundIn: /^Podman \d+\.\d+\.\d+ .*program$/,
		whole: async () => ({
			...opened(reference, { CONTAINER_HOST: '' }),
			names: [`localhost/${knownImageName}`],
			layers: exportedLayers(),
		}),
		damaged: {
			'an export that breaks off': async (t) => ({
				...(await withSave(t, 'exit 125')),
				code: 'truncated',
				message: /: the export of fathom-contract:1 /,
			}),
		},
		endless: { 'an export of which no more comes': (t) => withSave(t, 'exec sleep 600') },
	};
}

function containerdSubject(): ContractSubject {
	const reference = `containerd:${knownImageName}`;
	return {
		known: knownImage,
		sourceKind: 'containerd',
		foundIn: /^containerd at unix:.*, namespace fathom-contract$/,
		whole: async () => ({
			...opened(reference, {}, { namespace }),
			names: [`docker.io/library/${knownImageName}`],
			layers: await layersInContainerd(),
		}),
		damaged: {
			'a layer that is gone': async () => ({
				...opened(reference, {}, { namespace: brokenNamespace }),
				code: 'truncated',
				message: /^containerd at .*: the export of fathom-contract:1 .*not found/,
			}),
		},
		endless: {
			'a layer of which no more comes': async (t) => {
				const digest = digestOf((await layersInContainerd())[4]);
				const lines = [`*"content get ${digest}") "$real" "$@" | head -c 100000; exec sleep 600 ;;`];
				const PATH = await pathWith(t, 'ctr', lines);
				return { ...opened(reference, { PATH }, { namespace }), isStuck: sleep(STUCK_MILLISECONDS) };
			},
		},
	};
}

function registrySubject(): ContractSubject {
	const reference = `registry:${repository}:1`;
	return {
		known: knownImage,
		sourceKind: 'registry',
		foundIn: /^the registry 127\.0\.0\.1:\d+$/,
		whole: async () => ({
			...opened(reference),
			names: [`${repository}:1`],
			layers: await layersInRegistry(),
		}),
		damaged: {
			'a layer that is gone': async () => ({
				...opened(`registry:${brokenRepository}:1`),
				code: 'missing',
				message: /: layer 5 of 127\.0\.0\.1:\d+\/fathom-contract-broken:1 /,
			}),
		},
		endless: {
			'a layer of which no more comes': async (t) => {
				const { address, isStuck } = await limitedProxy(t, registry, {
					request: new RegExp(digestOf((await layersInRegistry())[4])),
					bytes: 800,
					breaks: false,
				});
				return { ...opened(`registry:${address}/fathom-contract:1`), isStuck };
			},
		},
	};
}

function opened(
	reference: string,
	more: Readonly<Record<string, string>> = {},
	{ namespace: wanted = null }: Partial<Pick<Access, 'namespace'>> = {},
): Openable {
	const environment = { ...engineEnvironment(), ...more };
	const options = () => ({
		host: { environment, homeFolder: folder, currentFolder: folder, system: 'linux' as const, userId: 0 },
		access: { username: null, password: null, insecure: false, namespace: wanted },
	});
	return { choice: { reference }, options };
}

/** A PATH on which a program does something else for some options. */
async function pathWith(t: TestContext, name: string, cases: readonly string[]): Promise<string> {
	const programs = await temporaryFolder(t);
	const real = (await run('sh', '-c', `command -v ${name}`)).trim();
	const lines = [
		'#!/bin/sh',
		`real=${real}`,
		'case "$*" in',
		...cases,
		'*) exec "$real" "$@" ;;',
		'esac',
		'',
	];
	await writeFile(join(programs, name), lines.join('\n'));
	await chmod(join(programs, name), 0o755);
	return `${programs}:${process.env.PATH}`;
}

/** What containerd's manifest says of the layers. */
async function layersInContainerd(): Promise<readonly StoredLayer[]> {
	const ctr = ['--namespace', namespace];
	const list = await run('ctr', ...ctr, 'images', 'ls');
	const digest = /sha256:[0-9a-f]{64}/.exec(list)?.[0] ?? '';
	return layersOf(await run('ctr', ...ctr, 'content', 'get', digest));
}

/** What the registry's manifest says of the layers. */
async function layersInRegistry(): Promise<readonly StoredLayer[]> {
	return layersOf(await run('skopeo', 'inspect', '--raw', '--tls-verify=false', `docker://${repository}:1`));
}

function layersOf(manifest: string): readonly StoredLayer[] {
	const { layers } = JSON.parse(manifest) as {
		readonly layers: readonly {
			readonly digest: string;
			readonly mediaType: string;
			readonly size: number;
		}[];
	};
	return layers.map(({ digest, mediaType, size }) => ({ digest, mediaType, storedBytes: size }));
}

function digestOf({ digest }: StoredLayer): string {
	return digest ?? '';
}
