import { deepEqual, equal, match } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { JsonReport } from '../../source/report/json/schema.ts';
import {
	directory,
	fifo,
	file,
	hardLink,
	symlink,
	type TarEntry,
	whiteout,
} from '../support/archives/tar-entry.ts';
import { dockerArchive, layerTar, ociArchive, type TestImage } from '../support/archives/write-archive.ts';
import { parseReport } from '../support/report.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type Outcome, runProgram } from './run-program.ts';

const large = 'large '.repeat(10_000);

const image: TestImage = {
	names: ['app:1'],
	layers: [
		[
			directory('etc/'),
			file('etc/motd', 'hello'),
			file('etc/passwd', 'root'),
			file('etc/issue', 'old'),
			file('etc/shadow', 'secret', { mode: 0o640 }),
			directory('var/'),
			directory('var/spool/'),
			file('var/spool/mail', 'mail'),
			symlink('var/run', '/run', { mode: 0o755 }),
			file('large', large),
			file('same-size', large.replace('large', 'grand')),
			directory('dev/'),
			directory('proc/'),
			directory('sys/'),
		],
		[file('etc/issue', 'new'), whiteout('var/spool/mail'), hardLink('etc/issue.net', 'etc/issue')],
	],
};

/** What `docker export` writes of a container that changed nothing: every path once, those of the engine among them. */
const untouched: readonly TarEntry[] = [
	file('.dockerenv', '', { mode: 0o755 }),
	directory('dev/'),
	file('dev/console'),
	directory('dev/pts/'),
	directory('dev/shm/'),
	directory('etc/'),
	file('etc/hostname', '', { mode: 0o755 }),
	file('etc/hosts', '', { mode: 0o755 }),
	file('etc/issue', 'new'),
	hardLink('etc/issue.net', 'etc/issue'),
	file('etc/motd', 'hello'),
	symlink('etc/mtab', '/proc/mounts'),
	file('etc/passwd', 'root'),
	file('etc/resolv.conf', '', { mode: 0o755 }),
	file('etc/shadow', 'secret', { mode: 0o640 }),
	file('large', large),
	directory('proc/'),
	file('same-size', large.replace('large', 'grand')),
	directory('sys/'),
	directory('var/'),
	symlink('var/run', '/run'),
	directory('var/spool/'),
];

/** The same export with other entries in the place of some, and without others. */
function exportWith(changes: Readonly<Record<string, readonly TarEntry[]>>): readonly TarEntry[] {
	const rest = { ...changes };
	const changed = untouched.flatMap((entry) => {
		const name = String(entry.name);
		const entries = rest[name] ?? [entry];
		delete rest[name];
		return entries;
	});
	return [...changed, ...Object.values(rest).flat()];
}

interface Given {
	readonly tar?: Uint8Array;
	readonly archive?: Uint8Array;
	readonly args?: readonly string[];
	readonly input?: Uint8Array;
}

async function hold(
	t: TestContext,
	{ tar, archive = dockerArchive([image]), args, input }: Given,
): Promise<Outcome> {
	const folder = await temporaryFolder(t);
	await writeFile(join(folder, 'image.tar'), archive);
	if (tar !== undefined) await writeFile(join(folder, 'web.tar'), tar);
	const reference = input === undefined ? 'web.tar' : '-';
	return runProgram(args ?? ['report', reference, '--over', 'image.tar'], {
		folder,
		...(input && { input }),
	});
}

async function reportOf(t: TestContext, given: Given): Promise<JsonReport> {
	const { status, stdout, stderr } = await hold(t, given);
	equal(stderr, '');
	equal(status, 0);
	return parseReport(stdout);
}

function changesOnTop({ layers }: JsonReport) {
	return layers.at(-1)?.changes.map(({ path, kind, sizeBytes }) => [path, kind, sizeBytes]);
}

const changed = exportWith({
	'etc/motd': [file('etc/motd', 'hello, you')],
	'etc/passwd': [file('etc/passwd', 'root', { mtime: 1_800_000_000 })],
	'etc/shadow': [file('etc/shadow', 'secret', { mode: 0o600 })],
	'etc/issue': [],
	'etc/issue.net': [file('etc/issue.net', 'new')],
	'same-size': [file('same-size', large)],
	'var/spool/': [symlink('var/spool', '../spool')],
	'srv/': [directory('srv/'), file('srv/data', 'data'), hardLink('srv/link', 'srv/data'), fifo('srv/queue')],
});

const expectedChanges = [
	['etc/issue', 'removed', 3],
	['etc/motd', 'content', 10],
	['etc/shadow', 'metadata', 6],
	['same-size', 'content', large.length],
	['srv', 'added', 0],
	['srv/data', 'added', 4],
	['srv/link', 'added', 0],
	['srv/queue', 'added', 0],
	['var/spool', 'content', 0],
];

describe('the export of a container, held against its image', () => {
	test('is the image with what the container wrote as one more layer', async (t) => {
		const report = await reportOf(t, { tar: layerTar(changed) });
		equal(report.layers.length, 3);
		deepEqual(changesOnTop(report), expectedChanges);
		const { digest, diffId, instruction, layerBytes } = report.layers[2];
		deepEqual(
			[digest, diffId, instruction, layerBytes],
			[null, null, 'container from web.tar', 10 + 6 + large.length + 4],
		);
		equal(report.image.source, 'container');
		equal(report.image.manifestDigest, null);
	});

	test('is the same from every kind of archive, and from standard input', async (t) => {
		const tar = layerTar(changed);
		const archives = [dockerArchive([image]), dockerArchive([image], 'gzip'), ociArchive([image], 'zstd')];
		for (const archive of archives)
			for (const given of [{ tar }, { tar: gzipSync(tar) }, { input: tar }, { input: gzipSync(tar) }])
				deepEqual(changesOnTop(await reportOf(t, { ...given, archive })), expectedChanges);
	});

	test('is told apart from what the engine made', async (t) => {
		const report = await reportOf(t, { tar: layerTar(untouched) });
		deepEqual(changesOnTop(report), []);
		deepEqual(report.notices, [
			{ code: 'container', message: 'Layer 3 is what its container wrote on top of app:1.' },
			{
				code: 'engine-files-left-out',
				message:
					'8 paths that the engine makes are left out: /.dockerenv, /dev/console, /dev/pts, /dev/shm and 4 more.',
			},
		]);
		deepEqual(report.warnings, []);
		deepEqual([report.layers[2].layerBytes, report.layers[2].wastedBytes], [0, 0]);
	});

	test('has an /etc/hosts of its own where that is not empty', async (t) => {
		const own = exportWith({ 'etc/hosts': [file('etc/hosts', '127.0.0.1 app')] });
		deepEqual(changesOnTop(await reportOf(t, { tar: layerTar(own) })), [['etc/hosts', 'added', 13]]);
	});

	test('has a link of its own to what is not its own', async (t) => {
		const own = exportWith({
			'dev/console': [file('dev/console', 'text')],
			first: [hardLink('first', 'dev/console')],
			'etc/motd': [hardLink('etc/motd', 'dev/console')],
		});
		const report = await reportOf(t, {
			tar: layerTar(own),
			args: ['report', 'web.tar', '--over', 'image.tar', '--digests'],
		});
		deepEqual(changesOnTop(report), [
			['etc/motd', 'content', 4],
			['first', 'added', 4],
		]);
		equal(report.layers[2].changes[1].sha256, createHash('sha256').update('text').digest('hex'));
	});

	test('has files that are named like whiteouts, which no file system has', async (t) => {
		const own = exportWith({
			'.wh.large': [file('.wh.large', 'root')],
			'etc/.wh.motd': [directory('etc/.wh.motd/'), file('etc/.wh.motd/in', 'in'), symlink('etc/.wh.', 'x')],
			'etc/.wh..wh..opq': [file('etc/.wh..wh..opq', 'opaque'), hardLink('etc/.wh..wh.aufs', '.wh.large')],
		});
		const tar = layerTar(own);
		for (const given of [{ tar }, { tar: gzipSync(tar) }, { input: tar }]) {
			const report = await reportOf(t, given);
			deepEqual(changesOnTop(report), [
				['.wh.large', 'added', 4],
				['etc/.wh.', 'added', 0],
				['etc/.wh..wh..opq', 'added', 6],
				['etc/.wh..wh.aufs', 'added', 0],
				['etc/.wh.motd', 'added', 0],
				['etc/.wh.motd/in', 'added', 2],
			]);
			deepEqual(report.warnings, []);
		}
	});

	test('has no new folder that holds nothing but what the engine made', async (t) => {
		const bare: TestImage = { names: ['bare:1'], layers: [[file('hello', 'hello')]] };
		const tar = layerTar([
			...untouched.filter(({ name }) =>
				/^(?:\.dockerenv|dev|etc\/(?:$|hos|mtab|resolv)|proc|sys)/.test(String(name)),
			),
			file('hello', 'hello'),
		]);
		deepEqual(changesOnTop(await reportOf(t, { tar, archive: dockerArchive([bare]) })), []);
	});

	test('has no volumes that the image declares', async (t) => {
		const config = { config: { Volumes: { '/data': {} } } };
		const tar = layerTar(exportWith({ data: [directory('data/')] }));
		const report = await reportOf(t, { tar, archive: dockerArchive([{ ...image, config }]) });
		deepEqual(changesOnTop(report), []);
		equal(report.notices[2].message, '1 volume or mount is left out, with 1 path of the container: /data.');
	});

	test('has the digests of what it wrote', async (t) => {
		const args = ['--over', 'image.tar', '--digests'];
		for (const given of [
			{ tar: layerTar(changed), args: ['report', 'web.tar', ...args] },
			{ tar: gzipSync(layerTar(changed)), args: ['report', 'web.tar', ...args] },
			{ input: layerTar(changed), args: ['report', '-', ...args] },
		]) {
			const report = await reportOf(t, given);
			const motd = report.layers[2].changes.find(({ path }) => path === 'etc/motd');
			equal(motd?.sha256, createHash('sha256').update('hello, you').digest('hex'));
		}
	});

	test('is judged by the rules, with what the image and the container waste', async (t) => {
		const args = ['ci', 'web.tar', '--over', 'image.tar', '--lowest-efficiency', '95%'];
		const { status, stdout } = await hold(t, { tar: layerTar(changed), args });
		equal(status, 1);
		match(stdout, /efficiency/);
	});

	test('is one of two images that are compared', async (t) => {
		const args = ['diff', 'image.tar', 'web.tar', '--over', 'image.tar'];
		const { status, stdout, stderr } = await hold(t, { tar: layerTar(changed), args });
		deepEqual([status, stderr], [0, '']);
		match(stdout, /etc\/motd/);
	});

	test('may be of one layer in an archive of another kind', async (t) => {
		const flat = dockerArchive([{ layers: [changed] }], 'gzip');
		deepEqual(changesOnTop(await reportOf(t, { tar: flat })), expectedChanges);
	});

	test('may look like no file system', async (t) => {
		const archive = dockerArchive([{ layers: [[file('hello', 'hello')]] }]);
		const report = await reportOf(t, {
			tar: layerTar([file('hello', 'hello'), file('new', 'new')]),
			archive,
		});
		deepEqual(changesOnTop(report), [['new', 'added', 3]]);
	});
});

describe('an export that is held against the wrong image', () => {
	const other = (entries: readonly TarEntry[]) => dockerArchive([{ names: ['other:2'], layers: [entries] }]);

	test('of which it has nothing: a warning', async (t) => {
		const archive = other([file('usr/bin/node', 'node'), file('etc/motd', 'other')]);
		const { warnings } = await reportOf(t, { tar: layerTar(untouched), archive });
		deepEqual(
			warnings.map(({ code, message }) => [code, message]),
			[
				[
					'unrelated-image',
					'The container has no file of other:2 as it is there: it may not be the image of this container.',
				],
			],
		);
	});

	test('of another platform: a warning', async (t) => {
		const archive = other([file('lib/ld-musl-aarch64.so.1', 'arm'), file('etc/motd', 'hello')]);
		const tar = layerTar(exportWith({ lib: [file('lib/ld-musl-x86_64.so.1', 'amd')] }));
		const { warnings } = await reportOf(t, { tar, archive });
		deepEqual(
			warnings.map(({ code, message }) => [code, message]),
			[
				[
					'image-of-other-platform',
					'The container has programs for linux/amd64, and other:2 has programs for linux/arm64: it is not the image of this container.',
				],
			],
		);
	});
});

describe('what cannot be held against an image', () => {
	async function refusal(t: TestContext, given: Given): Promise<string> {
		const { status, stdout, stderr } = await hold(t, given);
		deepEqual([status, stdout], [2, '']);
		return stderr;
	}

	test('an image of several layers', async (t) => {
		equal(
			await refusal(t, { tar: dockerArchive([image]) }),
			'fathom: --over: web.tar is an image of 2 layers, not the file system of a container.\n' +
				'try: Leave --over out, or write the file system to a file: docker export CONTAINER -o container.tar\n',
		);
	});

	test('an export that was cut', async (t) => {
		const tar = layerTar(untouched).subarray(0, 3000);
		match(
			await refusal(t, { tar }),
			/^fathom: web\.tar: the tar ends at byte 3000, in the middle of an entry\.\ntry: .*\n$/,
		);
	});

	test('an export without an image', async (t) => {
		const args = ['report', 'web.tar', '--over', 'gone.tar'];
		match(await refusal(t, { tar: layerTar(untouched), args }), /^fathom: --over: gone\.tar: .*\ntry: .*\n$/);
		const pair = ['diff', 'image.tar', ...args.slice(1)];
		match(
			await refusal(t, { tar: layerTar(untouched), args: pair }),
			/^fathom: The new image: --over: gone\.tar: .*\ntry: .*\n$/,
		);
	});

	test('standard input, when it brings the image', async (t) => {
		equal(
			await refusal(t, { input: layerTar(untouched), args: ['report', '-', '--over=-'] }),
			'fathom: --over -: standard input cannot be both the container and its image.\ntry: Write one of them to a file.\n',
		);
	});

	test('what is no archive', async (t) => {
		match(await refusal(t, { tar: Buffer.from('text '.repeat(1000)) }), /^fathom: web\.tar .*\ntry: .*\n$/);
	});
});
