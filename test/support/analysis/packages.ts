import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	type OwnedPackage,
	type Packages,
	workOutPackages,
} from '../../../source/analysis/packages/packages.ts';
import type { ImageFacts } from '../../../source/facts/image-facts.ts';
import { pathOf } from '../../../source/filetree/paths.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { finish } from '../../../source/steps.ts';
import { file, type TarEntry } from '../archives/tar-entry.ts';
import { dockerArchive } from '../archives/write-archive.ts';
import { loadImage } from '../load-image.ts';

/** Whose the live bytes of an image are, with the image. */
export interface AskedPackages extends Packages {
	readonly session: ImageSession;
	readonly facts: ImageFacts;
	/** The package of this name. */
	readonly named: (name: string) => OwnedPackage;
	/** `name version` of the package that owns a path; null for nobody. */
	readonly ownerOf: (path: string) => string | null;
}

/** Those of an image of these layers, from a `docker save` archive on disk. */
export async function packagesOfLayers(layers: readonly (readonly TarEntry[])[]): Promise<AskedPackages> {
	const folder = await mkdtemp(join(tmpdir(), 'fathom-test-'));
	try {
		const path = join(folder, 'image.tar');
		await writeFile(path, dockerArchive([{ layers }]));
		const session = await loadImage(path);
		const packages = await packagesOfSession(session);
		await session.close();
		return packages;
	} finally {
		await rm(folder, { recursive: true });
	}
}

export async function packagesOfSession(session: ImageSession): Promise<AskedPackages> {
	const { packages: facts } = await session.facts.ask(['packages']);
	const worked = finish(workOutPackages(session.tree, facts));
	const { tree } = session;
	const nodes = new Map(Array.from({ length: tree.nodeCount }, (_, node) => [pathOf(tree, node), node]));
	return {
		...worked,
		session,
		facts,
		named: (name) => {
			const found = worked.packages.find((each) => each.name === name);
			if (found === undefined) throw new Error(`no package ${name}`);
			return found;
		},
		ownerOf: (path) => {
			const node = nodes.get(path);
			if (node === undefined) throw new Error(`no path ${path}`);
			const owner = worked.packages[worked.owners[node]];
			return owner === undefined ? null : `${owner.name} ${owner.version}`;
		},
	};
}

export interface DebPackage {
	readonly name: string;
	readonly version?: string;
	readonly dependsOn?: string;
	/** With a leading slash. */
	readonly paths?: readonly string[];
}

/** dpkg's database, with a list for each package. */
export function dpkgFiles(packages: readonly DebPackage[]): readonly TarEntry[] {
	return [
		file('var/lib/dpkg/status', packages.map(paragraphOf).join('\n')),
		...packages.map(({ name, paths = [] }) =>
			file(`var/lib/dpkg/info/${name}.list`, paths.map((path) => `${path}\n`).join('')),
		),
	];
}

function paragraphOf({ name, version = '1', dependsOn }: DebPackage): string {
	return [
		`Package: ${name}`,
		'Status: install ok installed',
		`Version: ${version}`,
		'Architecture: amd64',
		...(dependsOn === undefined ? [] : [`Depends: ${dependsOn}`]),
		'',
	].join('\n');
}

/** A package of npm in a folder. */
export function npmPackage(folder: string, content: Readonly<Record<string, unknown>>): TarEntry {
	return file(`${folder}/package.json`, JSON.stringify(content));
}
