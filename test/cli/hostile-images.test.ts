import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { zstdCompressSync } from 'node:zlib';
import { rawHeader } from '../support/archives/raw-tar.ts';
import { file } from '../support/archives/tar-entry.ts';
import { json, layerTar, sha256 } from '../support/archives/write-archive.ts';
import { archiveOfFiles, configOf, type Files, manifestOf } from '../support/images/small-image.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type Outcome, runProgram, startProgram } from './run-program.ts';

/** Ends what would otherwise run for minutes. */
const timeout = 90_000;

const ways: Readonly<
	Record<string, (t: TestContext, archive: Uint8Array, ...flags: string[]) => Promise<Outcome>>
> = {
	'by position': async (t, archive, ...flags) => {
		const folder = await temporaryFolder(t);
		await writeFile(join(folder, 'image.tar'), archive);
		return runProgram(['report', 'image.tar', '--format', 'text', ...flags], { folder });
	},
	'as a stream': (_, archive, ...flags) =>
		runProgram(['report', '-', '--format', 'text', ...flags], { input: archive }),
};

for (const [way, report] of Object.entries(ways)) {
	describe(`a hostile image, read ${way},`, () => {
		test('whose 2,000 paths have 2,000 parts each is refused, and says by which setting', {
			timeout,
		}, async (t) => {
			const { status, stdout, stderr } = await report(t, imageOf(deepLayer(2000, 2000)));
			t.assert.deepEqual([status, stdout], [2, '']);
			t.assert.equal(
				stderr,
				'fathom: The image has paths of more than 536870912 bytes in total, the limit that max-path-bytes sets.\n' +
					'try: --max-path-bytes with a larger size, or --max-path-bytes off for no limit, if there is enough memory.\n',
			);
		});

		test('with many folders that no layer lists is read where the limits allow it', {
			timeout,
		}, async (t) => {
			const archive = imageOf(deepLayer(200, 200));
			const refused = await report(t, archive, '--max-paths', '30000');
			t.assert.match(
				refused.stderr,
				/^fathom: The image has more than 30000 paths, the limit that max-paths sets\.\ntry: --max-paths /,
			);
			const read = await report(t, archive, '--max-paths', 'off');
			t.assert.deepEqual([read.status, read.stderr], [0, '']);
		});

		test('whose index lists itself 10,000 times is refused in one line', { timeout }, async (t) => {
			const loop = json({
				manifests: new Array(10_000).fill({ digest: `sha256:${'b'.repeat(64)}`, size: 1 }),
			});
			const archive = archiveOfFiles({ 'index.json': loop, [`blobs/sha256/${'b'.repeat(64)}`]: loop });
			const { status, stderr } = await report(t, archive);
			t.assert.equal(status, 2);
			t.assert.match(stderr, /^fathom: [^\n]*: index\.json [^\n]+\ntry: [^\n]+\n$/);
		});

		test('whose config has a million steps is refused, as the limit is fixed', { timeout }, async (t) => {
			const config = json({ os: 'linux', architecture: 'amd64', history: new Array(1_000_000).fill({}) });
			const { status, stderr } = await report(t, imageOf(layerTar([file('a')]), { 'config.json': config }));
			t.assert.equal(status, 2);
			t.assert.match(
				stderr,
				/: the image config config\.json has more than 100000 values of JSON, the most that are read\.\ntry: This limit is fixed/,
			);
		});

		test('that lists one manifest of 10,000 layers 1,000 times is described once', { timeout }, async (t) => {
			const layer = layerTar([file('a')]);
			const config = configOf([layer]);
			const blobs = (digest: string) => `blobs/${digest.replace(':', '/')}`;
			const manifest = json({
				config: { digest: sha256(config) },
				layers: new Array(10_000).fill({ digest: sha256(layer) }),
			});
			const manifests = Array.from({ length: 1000 }, (_, index) => ({
				digest: sha256(manifest),
				annotations: { 'org.opencontainers.image.ref.name': `name${index}` },
			}));
			const archive = archiveOfFiles({
				'index.json': json({ manifests }),
				[blobs(sha256(manifest))]: manifest,
				[blobs(sha256(config))]: config,
				[blobs(sha256(layer))]: layer,
			});
			const { status, stdout } = await report(t, archive);
			t.assert.equal(status, 0);
			t.assert.match(stdout, /^(?:image\.tar:)?name0\n/);
		});

		for (const [signal, expected] of [
			['SIGINT', 130],
			['SIGTERM', 143],
		] as const) {
			test(`that unpacks to 64 GB ends with ${signal}`, { timeout: 90_000 }, async (t) => {
				const folder = await temporaryFolder(t);
				const archive = imageOf(zstdBomb());
				await writeFile(join(folder, 'image.tar'), archive);
				const child = startProgram(['report', way === 'by position' ? 'image.tar' : '-'], { folder });
				t.after(() => child.kill('SIGKILL'));
				child.stdin?.on('error', () => {});
				child.stdin?.end(archive);
				await delay(4000);
				child.kill(signal);
				const errors = child.stderr ? text(child.stderr) : '';
				const [status] = await once(child, 'exit');
				t.assert.deepEqual({ status, errors: await errors }, { status: expected, errors: '' });
			});
		}
	});
}

function imageOf(layer: Uint8Array, changes: Files = {}): Uint8Array {
	return archiveOfFiles({
		'layer.tar': layer,
		'config.json': configOf([layer]),
		'manifest.json': manifestOf(['layer.tar']),
		...changes,
	});
}

function deepLayer(paths: number, parts: number): Uint8Array {
	const folders = 'd/'.repeat(parts - 2);
	return layerTar(Array.from({ length: paths }, (_, index) => file(`${index}/${folders}f`)));
}

/** A layer of sixteen files of 4 GB of zeros, in frames of 64 MB each. */
function zstdBomb(): Uint8Array {
	const frameBytes = 64_000_000;
	const frames = 62;
	const size = frames * frameBytes;
	const zeros = zstdCompressSync(Buffer.alloc(frameBytes));
	const content = new Array<Uint8Array>(frames).fill(zeros);
	const files = Array.from({ length: 16 }, (_, index) => [
		zstdCompressSync(rawHeader({ ...header, name: Buffer.from(`zeros${index}`), size })),
		...content,
	]);
	return Buffer.concat(files.flat());
}

const header = {
	typeFlag: '0',
	mode: 0o644,
	uid: 0,
	gid: 0,
	mtime: 0,
	target: new Uint8Array(),
	device: [0, 0],
	magic: 'ustar',
	base256Size: false,
	checksumError: 0,
	prefix: new Uint8Array(),
} as const;
