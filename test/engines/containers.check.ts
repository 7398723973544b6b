import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { JsonReport } from '../../source/report/json/schema.ts';
import { runProgram } from '../cli/run-program.ts';
import { parseReport } from '../support/report.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { engineEnvironment } from './support/engine-environment.ts';
import { run } from './support/engine-image.ts';
import { shellImageName, writeShellImage } from './support/shell-image.ts';

/** What the container does; nothing of it is about its mounts. */
const script = [
	'echo new > /new',
	'echo more >> /etc/motd',
	'rm /etc/issue',
	'chmod 600 /etc/shadow',
	'chown 5:6 /etc/group',
	'touch /etc/passwd',
	'printf bbbb > /srv/same-size',
	'cp -p /srv/copied /tmp/c; rm /srv/copied; mv /tmp/c /srv/copied',
	'rm -r /srv/folder',
	'rm /srv/emptied/file',
	'mkdir -p /srv/a/b; echo x > /srv/a/b/c',
	'ln -s /new /srv/to-new; ln /new /srv/hard; mkfifo /srv/queue',
	'echo other > /srv/second',
	`printf xxx > "/srv/$(printf '\\377')bad"`,
	'echo 1 > /run/app.pid',
	'echo hidden > /data/hidden',
].join('\n');

const expected = [
	'A new',
	'A run/app.pid',
	'A srv/\\xFFbad',
	'A srv/a',
	'A srv/a/b',
	'A srv/a/b/c',
	'A srv/hard',
	'A srv/queue',
	'A srv/to-new',
	'C etc/group',
	'C etc/motd',
	'C etc/shadow',
	'C srv/same-size',
	'C srv/second',
	'D etc/issue',
	'D srv/emptied/file',
	'D srv/folder',
];

/** What an engine lists besides: parents of what changed, files that only changed their time, and mounts. */
const besides = [
	...['', 'etc', 'run', 'srv', 'srv/emptied', 'tmp', 'var', 'mnt'].map((path) => `C ${path}`),
	...['etc/passwd', 'srv/copied', 'srv/first'].map((path) => `C ${path}`),
	...['data', 'memory', 'mnt', 'mnt/deep', 'mnt/deep/script.sh', 'run/app.sock'].map((path) => `A ${path}`),
];

/** What Podman commits with a container, and Docker does not. */
const committedByPodman = [
	'dev',
	'etc/hostname',
	'etc/hosts',
	'etc/mtab',
	'proc',
	'run/.containerenv',
	'sys',
].map((path) => `A ${path}`);

const states = '{{.State.Running}} {{.State.Paused}} {{.State.StartedAt}} {{.State.FinishedAt}}';

const engines = [
	{ name: 'Docker Engine', source: 'docker', command: ['docker'] as const, image: shellImageName },
	{
		name: 'Podman',
		source: 'podman',
		command: ['podman', '--remote'] as const,
		image: `localhost/${shellImageName}`,
	},
];

for (const { name, source, command, image } of engines) {
	describe(`a container in ${name}`, () => {
		const environment = engineEnvironment();
		let folder = '';
		let unchanged = '';

		const engine = (...options: readonly string[]): Promise<string> => {
			const [program, ...first] = command;
			return run(program, ...first, ...options);
		};
		const runContainer = (container: string, ...options: readonly string[]): Promise<string> =>
			engine(
				'run',
				'--pull',
				'never',
				'--network',
				'none',
				'--ulimit',
				'nofile=1024:1024',
				'--ulimit',
				'nproc=1000:1000',
				'--name',
				container,
				...options,
			);
		/** All that fathom could have made or changed. */
		const state = async (): Promise<string> =>
			[
				await engine('images', '--all', '--no-trunc', '--format', '{{.ID}} {{.Repository}}:{{.Tag}}'),
				await engine('ps', '--all', '--no-trunc', '--quiet'),
				await engine('inspect', '--type', 'container', '--format', states, 'web', 'idle', 'busy'),
				await engine('volume', 'ls', '--format', '{{.Name}}'),
			].join('\n');

		before(async () => {
			folder = await mkdtemp(join(tmpdir(), 'fathom-container-'));
			await writeFile(join(folder, 'script.sh'), script);
			await writeFile(join(folder, 'app.sock'), '');
			await engine('load', '--input', await writeShellImage(folder));
			const mounts = ['-v', '/data', '--tmpfs', '/memory', '-v', `${folder}/script.sh:/mnt/deep/script.sh`];
			await runContainer(
				'web',
				...mounts,
				'-v',
				`${folder}/app.sock:/var/run/app.sock`,
				image,
				'sh',
				'/mnt/deep/script.sh',
			);
			await runContainer('idle', image, 'sh', '-c', 'true');
			await runContainer('busy', '-d', image, 'sleep', '600');
			unchanged = await state();
		});
		after(async () => {
			await engine('kill', 'busy');
			await engine('rm', '--force', '--volumes', 'web', 'idle', 'busy');
			await engine('rmi', '--force', image);
			await rm(folder, { recursive: true, force: true });
		});

		const reportOf = async (...args: readonly string[]): Promise<JsonReport> => {
			const { status, stdout, stderr } = await runProgram(['report', ...args], { environment, folder });
			assert.equal(status, 0, stderr);
			return parseReport(stdout);
		};

		test('shows what its engine lists, but for parents, times and mounts', async () => {
			const report = await reportOf(`container:${source}:web`);
			assert.deepEqual(lettersOf(report), expected);
			const listed = (await engine('diff', 'web')).split('\n').filter((line) => line !== '');
			const known = new Set([...expected, ...besides]);
			const others = listed
				.map((line) => `${line[0]} ${line.slice(3)}`)
				.filter((line) => !known.has(line) && !/\bbad$/.test(line));
			assert.deepEqual(others, []);
		});

		test('is told apart from its mounts, and from what the engine made', async () => {
			const { notices } = await reportOf(`container:${source}:web`);
			assert.deepEqual(
				notices.map(({ code }) => code),
				['container', 'engine-files-left-out', 'mounts-left-out'],
			);
			assert.match(
				notices[2].message,
				/^4 volumes and mounts are left out, .*: \/data, \/memory, \/mnt\/deep\/script\.sh, \/var\/run\/app\.sock\.$/,
			);
		});

		test('that wrote nothing has an empty layer', async () => {
			const { layers } = await reportOf(`container:${source}:idle`);
			assert.deepEqual(layers.at(-1)?.changes, []);
			assert.equal(layers.at(-1)?.layerBytes, 0);
		});

		test('is the same after a commit, but for copies that are identical', async (t) => {
			await engine('commit', 'web', 'fathom-committed:1');
			t.after(() => engine('rmi', 'fathom-committed:1'));
			const committed = await reportOf(`${source}:fathom-committed:1`);
			const mounts = new Set([...besides.filter((line) => line.startsWith('A ')), ...committedByPodman]);
			assert.deepEqual(
				lettersOf(committed).filter((line) => !mounts.has(line)),
				expected,
			);
		});

		test('is the same from a file that its engine exported', async () => {
			await engine('export', '--output', join(folder, 'web.tar'), 'web');
			const report = await reportOf('web.tar', '--over', `${source}:${image}`);
			assert.equal(report.image.foundIn, null);
			assert.match(report.notices[0].message, new RegExp(`, found in ${name}`));
			const mounts = new Set(besides.filter((line) => line.startsWith('A ')));
			assert.deepEqual(
				lettersOf(report).filter((line) => !mounts.has(line)),
				expected,
			);
		});

		test('has files that are named like whiteouts, also from a file that its engine exported', async (t) => {
			await runContainer('named', image, 'sh', '-c', 'echo 1 > /srv/.wh.first; echo 2 > /srv/.wh..wh..opq');
			t.after(() => engine('rm', 'named'));
			await engine('export', '--output', join(folder, 'named.tar'), 'named');
			const args = [[`container:${source}:named`], ['named.tar', '--over', `${source}:${image}`]];
			for (const each of args)
				assert.deepEqual(lettersOf(await reportOf(...each)), ['A srv/.wh..wh..opq', 'A srv/.wh.first']);
		});

		test('gives the SHA-256 of what it wrote', async () => {
			const { layers } = await reportOf(`container:${source}:web`, '--digests');
			const motd = layers.at(-1)?.changes.find(({ path }) => path === 'etc/motd');
			assert.equal(motd?.sha256, createHash('sha256').update('hello\nmore\n').digest('hex'));
		});

		test('is compared with its image', async () => {
			const { status, stdout, stderr } = await runProgram(
				['diff', `${source}:${image}`, `container:${source}:web`],
				{
					environment,
				},
			);
			assert.deepEqual([status, stderr], [0, '']);
			assert.match(stdout, /srv\/same-size/);
		});

		test('that runs is read as it is, and goes on', async () => {
			const { notices, layers } = await reportOf(`container:${source}:busy`);
			assert.ok(notices.some(({ code }) => code === 'container-running'));
			assert.deepEqual(layers.at(-1)?.changes, []);
			assert.match(
				await engine('inspect', '--format', '{{.State.Running}} {{.State.Paused}}', 'busy'),
				/^true false/,
			);
		});

		test('that is no more there: one line, and exit code 2', async () => {
			const { status, stdout, stderr } = await runProgram(['report', `container:${source}:gone`], {
				environment,
			});
			assert.deepEqual([status, stdout], [2, '']);
			assert.match(stderr, /^fathom: .* has no container gone\.\ntry: .*\n$/);
		});

		test('leaves no trace in its engine', async () => {
			assert.equal(await state(), unchanged);
		});
	});
}

test('a container in Podman is read through its program where there is no socket', async (t) => {
	const folder = await temporaryFolder(t);
	await run('podman', '--remote', 'load', '--input', await writeShellImage(folder));
	await run(
		'podman',
		'--remote',
		'create',
		'--pull',
		'never',
		'--name',
		'created',
		`localhost/${shellImageName}`,
		'sh',
	);
	t.after(() => run('podman', '--remote', 'rm', 'created'));
	await writeFile(join(folder, 'new'), 'new');
	await run('podman', '--remote', 'cp', join(folder, 'new'), 'created:/new');
	const environment = { ...engineEnvironment(), CONTAINER_HOST: '' };
	const { status, stdout, stderr } = await runProgram(['report', 'container:podman:created'], {
		environment,
	});
	assert.deepEqual([status, stderr], [0, '']);
	const report = parseReport(stdout);
	assert.deepEqual(lettersOf(report), ['A new']);
	assert.match(report.image.foundIn ?? '', /^Podman \d+\.\d+\.\d+ through the podman program$/);
});

/** The changes of the top layer as an engine lists them: what is below a removed folder is not listed. */
function lettersOf({ layers }: JsonReport): readonly string[] {
	const changes = layers.at(-1)?.changes ?? [];
	const removed = new Set(changes.filter(({ kind }) => kind === 'removed').map(({ path }) => path));
	return changes
		.filter(({ kind, path }) => kind !== 'identical' && !removed.has(path.slice(0, path.lastIndexOf('/'))))
		.map(({ kind, path }) => `${kind === 'added' ? 'A' : kind === 'removed' ? 'D' : 'C'} ${path}`)
		.sort();
}
