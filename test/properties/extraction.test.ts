import assert from 'node:assert/strict';
import { symlink as link, lstat, mkdir, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Extraction } from '../../source/commands/extract/extraction.ts';
import type { FolderAccess } from '../../source/commands/extract/folder.ts';
import { planExtraction } from '../../source/commands/extract/plan.ts';
import { TargetTree } from '../../source/commands/extract/target-tree.ts';
import { finish } from '../../source/steps.ts';
import {
	directory,
	fifo,
	file,
	hardLink,
	symlink,
	type TarEntry,
	whiteout,
} from '../support/archives/tar-entry.ts';
import { dockerArchive } from '../support/archives/write-archive.ts';
import { loadImage } from '../support/load-image.ts';
import { runs } from '../support/runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const name = fc.constantFrom('a', 'b', 'c', '..', '.', 'x'.repeat(256));
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
const target = fc.oneof(
	path,
	fc.constantFrom(
		'/',
		'..',
		'../..',
		'../outside',
		'../../outside',
		'OUTSIDE',
		'OUTSIDE/kept',
		'../outside/kept',
	),
);

const entry: fc.Arbitrary<TarEntry> = fc.oneof(
	fc.tuple(fc.constantFrom('', '/', '../'), path).map(([start, text]) => file(start + text, 'new')),
	path.map((text) => directory(text, { mode: 0o7777 })),
	fc.tuple(path, target).map(([text, to]) => symlink(text, to)),
	fc.tuple(path, target).map(([text, to]) => hardLink(text, to)),
	path.map((text) => fifo(text)),
	path.map((text) => whiteout(text)),
);
const layers = fc.array(fc.array(entry, { maxLength: 8 }), { minLength: 1, maxLength: 3 });
/** What lies in DIR before: a symlink, or an empty file for null. */
const before = fc.array(fc.tuple(path, fc.option(target)), { maxLength: 4 });

/** Everything in a folder: what it is, and what it holds. */
async function contentsOf(folder: string): Promise<readonly string[]> {
	const names = (await readdir(folder, { recursive: true })).sort();
	return Promise.all(
		['', ...names].map(async (each) => {
			const stats = await lstat(join(folder, each));
			const held = stats.isFile() ? await readFile(join(folder, each), 'utf8') : '';
			const leads = stats.isSymbolicLink() ? await readlink(join(folder, each)) : '';
			return [each, stats.mode, stats.nlink, stats.mtimeMs, held, leads].join('\0');
		}),
	);
}

for (const access of ['descriptor', 'path'] satisfies readonly FolderAccess[]) {
	describe(`extraction by ${access}`, () => {
		test('whatever is in the image and in DIR, nothing outside DIR changes', async (t) => {
			const top = await temporaryFolder(t);
			const [outside, out] = [join(top, 'outside'), join(top, 'out')];
			await mkdir(outside);
			await writeFile(join(outside, 'kept'), 'kept');
			const unchanged = await contentsOf(outside);
			await fc.assert(
				fc.asyncProperty(layers, before, fc.boolean(), async (entries, earlier, force) => {
					await rm(out, { recursive: true, force: true });
					await mkdir(out);
					for (const [text, to] of earlier)
						await lay(join(out, 'in', text), to?.replace('OUTSIDE', outside) ?? null, out);
					const absolute = entries.map((layer) =>
						layer.map((each) => ({ ...each, target: String(each.target).replace('OUTSIDE', outside) })),
					);
					await writeFile(join(top, 'app.tar'), dockerArchive([{ layers: absolute }]));
					await extractAll(join(top, 'app.tar'), join(out, 'in'), { access, force });
					assert.deepEqual(await contentsOf(outside), unchanged);
					assert.deepEqual((await readdir(top)).sort(), ['app.tar', 'out', 'outside']);
					assert.deepEqual(await readdir(out), ['in']);
				}),
				{ numRuns: runs(1000) },
			);
		});
	});
}

/** Puts a file or a symlink below a folder, where that can be done without following one that lies there. */
async function lay(place: string, to: string | null, folder: string): Promise<void> {
	if (!place.startsWith(`${folder}/in/`)) return;
	try {
		for (let folderEnd = folder.length; folderEnd < dirname(place).length; ) {
			folderEnd = place.indexOf('/', folderEnd + 1);
			const above = place.slice(0, folderEnd);
			await mkdir(above).catch(() => {});
			if (!(await lstat(above)).isDirectory()) return;
		}
		if (to === null) await writeFile(place, '', { flag: 'wx' });
		else await link(to, place);
	} catch {}
}

async function extractAll(
	archive: string,
	out: string,
	{ access, force }: { readonly access: FolderAccess; readonly force: boolean },
): Promise<void> {
	await mkdir(out, { recursive: true });
	const session = await loadImage(archive);
	const { tree } = session;
	const point = tree.layerCount;
	const folders = new TargetTree(tree, out, access);
	try {
		await new Extraction(folders, {
			tree,
			point,
			open: (content) => session.files.openEntry(content),
			keepsOwners: false,
			force,
			signal: new AbortController().signal,
			onProgress: () => {},
		}).run(finish(planExtraction(tree, [0], point)));
	} finally {
		folders.close();
		await session.close();
	}
}
