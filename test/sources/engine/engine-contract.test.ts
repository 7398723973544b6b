import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SourceKind } from '../../../source/sources/image-source.ts';
import {
	cut,
	type KnownArchive,
	knownArchives,
	knownConfigDigest,
	knownLayers,
	knownManifestDigest,
	withDamagedTop,
} from '../../support/contract/known-archives.ts';
import { knownImage, knownImageName } from '../../support/contract/known-image.ts';
import { sourceContract } from '../../support/contract/source-contract.ts';
import type { ContractSubject, EndlessImage, StoredLayer } from '../../support/contract/subject.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type Behaviour, fakeEngine } from './support/fake-engine.ts';
import { hostWith } from './support/load-from-engine.ts';

const plain = knownArchives['docker save up to 24, with plain layers'];
const podman = knownArchives['podman save'];
const packed = knownArchives['docker save from 25 on, with gzip layers'];
/** Where an engine gives out archives only, a layer has no other size than that of its tar. */
const unpackedLayers = knownLayers('plain').map(({ storedBytes }) => ({
	...{ digest: null, mediaType: null, storedBytes },
}));

const { platform, created, author } = knownImage.description;
const inspected = {
	RepoTags: [knownImageName],
	Os: 'linux',
	Architecture: platform?.architecture,
	RootFS: { Type: 'layers', Layers: knownImage.diffIds },
};
const podmanInspected = {
	...inspected,
	Id: knownConfigDigest().slice('sha256:'.length),
	...{ Created: created, Author: author },
	Config: knownImage.image.config?.config,
	History: knownImage.image.config?.history,
};

/** After that much time a program has given all that it gives. */
const STUCK_MILLISECONDS = 300;

interface Engine {
	readonly archive: KnownArchive;
	readonly layers: readonly StoredLayer[];
	readonly sourceKind: SourceKind;
	readonly foundIn: RegExp;
	/** An engine that has an archive, or a part of one. */
	readonly serve: (
		t: TestContext,
		archive: Uint8Array,
		flaw?: 'cut' | 'stuck' | 'silent',
	) => Promise<EndlessImage>;
}

const engines: Readonly<Record<string, Engine>> = {
	'Docker Engine with a store of its own': {
		archive: plain,
		layers: unpackedLayers,
		sourceKind: 'docker-engine',
		foundIn: /^Docker Engine 20\.10\.24 at unix:/,
		serve: socket('docker', { inspect: { ...inspected, Id: knownConfigDigest() } }),
	},
	"Docker Engine with containerd's store": {
		archive: packed,
		layers: knownLayers('gzip'),
		sourceKind: 'docker-engine',
		foundIn: /^Docker Engine 20\.10\.24 at unix:/,
		serve: socket('docker', {
			inspect: { ...inspected, Id: knownManifestDigest('gzip') },
			apiVersion: '1.48',
		}),
	},
	'Podman by its socket': {
		archive: podman,
		layers: unpackedLayers,
		sourceKind: 'podman-engine',
		foundIn: /^Podman 4\.3\.1 at unix:/,
		serve: socket('podman', { inspect: podmanInspected, libpod: '4.3.1' }),
	},
	'Podman by its program': {
		archive: podman,
		layers: unpackedLayers,
		sourceKind: 'podman-engine',
		foundIn: /^Podman 4\.3\.1 .*program$/,
		serve: program('podman', podmanInspected),
	},
	'containerd by nerdctl': {
		archive: plain,
		layers: unpackedLayers,
		sourceKind: 'containerd',
		foundIn: /^containerd .*nerdctl, namespace default$/,
		serve: program('nerdctl', {
			Image: { Name: knownImageName, Target: { digest: knownConfigDigest() } },
			ImageConfig: {
				os: 'linux',
				architecture: platform?.architecture,
				rootfs: { diff_ids: knownImage.diffIds },
			},
		}),
	},
};

for (const [name, engine] of Object.entries(engines)) sourceContract(name, engineSubject(engine));

function engineSubject({ archive, layers, sourceKind, foundIn, serve }: Engine): ContractSubject {
	return {
		known: knownImage,
		sourceKind,
		foundIn,
		whole: async (t) => ({ ...(await serve(t, archive.bytes)), names: [knownImageName], layers }),
		damaged: {
			'an export that breaks off': async (t) => ({
				...(await serve(t, cut(archive), 'cut')),
				code: 'truncated',
				message: /: the export of fathom-contract:1 /,
			}),
			'a damaged layer': async (t) => ({
				...(await serve(t, withDamagedTop(archive))),
				code: 'corrupt',
				message: /^fathom-contract:1: layer 5: /,
			}),
		},
		endless: {
			'an export of which no more comes': (t) => serve(t, cut(archive), 'stuck'),
			'an answer that does not come': (t) => serve(t, archive.bytes, 'silent'),
		},
	};
}

function socket(
	source: 'docker' | 'podman',
	{ libpod, ...behaviour }: Pick<Behaviour, 'inspect' | 'apiVersion'> & { readonly libpod?: string },
): Engine['serve'] {
	return async (t, archive, flaw) => {
		const stuck = Promise.withResolvers<void>();
		const engine = await fakeEngine(t, {
			...behaviour,
			...{ name: knownImageName, archive },
			...(flaw === 'cut' && { cutAfter: archive.length }),
			...(flaw === 'stuck' && { stallAfter: archive.length, onStall: stuck.resolve }),
			answer: ({ url }, response) => {
				if (flaw === 'silent' && url?.includes('/json')) {
					stuck.resolve();
					return true;
				}
				if (url !== '/_ping' || libpod === undefined) return false;
				response.setHeader('Libpod-Api-Version', libpod);
				response.setHeader('Server', `Libpod/${libpod} (linux)`);
				response.end('OK');
				return true;
			},
		});
		const variable = source === 'docker' ? 'DOCKER_HOST' : 'CONTAINER_HOST';
		return {
			choice: { reference: `${source}:${knownImageName}` },
			options: () => ({ host: hostWith({ [variable]: engine.address }) }),
			isStuck: stuck.promise,
		};
	};
}

/** A program in the place of the engine's. */
function program(name: 'podman' | 'nerdctl', inspect: Readonly<Record<string, unknown>>): Engine['serve'] {
	return async (t, archive, flaw) => {
		const folder = await temporaryFolder(t);
		await writeFile(join(folder, 'image.tar'), archive);
		await writeFile(join(folder, 'inspect.json'), JSON.stringify([inspect]));
		const lines = [
			'#!/bin/sh',
			'case "$*" in',
			'--version) echo "podman version 4.3.1" ;;',
			`*inspect*) ${flaw === 'silent' ? 'exec sleep 600' : `exec cat ${folder}/inspect.json`} ;;`,
			`*save*) cat ${folder}/image.tar; ${endings[flaw ?? 'whole']} ;;`,
			'*) exit 125 ;;',
			'esac',
		];
		await writeFile(join(folder, name), lines.join('\n'));
		await chmod(join(folder, name), 0o755);
		const environment = {
			PATH: `${folder}:/usr/bin:/bin`,
			XDG_RUNTIME_DIR: folder,
			CONTAINERD_ADDRESS: '/nowhere',
		};
		return {
			choice: { reference: `${name === 'podman' ? 'podman' : 'containerd'}:${knownImageName}` },
			options: () => ({ host: hostWith(environment) }),
			isStuck: sleep(STUCK_MILLISECONDS),
		};
	};
}

const endings = {
	whole: 'exit 0',
	cut: 'echo "Error: no space left on device" >&2; exit 125',
	stuck: 'exec sleep 600',
	silent: 'exit 0',
};
