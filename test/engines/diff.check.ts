import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { JsonDifference } from '../../source/report/diff/json/schema.ts';
import { runProgram } from '../cli/run-program.ts';
import { dockerArchive } from '../support/archives/write-archive.ts';
import { parseDifference } from '../support/pair/difference-reports.ts';
import { engineEnvironment, engineVariable } from './support/engine-environment.ts';
import { checkImage, run } from './support/engine-image.ts';
import { shellImageName, writeShellImage } from './support/shell-image.ts';

const name = 'fathom-diff:1';

describe('fathom diff', () => {
	let folder = '';
	let archive = '';
	const registry = engineVariable('REGISTRY');

	before(async () => {
		folder = await mkdtemp(join(tmpdir(), 'fathom-diff-'));
		archive = join(folder, 'image.tar');
		await writeFile(
			archive,
			dockerArchive([{ ...checkImage, names: [name], config: { ...checkImage.config, author: 'diff' } }]),
		);
		await run('docker', 'load', '--input', archive);
		await run('podman', '--remote', 'load', '--input', archive);
		const copy = ['copy', '--quiet', '--dest-tls-verify=false', `docker-archive:${archive}`];
		await run('skopeo', ...copy, `docker://${registry}/${name}`);
	});
	after(() => rm(folder, { recursive: true, force: true }));

	async function difference(
		older: string,
		newer: string,
		...flags: readonly string[]
	): Promise<JsonDifference> {
		const args = ['diff', older, newer, '--format', 'json', '--no-cache', ...flags];
		const { status, stdout, stderr } = await runProgram(args, { environment: engineEnvironment(), folder });
		assert.equal(status, 0, stderr);
		return parseDifference(stdout);
	}

	test('of one image from Docker, Podman, a registry and an archive: nothing differs', async () => {
		const places = [`docker:${name}`, `podman:${name}`, `registry:${registry}/${name}`, archive];
		for (const older of places) {
			for (const newer of places) {
				const { differs, files, pull } = await difference(older, newer, '--exit-code');
				assert.deepEqual(
					differs,
					{ files: false, packages: false, layers: false, config: false },
					`${older} -> ${newer}`,
				);
				assert.deepEqual([files, pull?.layers], [[], []]);
			}
		}
	});

	test('of a rebuild with one RUN changed: just that, and why each layer is another one', async () => {
		const build = async (tag: string, text: string): Promise<string> => {
			const context = await mkdtemp(join(folder, 'context-'));
			await writeFile(join(context, 'Dockerfile'), text);
			await run('docker', 'build', '--quiet', '--tag', tag, context);
			return `docker:${tag}`;
		};
		await run('docker', 'load', '--input', await writeShellImage(folder));
		const base = `FROM ${shellImageName}\n`;
		const older = await build(
			'fathom-diff-built:1',
			`${base}RUN echo 1 > /one\nRUN echo 2 > /two\nRUN sleep 1; echo 3 > /three\n`,
		);
		const newer = await build(
			'fathom-diff-built:2',
			`${base}RUN echo 1 > /one\nRUN echo two > /two\nRUN sleep 1; echo 3 > /three\n`,
		);
		const { files = [], layers = [], counts } = await difference(older, newer);
		assert.deepEqual(
			files.filter(({ isDirectory }) => !isDirectory).map(({ kind, path }) => `${kind} ${path}`),
			['content two'],
		);
		assert.equal(counts?.added.files, 0);
		assert.deepEqual(
			layers.slice(-3).map(({ kind, reason }) => [kind, reason]),
			[
				['shared', null],
				['changed', 'instruction'],
				['changed', 'below'],
			],
		);
	});
});
