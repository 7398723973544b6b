import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { endArchive, writeMember } from './synthetic-archive.ts';

/** Both images of a pair, each as `docker save` writes it: what other tools read. */
export interface PairArchives {
	readonly old: string;
	readonly new: string;
}

/** The archives of a pair (`synthetic-pair.ts`), beside its layout. Made once. */
export function pairArchives(layout: string): PairArchives {
	const { manifests } = readJson<Index>(join(layout, 'index.json'));
	const archiveOf = (name: keyof PairArchives): string => {
		const path = `${layout}-${name}.tar`;
		if (existsSync(path)) return path;
		const found = manifests.find((manifest) => manifest.annotations[REFERENCE_NAME] === name);
		if (found === undefined) throw new Error(`${layout} has no image ${name}.`);
		writeArchive(`${path}.unfinished`, layout, { name, manifest: blobPath(layout, found.digest) });
		renameSync(`${path}.unfinished`, path);
		return path;
	};
	return { old: archiveOf('old'), new: archiveOf('new') };
}

const REFERENCE_NAME = 'org.opencontainers.image.ref.name';

interface Index {
	readonly manifests: readonly {
		readonly digest: string;
		readonly annotations: Readonly<Record<string, string>>;
	}[];
}

interface Manifest {
	readonly config: { readonly digest: string };
	readonly layers: readonly { readonly digest: string }[];
}

function writeArchive(
	path: string,
	layout: string,
	image: { readonly name: string; readonly manifest: string },
): void {
	const { config, layers } = readJson<Manifest>(image.manifest);
	const file = openSync(path, 'w');
	try {
		for (const { digest } of [config, ...layers])
			writeMember(file, hexOf(digest), readFileSync(blobPath(layout, digest)));
		const stated = {
			Config: hexOf(config.digest),
			RepoTags: [`${image.name}:1`],
			Layers: layers.map(({ digest }) => hexOf(digest)),
		};
		writeMember(file, 'manifest.json', Buffer.from(JSON.stringify([stated])));
		endArchive(file);
	} finally {
		closeSync(file);
	}
}

function blobPath(layout: string, digest: string): string {
	return join(layout, 'blobs', 'sha256', hexOf(digest));
}

function hexOf(digest: string): string {
	return digest.slice('sha256:'.length);
}

function readJson<T>(path: string): T {
	return JSON.parse(readFileSync(path, 'utf8'));
}
