import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { factsByPath } from '../../../source/analysis/packages/path-facts.ts';
import { pathOf } from '../../../source/filetree/paths.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { finish } from '../../../source/steps.ts';
import { packagesOfSession } from '../analysis/packages.ts';
import type { TarEntry } from '../archives/tar-entry.ts';
import {
	docker25Archive,
	dockerArchive,
	layoutFiles,
	ociArchive,
	podmanArchive,
} from '../archives/write-archive.ts';
import { cacheIn } from '../disk-cache.ts';
import { type LoadOptions, loadImage } from '../load-image.ts';
import { writeFiles } from '../temporary-folder.ts';

type Layers = readonly (readonly TarEntry[])[];

/** What is known of contents: what each reader said of each path, and whose the bytes are. */
export async function knownOfContents(session: ImageSession) {
	const { tree } = session;
	const { packages: facts } = await session.facts.ask(['packages']);
	const { packages, unowned, owners, bytes, unreadLayers } = await packagesOfSession(session);
	return {
		facts: finish(factsByPath(tree, facts)).map(({ node, fact: { reader, fact, problem }, ...rest }) => {
			return { path: pathOf(tree, node), reader, fact, problem, ...rest };
		}),
		packages: packages.map(({ node, ...rest }) => ({ path: pathOf(tree, node), ...rest })),
		unowned,
		owners,
		bytes,
		unreadLayers,
	};
}

export type KnownOfContents = Awaited<ReturnType<typeof knownOfContents>>;

/** What is known of an image by each way in which its contents can be read, with facts wanted from the start or only later. */
export async function byEachWay(layers: Layers): Promise<ReadonlyMap<string, KnownOfContents>> {
	const folder = await mkdtemp(join(tmpdir(), 'fathom-test-'));
	try {
		return new Map([...(await ofArchives(folder, layers)), ...(await ofCache(folder, layers))]);
	} finally {
		await rm(folder, { recursive: true });
	}
}

async function ofArchives(folder: string, layers: Layers): Promise<readonly Known[]> {
	const known: Known[] = [];
	const images = [{ layers }];
	const archives = {
		'docker archive': dockerArchive(images),
		'docker archive with gzip layers': dockerArchive(images, 'gzip'),
		'docker 25 archive': docker25Archive(images),
		'podman archive': podmanArchive(images),
		'OCI archive with zstd layers': ociArchive(images, 'zstd'),
		'packed docker archive': gzipSync(dockerArchive(images), { level: 1 }),
		'packed OCI archive with gzip layers': gzipSync(ociArchive(images, 'gzip'), { level: 1 }),
	};
	for (const [name, archive] of Object.entries(archives)) {
		const path = join(folder, name);
		await writeFile(path, archive);
		known.push([name, await know(path)]);
		known.push([`${name}, from the start`, await know(path, { facts: ['packages'] })]);
		known.push([`${name}, verified`, await know(path, { facts: ['packages'], verify: true })]);
		const stdin = createReadStream(path, { highWaterMark: 997 });
		known.push([`${name}, as a stream`, await know('-', { facts: ['packages'], stdin })]);
	}
	for (const compression of ['plain', 'gzip'] as const) {
		const layout = join(folder, `layout-${compression}`);
		await writeFiles(layout, layoutFiles(images, compression));
		known.push([`OCI layout, ${compression}`, await know(layout)]);
		known.push([`OCI layout, ${compression}, from the start`, await know(layout, { facts: ['packages'] })]);
	}
	return known;
}

/** A second look: at a cache that has facts, and at one that has layers without them. */
async function ofCache(folder: string, layers: Layers): Promise<readonly Known[]> {
	const known: Known[] = [];
	const archives = {
		plain: dockerArchive([{ layers }]),
		'with gzip layers': ociArchive([{ layers }], 'gzip'),
		packed: gzipSync(dockerArchive([{ layers }]), { level: 1 }),
	};
	for (const [name, archive] of Object.entries(archives)) {
		const path = join(folder, `cached ${name}`);
		await writeFile(path, archive);
		for (const facts of [[], ['packages']] as const) {
			const cached = join(folder, `cache ${name} ${facts.length}`);
			await (await loadImage(path, { cache: cacheIn(cached), facts })).close();
			for (const look of ['second', 'third'] as const) {
				const options = { cache: cacheIn(cached), facts: ['packages'] as const };
				known.push([`${look} look, ${name}, first with ${facts.length}`, await know(path, options)]);
			}
			known.push([
				`later look, ${name}, first with ${facts.length}`,
				await know(path, { cache: cacheIn(cached) }),
			]);
		}
	}
	return known;
}

type Known = readonly [string, KnownOfContents];

async function know(reference: string, options: LoadOptions = {}): Promise<KnownOfContents> {
	const session = await loadImage(reference, options);
	try {
		return await knownOfContents(session);
	} finally {
		await session.close();
	}
}
