import { createHash } from 'node:crypto';
import { directory, file, symlink, type TarEntry } from './tar-entry.ts';
import { layerTar, type TestImage } from './write-archive.ts';

/** What Docker Engine 20 exports, in pieces. */
export interface Docker20Archive {
	/** The parts of the tar in their order: the folders of layers by their names, the config among them, and what lists them. */
	readonly parts: readonly ArchivePart[];
	readonly config: Uint8Array;
	readonly diffIds: readonly string[];
}

export interface ArchivePart {
	/** The layer, counted from 1; null for documents. */
	readonly layer: number | null;
	readonly bytes: Uint8Array;
}

/** As moby writes it (image/tarexport/save.go, image/v1/imagev1.go). */
export function docker20Archive({ layers, names = [], config: given = {} }: TestImage): Docker20Archive {
	const tars = layers.map((layer) => (layer instanceof Uint8Array ? layer : layerTar(layer)));
	const diffIds = tars.map((tar) => `sha256:${sha256(tar)}`);
	const config = Buffer.from(
		JSON.stringify({
			...{ architecture: 'amd64', os: 'linux' },
			rootfs: { type: 'layers', diff_ids: diffIds },
			history: tars.map((_, index) => ({ created_by: `step ${index + 1}` })),
			...given,
		}),
	);
	const ids = layerIds(diffIds);
	const configName = `${sha256(config)}.json`;
	const manifest = [{ Config: configName, RepoTags: names, Layers: ids.map(({ id }) => `${id}/layer.tar`) }];
	const files = [
		{ name: configName, layer: null, entries: [file(configName, config)] },
		...ids.map(({ id, json }, index) => ({
			name: id,
			layer: index + 1,
			entries: [
				directory(`${id}/`),
				file(`${id}/VERSION`, '1.0'),
				file(`${id}/json`, json),
				layerOf(ids, diffIds, index) ?? file(`${id}/layer.tar`, tars[index]),
			],
		})),
	].sort((left, right) => (left.name < right.name ? -1 : 1));
	return {
		config,
		diffIds,
		parts: [
			...files.map(({ layer, entries }) => ({ layer, bytes: withoutEnd(entries) })),
			{ layer: null, bytes: layerTar([file('manifest.json', JSON.stringify(manifest))]) },
		],
	};
}

/** A layer that is the same as one below it is a link. */
function layerOf(ids: readonly LayerId[], diffIds: readonly string[], index: number): TarEntry | null {
	const first = diffIds.indexOf(diffIds[index]);
	return first === index ? null : symlink(`${ids[index].id}/layer.tar`, `../${ids[first].id}/layer.tar`);
}

interface LayerId {
	readonly id: string;
	readonly json: string;
}

function layerIds(diffIds: readonly string[]): readonly LayerId[] {
	const ids: LayerId[] = [];
	let chainId = '';
	for (const [index, diffId] of diffIds.entries()) {
		chainId = index === 0 ? diffId : `sha256:${sha256(`${chainId} ${diffId}`)}`;
		const isTop = index === diffIds.length - 1;
		const fields = isTop
			? { container_config: { Cmd: ['/bin/sh', '-c', 'a && b > c'] }, created: '2026-01-01T00:00:00Z' }
			: { container_config: { Cmd: null }, created: '1970-01-01T00:00:00Z' };
		const system = { os: 'linux' };
		const parent = ids.at(-1)?.id;
		const hashed = {
			...fields,
			layer_id: chainId,
			...(isTop && system),
			...(parent !== undefined && { parent: `sha256:${parent}` }),
		};
		const id = sha256(asGoWrites(sorted(hashed)));
		ids.push({ id, json: asGoWrites({ id, ...(parent !== undefined && { parent }), ...fields, ...system }) });
	}
	return ids;
}

function sorted(fields: object): object {
	return Object.fromEntries(Object.entries(fields).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function asGoWrites(value: object): string {
	return JSON.stringify(value).replaceAll('&', '\\u0026').replaceAll('>', '\\u003e');
}

function withoutEnd(entries: readonly TarEntry[]): Uint8Array {
	const tar = layerTar(entries);
	return tar.subarray(0, tar.length - 1024);
}

function sha256(content: string | Uint8Array): string {
	return createHash('sha256').update(content).digest('hex');
}
