import { createHash } from 'node:crypto';
import { rawEntry, rawTar } from '../../support/archives/raw-tar.ts';
import { file, symlink, type TarEntry } from '../../support/archives/tar-entry.ts';
import type { DocumentChange, IndexTrap, Plan } from '../plan.ts';
import { type BuiltLayer, buildLayer } from './build-layer.ts';
import { applyDamage } from './damage.ts';
import { pack } from './pack.ts';
import { writeDocument } from './write-document.ts';

/** The archive of a case. */
export function buildArchive(plan: Plan): Uint8Array {
	const tar = applyDamage(plan.form === 'snapshot' ? snapshot(plan) : imageArchive(plan), plan.damage);
	return applyDamage(pack(tar, plan.packing), plan.packedDamage);
}

/** The file system of a container: the first layer with a folder that says so. */
function snapshot({ layers: [layer] }: Plan): Uint8Array {
	const { tar } = buildLayer(layer);
	return Buffer.concat([rawEntry(file('etc/hostname', 'x')), tar]);
}

interface Document {
	readonly name: string;
	readonly value: unknown;
}

function imageArchive({ form, layers, documents: changes, indexTrap }: Plan): Uint8Array {
	const built = layers.map(buildLayer);
	const entries = form === 'podman' ? podmanLayers(built) : layerFiles(built, form);
	const documents = documentsOf(built, form, indexTrap);
	const files = documents.map(({ name, value }, index) =>
		file(name, writeDocument(value, changesOf(changes, index, documents.length))),
	);
	return rawTar([...entries, ...files, ...trapFiles(indexTrap)].map((entry) => rawEntry(entry)));
}

function changesOf(
	changes: readonly DocumentChange[],
	index: number,
	count: number,
): readonly DocumentChange[] {
	return changes.filter(({ document }) => document % count === index);
}

function layerFiles(built: readonly BuiltLayer[], form: Plan['form']): readonly TarEntry[] {
	const blobs = new Map(built.map(({ blob }) => [layerName(blob, form), blob]));
	return [...blobs].map(([name, blob]) => file(name, blob));
}

/** As `podman save` writes them: each layer with a symlink to it. */
function podmanLayers(built: readonly BuiltLayer[]): readonly TarEntry[] {
	const names = new Map(built.map(({ blob }) => [hexOf(blob), blob]));
	return [...names].flatMap(([hex, blob]) => [
		file(`${hex}.tar`, blob),
		symlink(`${hex}/layer.tar`, `../${hex}.tar`),
	]);
}

function layerName(blob: Uint8Array, form: Plan['form']): string {
	return form === 'docker' || form === 'podman' ? `${hexOf(blob)}/layer.tar` : `blobs/sha256/${hexOf(blob)}`;
}

function documentsOf(
	built: readonly BuiltLayer[],
	form: Plan['form'],
	trap: IndexTrap | null,
): readonly Document[] {
	const config = configOf(built);
	const configHex = hexOf(Buffer.from(JSON.stringify(config)));
	const isLayout = form === 'docker-25' || form === 'oci';
	const configName = isLayout ? `blobs/sha256/${configHex}` : `${configHex}.json`;
	const listed = [
		{ Config: configName, RepoTags: ['app:1'], Layers: built.map(({ blob }) => layerName(blob, form)) },
	];
	return [
		{ name: configName, value: config },
		...(isLayout ? layoutDocuments(built, config, trap) : []),
		...(form === 'oci' ? [] : [{ name: 'manifest.json', value: listed }]),
		...(!isLayout && trap ? [{ name: 'index.json', value: indexOf(trapDescriptors(trap, 0)) }] : []),
	];
}

function configOf(built: readonly BuiltLayer[]) {
	return {
		architecture: 'amd64',
		os: 'linux',
		created: '2024-01-01T00:00:00Z',
		config: { Env: ['PATH=/bin'], Cmd: ['sh'], Labels: { a: 'b' }, ExposedPorts: { '80/tcp': {} } },
		rootfs: { type: 'layers', diff_ids: built.map(({ tar }) => `sha256:${hexOf(tar)}`) },
		history: built.map((_, index) => ({ created_by: `RUN step ${index + 1}`, empty_layer: false })),
	};
}

const types = {
	index: 'application/vnd.oci.image.index.v1+json',
	manifest: 'application/vnd.oci.image.manifest.v1+json',
	config: 'application/vnd.oci.image.config.v1+json',
	layer: 'application/vnd.oci.image.layer.v1.tar',
} as const;

function layoutDocuments(
	built: readonly BuiltLayer[],
	config: unknown,
	trap: IndexTrap | null,
): readonly Document[] {
	const manifest = {
		schemaVersion: 2,
		mediaType: types.manifest,
		config: descriptor(types.config, Buffer.from(JSON.stringify(config))),
		layers: built.map(({ blob }) => descriptor(types.layer, blob)),
	};
	const manifestBytes = Buffer.from(JSON.stringify(manifest));
	const own = descriptor(types.manifest, manifestBytes);
	return [
		{ name: `blobs/sha256/${hexOf(manifestBytes)}`, value: manifest },
		{ name: 'index.json', value: indexOf([...(trap ? trapDescriptors(trap, 0) : []), own]) },
		{ name: 'oci-layout', value: { imageLayoutVersion: '1.0.0' } },
	];
}

function indexOf(manifests: readonly unknown[]) {
	return { schemaVersion: 2, mediaType: types.index, manifests };
}

function descriptor(mediaType: string, bytes: Uint8Array) {
	return { mediaType, digest: `sha256:${hexOf(bytes)}`, size: bytes.length };
}

/** Each index of a trap lists the next one and itself by turns. */
function trapFiles(trap: IndexTrap | null): readonly TarEntry[] {
	if (trap === null) return [];
	return Array.from({ length: trap.indexes }, (_, index) =>
		file(`blobs/sha256/${trapHex(index)}`, JSON.stringify(indexOf(trapDescriptors(trap, index)))),
	);
}

function trapDescriptors({ indexes, descriptors }: IndexTrap, index: number): readonly unknown[] {
	const [next, self] = [(index + 1) % indexes, index].map((target) => ({
		mediaType: types.index,
		digest: `sha256:${trapHex(target)}`,
		size: 1,
	}));
	return Array.from({ length: descriptors }, (_, turn) => (turn % 2 === 0 ? next : self));
}

function trapHex(index: number): string {
	return index.toString(16).padStart(64, 'b');
}

function hexOf(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}
