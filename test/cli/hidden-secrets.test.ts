import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { file, whiteout } from '../support/archives/tar-entry.ts';
import { dockerArchive, type TestImage } from '../support/archives/write-archive.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { runProgram } from './run-program.ts';

/** In pieces, so that no scanner takes this file for one with a secret in it. */
const tokens = ['R7kQ2vX9bLm4TzW8nYc3JfHs6DpA1gEu5KtV', 'Zq3XvB8mK1tY6wN0cR5dL9sF2hJ7pG4aU8eT'];

const command = (token: string) => `printf '//registry.npmjs.org/:_authToken=npm_${token}\\n' > /root/.npmrc`;

/** An image with a secret wherever a config can have one. */
function imageWith(token: string): TestImage {
	return {
		names: ['app:1'],
		layers: [[file('etc/motd', 'x')], [file('root/note', token.slice(0, 4))], [whiteout('root/note')]],
		config: {
			author: `me ghp_${token}`,
			config: {
				Env: ['MODE=dev', `NPM_TOKEN=npm_${token}`, `URL=postgres://me:${token}@db.internal/app`],
				Labels: { token, about: `ghp_${token}` },
				Entrypoint: ['app', '--api-key', token],
				Cmd: ['--note', `ghp_${token}`],
				Healthcheck: { Test: ['CMD-SHELL', `app check --password=${token}`] },
				OnBuild: [`RUN API_KEY=${token} make`],
			},
			history: [
				{ created_by: 'ADD base.tar /', comment: `by ghp_${token}` },
				{ created_by: `ENV NPM_TOKEN=npm_${token}`, empty_layer: true },
				{ created_by: `|1 NPM_TOKEN=${token} /bin/sh -c ${command(token)}`, author: `ghp_${token}` },
				{ created_by: `/bin/sh -c rm /root/note # ghp_${token}` },
			],
		},
	};
}

const dockerfile = `FROM base
ENV NPM_TOKEN=npm_${tokens[1]}
ARG NPM_TOKEN=${tokens[1]}
RUN ${command(tokens[1])}
RUN rm /root/note # ghp_${tokens[1]}
`;

async function prepare(t: TestContext) {
	const folder = await temporaryFolder(t);
	await writeFile(join(folder, 'old.tar'), dockerArchive([imageWith(tokens[0])]));
	await writeFile(join(folder, 'new.tar'), dockerArchive([imageWith(tokens[1])]));
	await writeFile(join(folder, 'Dockerfile'), dockerfile);
	return async (...args: readonly string[]) => {
		const { stdout, stderr } = await runProgram(args, { folder });
		const written = (await readdir(folder)).filter((name) => name.endsWith('.json'));
		const files = await Promise.all(written.map((name) => readFile(join(folder, name), 'utf8')));
		for (const token of tokens)
			for (const output of [stdout, stderr, ...files])
				t.assert.equal(output.includes(token), false, `${args.join(' ')}: ${output}`);
		return stdout;
	};
}

describe('values that look secret are not printed', () => {
	test('by reports, of which all else is there', async (t) => {
		const run = await prepare(t);
		const text = await run('report', 'new.tar', '--format', 'text');
		t.assert.match(
			text,
			/RUN printf '\/\/registry\.npmjs\.org\/:_authToken=npm_\*\*\*\\n' > \/root\/\.npmrc/,
		);
		t.assert.match(text, /environment variable NPM_TOKEN/);
		const json = JSON.parse(await run('report', 'new.tar', '--format', 'json'));
		const { config, history } = json.image;
		t.assert.deepEqual(config.env, ['MODE=dev', 'NPM_TOKEN=***', 'URL=postgres://me:***@db.internal/app']);
		t.assert.deepEqual(config.labels, { token: '***', about: 'ghp_***' });
		t.assert.deepEqual(config.entrypoint, ['app', '--api-key', '***']);
		t.assert.deepEqual(config.cmd, ['--note', 'ghp_***']);
		t.assert.deepEqual(config.healthcheck.test, ['CMD-SHELL', 'app check --password=***']);
		t.assert.deepEqual(config.onBuild, ['RUN API_KEY=*** make']);
		t.assert.equal(history[1].createdBy, 'ENV NPM_TOKEN=***');
		await run('report', 'new.tar', '--file', 'Dockerfile', '--format', 'text');
		await run('report', 'new.tar', '--file', 'Dockerfile', '--format', 'json');
	});

	test('by comparisons, which know that another secret is a change', async (t) => {
		const run = await prepare(t);
		t.assert.match(await run('diff', 'old.tar', 'new.tar'), /env NPM_TOKEN +- \*\*\*\n +\+ \*\*\*\n/);
		t.assert.match(await run('diff', 'old.tar', 'new.tar', '--format', 'markdown'), /NPM_TOKEN/);
		const { config } = JSON.parse(await run('diff', 'old.tar', 'new.tar', '--format', 'json'));
		const changed = { field: 'env', name: 'NPM_TOKEN', oldValue: '***', newValue: '***' };
		t.assert.deepEqual(
			config.find(({ name }: { readonly name: string }) => name === 'NPM_TOKEN'),
			changed,
		);
		await run('diff', 'old.tar', 'new.tar', '--reproducible');
		await run('diff', 'old.tar', 'new.tar', '--reproducible', '--format', 'json');
		await run('report', 'old.tar', '-o', 'old.json');
		t.assert.doesNotMatch(await run('diff', 'old.json', 'new.tar'), /NPM_TOKEN/);
	});

	test('by ci, with a baseline too', async (t) => {
		const run = await prepare(t);
		const text = await run('ci', 'new.tar', '--baseline', 'old.tar', '--json', 'ci.json');
		t.assert.match(text, /instruction changed/);
		await run('ci', 'new.tar', '--baseline', 'ci.json');
	});
});
