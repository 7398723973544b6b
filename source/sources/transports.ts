import { lstatSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { SourceName } from './image-source.ts';

/** One source, a name in it and, where the reference names one of several images there, that image. */
export interface NamedImage {
	readonly sourceName: SourceName;
	readonly name: string;
	readonly imageName?: string;
}

/**
 * What a reference means that is written as other tools write it: with a transport, as skopeo and podman do (containers-transports(5)), or as a
 * URL of an engine, as dive does. `docker://` is a registry, as everywhere but in dive. Null for any other reference.
 */
export function readTransport(reference: string): NamedImage | null {
	const [, transport, rest] = /^([a-z][a-z-]*):(.+)$/s.exec(reference) ?? [];
	if (transport === undefined || !Object.hasOwn(transports, transport)) return null;
	return transports[transport](rest);
}

/** A path that may be followed by a colon and the name of an image: `layout:1.0`. What is there as a whole is a path. */
export function splitImageName(text: string): Pick<NamedImage, 'name' | 'imageName'> {
	if (isThere(text)) return { name: text };
	for (let colon = text.indexOf(':'); colon !== -1; colon = text.indexOf(':', colon + 1)) {
		const name = text.slice(0, colon);
		const imageName = text.slice(colon + 1);
		if (name !== '' && imageName !== '' && isThere(name)) return { name, imageName };
	}
	return { name: text };
}

/** Whether there is a file, a folder, or a link that leads nowhere; also what we may not look at. */
export function isThere(path: string): boolean {
	try {
		lstatSync(path);
		return true;
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : null;
		return code !== 'ENOENT' && code !== 'ENOTDIR' && code !== 'ENAMETOOLONG';
	}
}

/**
 * The source of a path: a folder is a layout, and so is the file that lists the images of one; anything else is an archive. Throws the
 * system's errors.
 */
export function sourceOfPath(path: string): NamedImage {
	const stats = statSync(path);
	if (stats.isDirectory()) return { sourceName: 'oci', name: path };
	return stats.isFile() && layoutFiles.includes(basename(path))
		? { sourceName: 'oci', name: dirname(path) }
		: { sourceName: 'archive', name: path };
}

const layoutFiles: readonly string[] = ['index.json', 'oci-layout', 'manifest.json', 'repositories'];

type ReadRest = (rest: string) => NamedImage | null;

const transports: Readonly<Record<string, ReadRest>> = {
	docker: (rest) => (rest.startsWith('//') ? named('registry', rest) : null),
	registry: (rest) => (rest.startsWith('//') ? named('registry', rest) : null),
	podman: (rest) => (rest.startsWith('//') ? named('podman', rest) : null),
	containerd: (rest) => (rest.startsWith('//') ? named('containerd', rest) : null),
	'docker-daemon': (rest) => named('docker', rest),
	// The place of the storage may stand in brackets; podman knows its own.
	'containers-storage': (rest) => named('podman', rest.replace(/^\[[^\]]*\]/, '')),
	'docker-archive': archived,
	'oci-archive': archived,
	// Images may be called like this as well.
	dir: (rest) => (isThere(rest) || /^[./]/.test(rest) ? sourceOfPath(rest) : null),
	file: (rest) => (rest.startsWith('//') ? sourceOfPath(rest.slice(2)) : null),
};

function named(sourceName: SourceName, rest: string): NamedImage | null {
	const name = rest.replace(/^\/+/, '');
	return name === '' ? null : { sourceName, name };
}

function archived(rest: string): NamedImage {
	const { name, imageName } = splitImageName(rest.replace(/^\/\/(?=.)/, ''));
	return { ...sourceOfPath(name), ...(imageName !== undefined && { imageName }) };
}
