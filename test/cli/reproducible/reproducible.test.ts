import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { paxHeader, rawEntry, rawTar } from '../../support/archives/raw-tar.ts';
import { directory, file, symlink, type TarEntry } from '../../support/archives/tar-entry.ts';
import { dockerArchive, layerTar } from '../../support/archives/write-archive.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { runProgram } from '../run-program.ts';
import { app, type Build, builtArchive, packWithTime } from './reproducible-images.ts';

/** What the program prints of two archives. */
async function compare(
	t: TestContext,
	[older, newer]: readonly [Uint8Array, Uint8Array],
	flags: readonly string[],
) {
	const folder = await temporaryFolder(t);
	await writeFile(join(folder, 'old.tar'), older);
	await writeFile(join(folder, 'new.tar'), newer);
	return runProgram(['diff', ...flags, 'old.tar', 'new.tar'], { folder });
}

function snapshot(t: TestContext, text: string, name: string): void {
	const path = fileURLToPath(new URL(`../../../snapshots/reproducible/${name}.txt`, import.meta.url));
	t.assert.fileSnapshot(text, path, { serializers: [String] });
}

/** The headers of an entry with other fields than a test usually writes. */
function withNames(uname: string): Uint8Array {
	const tar = Buffer.from(layerTar(app()));
	tar.write(uname, 512 + 265, 'latin1');
	let sum = 8 * 0x20;
	for (const [at, byte] of tar.subarray(512, 1024).entries()) if (at < 148 || at >= 156) sum += byte;
	tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 512 + 148, 'latin1');
	return tar;
}

const [folder, config, main, readme, version] = app();
const later = 1_700_000_060;
const program = String.fromCharCode(...main.content);

/** Builds that differ from the first one, and how they are called in the snapshots. */
const builds: Readonly<Record<string, Build>> = {
	'modification-time': { created: '2023-11-14T22:14:20Z', top: app({ mtime: later }) },
	'several-times': {
		top: [folder, config, ...[main, readme, version].map((entry): TarEntry => ({ ...entry, mtime: later }))],
	},
	'order-of-entries': { top: [folder, version, config, main, readme] },
	'gzip-header': { pack: packWithTime(later) },
	'one-byte': { top: app({}, program.replace('/build/one/', '/build/two/')) },
	'other-size': { top: app({ mtime: later, uid: 1000 }, `${program}\n`) },
	'compression-level': { pack: (tar) => gzipSync(Buffer.from(tar), { level: 1 }) },
	'other-compression': { pack: (tar) => zstdCompressSync(tar) },
	'missing-entry': { top: [folder, config, main, version] },
	'added-entry': { top: [...app(), file('var/log/install.log', 'installed\n')] },
	'owner-name': { top: withNames('builder') },
	'extended-attribute': { top: app({ xattrs: { 'security.capability': '\x01\x02' } }) },
	'global-header': {
		top: rawTar([paxHeader({ comment: '1a2b3c' }, 'g'), ...app().map((entry) => rawEntry(entry))]),
	},
	'end-of-tar': { top: Buffer.concat([layerTar(app()), Buffer.alloc(8 * 512)]) },
	'file-type': { top: [folder, config, symlink('app/main', 'readme'), readme, version] },
	annotation: { annotations: { 'org.opencontainers.image.revision': '1a2b3c' } },
	'config-fields': { config: { config: { Env: ['PATH=/bin', 'BUILD_ID=7'], Cmd: ['/app/main', '-v'] } } },
	'more-layers': { more: [[directory('srv/')]] },
	'name-only': { name: 'app:2' },
};

describe('fathom diff --reproducible', () => {
	test('says that two builds are the same', async (t) => {
		const { status, stdout, stderr } = await compare(t, [builtArchive(), builtArchive()], ['--reproducible']);
		t.assert.deepEqual([status, stderr], [0, '']);
		t.assert.match(
			stdout,
			/^old\.tar -> new\.tar\nThe two builds are the same: manifest sha256:[0-9a-f]{64}\.\n$/,
		);
	});

	for (const [name, build] of Object.entries(builds)) {
		test(`names what differs first: ${name}`, async (t) => {
			const archives = [builtArchive(), builtArchive(build)] as const;
			const { status, stdout, stderr } = await compare(t, archives, ['--reproducible']);
			t.assert.deepEqual([status, stderr], [0, '']);
			snapshot(t, stdout, name);
		});
	}

	test('compares what an archive without manifest and compression has', async (t) => {
		const tops = [app(), app({}, 'x')].map((top) => [[directory('bin/')], top]);
		const [older, newer] = tops.map((layers) => dockerArchive([{ names: ['app:1'], layers }]));
		const same = await compare(t, [older, older], ['--reproducible']);
		t.assert.match(
			same.stdout,
			/\nThe two builds are the same: config sha256:[0-9a-f]{64} and 2 layers\.\n$/,
		);
		const { stdout } = await compare(t, [older, newer], ['--reproducible']);
		t.assert.match(stdout, /^The two builds differ: layer 2 \(file content\)\.$/m);
	});

	test('does not take it for a difference that docker save unpacks layers', async (t) => {
		const image = { names: ['app:1'], layers: [app()] };
		const archives = [dockerArchive([image], 'gzip'), dockerArchive([image])] as const;
		const { stdout } = await compare(t, archives, ['--reproducible']);
		t.assert.match(stdout, /^The two builds are the same: config /m);
		t.assert.match(stdout, /^The compression of layer 1 was not compared: NEW has it uncompressed/m);
	});

	test('finds a difference in an archive that is compressed as a whole', async (t) => {
		const archives = [gzipSync(builtArchive()), gzipSync(builtArchive(builds['one-byte']))] as const;
		const { stdout } = await compare(t, archives, ['--reproducible']);
		t.assert.match(stdout, /^ {4}app\/main \(entry 3\)$/m);
	});

	test('finds a difference in a blob that is not what its digest says', async (t) => {
		const whole = Buffer.from(builtArchive({ pack: Buffer.from }));
		const damaged = Buffer.from(whole);
		damaged[damaged.indexOf('/build/one/') + 7] = 0x58;
		const { stdout } = await compare(t, [whole, damaged], ['--reproducible']);
		t.assert.match(stdout, /^The two builds differ: layer 2 \(file content\)\.$/m);
	});

	test('exits with 1 where that was asked for and the builds differ', async (t) => {
		const flags = ['--reproducible', '--exit-code'];
		t.assert.equal((await compare(t, [builtArchive(), builtArchive()], flags)).status, 0);
		t.assert.equal((await compare(t, [builtArchive(), builtArchive({ name: 'app:2' })], flags)).status, 0);
		t.assert.equal(
			(await compare(t, [builtArchive(), builtArchive(builds['gzip-header'])], flags)).status,
			1,
		);
		t.assert.equal((await compare(t, [builtArchive(), builtArchive(builds['one-byte'])], flags)).status, 1);
	});

	test('refuses standard input, of which no layer can be read again', async (t) => {
		const outcome = await runProgram(['diff', '--reproducible', '-', 'new.tar'], { input: builtArchive() });
		t.assert.deepEqual(outcome, {
			status: 2,
			stdout: '',
			stderr:
				'fathom: --reproducible reads layers again, and standard input can be read only once.\n' +
				'try: Write the archive to a file, and name that.\n',
		});
	});

	test('takes no flag that is about what a comparison shows', async (t) => {
		const { status, stderr } = await compare(
			t,
			[builtArchive(), builtArchive()],
			['--reproducible', '--strict'],
		);
		t.assert.equal(status, 2);
		t.assert.match(stderr, /^fathom: --strict cannot be used with --reproducible, /);
	});

	test('prints names from an image so that they do nothing to a terminal', async (t) => {
		const hostile = 'app/\x1b[2J\u202e\xff';
		const archives = [
			builtArchive({ top: [file(hostile, 'a')] }),
			builtArchive({ top: [file(hostile, 'b')] }),
		] as const;
		const { stdout } = await compare(t, archives, ['--reproducible']);
		t.assert.match(stdout, /^ {4}app\/\\x1B\[2J\\u\{202E\}ÿ \(entry 1\)$/m);
	});
});

describe('fathom diff --strict', () => {
	test('shows files that differ in their modification time, which are the same otherwise', async (t) => {
		const archives = [builtArchive(), builtArchive(builds['modification-time'])] as const;
		t.assert.match((await compare(t, archives, [])).stdout, /\nFiles {2}none of them differs\n/);
		const { status, stdout, stderr } = await compare(t, archives, ['--strict']);
		t.assert.deepEqual([status, stderr], [0, '']);
		t.assert.match(stdout, /\nFiles {2}1 changed in metadata only\n/);
		t.assert.match(stdout, /^ {2}m .* \/app\/main {2}mtime 2023-11-14T22:13:20Z -> 2023-11-14T22:14:20Z$/m);
		t.assert.match(stdout, /^ {2}layer 2: timestamps of 1 entry$/m);
	});

	test('shows nothing of an image beside itself', async (t) => {
		const { stdout } = await compare(t, [builtArchive(), builtArchive()], ['--strict']);
		t.assert.match(stdout, /\nThe images are equal: the same files, layers and config\.\n$/);
	});

	test('shows the order of entries and tar headers, which no file shows', async (t) => {
		for (const [name, expected] of [
			['order-of-entries', 'file order of 1 entry'],
			['owner-name', 'user and group names of 1 entry'],
			['end-of-tar', 'end of the tar'],
			['global-header', 'PAX records of 1 entry'],
		] as const) {
			const { stdout } = await compare(t, [builtArchive(), builtArchive(builds[name])], ['--strict']);
			t.assert.match(stdout, /\nFiles {2}none of them differs\n/);
			t.assert.equal(stdout.includes(`\n  layer 2: ${expected}\n`), true, stdout);
		}
	});

	test('refuses standard input, of which no layer can be read again', async (t) => {
		const { status, stderr } = await runProgram(['diff', '--strict', '-', 'new.tar'], {
			input: builtArchive(),
		});
		t.assert.equal(status, 2);
		t.assert.match(
			stderr,
			/^fathom: --strict reads layers again, and standard input can be read only once\.\n/,
		);
	});
});
