import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import type { JsonReport } from '../../source/report/json/schema.ts';
import { runProgram } from '../cli/run-program.ts';
import { parseReport } from '../support/report.ts';
import { applyEdit } from './support/apply-edit.ts';
import { engineEnvironment } from './support/engine-environment.ts';
import { run } from './support/engine-image.ts';
import { shellImageName, writeShellImage } from './support/shell-image.ts';

/**
 * The shapes of waste that real Dockerfiles have, an instruction a line, those of most instructions last: they are built again most often. The files
 * are large enough that each finding is over 1 % of the image.
 */
const dockerfile = [
	`FROM ${shellImageName}`,
	'COPY large /srv/large',
	'RUN mkdir -p /tmp/build && cp /srv/large /tmp/build/object.o',
	'RUN mkdir /data && cp /srv/large /data/once',
	'RUN rm /data/once',
	'RUN cp /srv/large /data/blob',
	'RUN chmod 600 /data/blob',
	'RUN mkdir -p /var/lib/apt/lists /var/cache/apt/archives && cp /srv/large /var/lib/apt/lists/a_Packages && cp /srv/large /var/cache/apt/archives/a.deb',
	'RUN rm -rf /var/lib/apt/lists/*',
	'COPY app /opt/app',
	'RUN chown -R 1000:1000 /opt/app',
	'RUN rm -rf /opt/app/unused',
	'CMD ["/bin/sh"]',
	'',
].join('\n');

/** What a prediction may be off by. */
const HIGHEST_ERROR = 0.02;
const LEAST_SHARE = 0.01;
const LARGE_BYTES = 700_000;

type Engine = 'docker' | 'podman';

const clients: Readonly<Record<Engine, readonly [string, ...string[]]>> = {
	docker: ['docker'],
	podman: ['podman', '--remote'],
};

describe('the advice of findings, applied', () => {
	let folder = '';
	let report: JsonReport;
	const images: { readonly engine: Engine; readonly tag: string }[] = [];

	/** Builds a Dockerfile, and gives the report on its image. */
	async function build(name: string, text: string, engine: Engine = 'docker'): Promise<JsonReport> {
		await writeFile(join(folder, name), text);
		const tag = `fathom-advice-${name.toLowerCase()}:1`;
		const options = ['build', '--quiet', '--tag', tag, '--file', join(folder, name), folder];
		await run(...clients[engine], ...options);
		images.push({ engine, tag });
		const { stdout, stderr, status } = await runProgram(
			['report', `${engine}:${tag}`, '--only', 'findings', '--file', join(folder, name), '--format', 'json'],
			{ folder, environment: engineEnvironment() },
		);
		assert.equal(status, 0, stderr);
		return parseReport(stdout);
	}

	before(async () => {
		folder = await mkdtemp(join(tmpdir(), 'fathom-engines-'));
		const shell = await writeShellImage(folder);
		for (const engine of ['docker', 'podman'] as const)
			await run(...clients[engine], 'load', '--input', shell);
		await mkdir(join(folder, 'app/unused'), { recursive: true });
		for (const [path, letter] of [
			['app/server', 's'],
			['app/unused/data', 'u'],
			['large', 'l'],
		])
			await writeFile(join(folder, path), letter.repeat(LARGE_BYTES));
		report = await build('Dockerfile', dockerfile);
	});
	after(async () => {
		for (const { engine, tag } of images) await run(...clients[engine], 'rmi', '--force', tag);
		await rm(folder, { recursive: true, force: true });
	});

	test('is a line to edit for each of these shapes', (t: TestContext) => {
		t.assert.deepEqual(
			editable(report)
				.map(({ code }) => code)
				.sort(),
			[
				'apt-archives-left',
				'mode-changed',
				'owner-changed',
				'package-cache-removed',
				'removed-later',
				'temporary-files-left',
			],
		);
	});

	test('saves the bytes that it said, each and all of it', async () => {
		let text = dockerfile;
		let current = report;
		const followed: string[] = [];
		for (let next = lastToEdit(current, text); next !== undefined; next = lastToEdit(current, text)) {
			text = applyEdit(text, next, current);
			const edited = await build(`Followed${followed.length}`, text);
			assertSaved(bytesOf(current) - bytesOf(edited), next.savedBytes, next.code);
			followed.push(next.code);
			current = edited;
		}
		const advised = editable(report);
		assert.deepEqual(followed.toSorted(), advised.map(({ code }) => code).sort());
		const sum = advised.reduce((bytes, { savedBytes }) => bytes + savedBytes, 0);
		assertSaved(bytesOf(report) - bytesOf(current), sum, 'all of it');
	});

	test('to copy less saves what the copy brought, also where it is shipped again', async () => {
		const found = report.findings?.list.filter(
			({ edit, advice }) => edit === null && /dockerignore/.test(advice),
		);
		assert.deepEqual(
			found?.map(({ code, savedBytes }) => [code, savedBytes]),
			[['removed-later', LARGE_BYTES]],
		);
		await writeFile(join(folder, '.dockerignore'), 'app/unused\n');
		const copied = await build('Ignored', dockerfile);
		await rm(join(folder, '.dockerignore'));
		// Both the copy and what ships it again are smaller by it.
		assertSaved(bytesOf(report) - bytesOf(copied), 2 * LARGE_BYTES, 'less to copy');
	});

	test('COPY --chmod saves what shipping it with another mode does, with a builder that knows it', async () => {
		const copied = 'FROM scratch\nCOPY app/server /server\n';
		const chmod = await build('Chmod', `${copied}COPY --chmod=0755 app/server /server\n`, 'podman');
		const found = chmod.findings?.list.find(({ code }) => code === 'mode-changed');
		assert.ok(found?.edit);
		assert.equal(found.edit.from, 'COPY app/server /server');
		const edited = await build('Chmodded', copied.replace(found.edit.from, found.edit.to), 'podman');
		assert.equal(bytesOf(chmod) - bytesOf(edited), found.savedBytes);
		assert.equal(
			edited.findings?.list.some(({ code }) => code === 'mode-changed'),
			false,
		);
	});
});

type ReportedFinding = NonNullable<JsonReport['findings']>['list'][number];

/** Those with a line to edit, over the least share of the image. */
function editable(report: JsonReport): readonly ReportedFinding[] {
	return (report.findings?.list ?? []).filter(
		({ edit, savedBytes }) => edit !== null && savedBytes > bytesOf(report) * LEAST_SHARE,
	);
}

/** The one whose line is the last in the Dockerfile: what is above it was built before. */
function lastToEdit(report: JsonReport, text: string): ReportedFinding | undefined {
	const lines = text.split('\n');
	const lineOf = ({ edit }: ReportedFinding): number => (edit === null ? -1 : lines.indexOf(edit.from));
	return editable(report)
		.toSorted((left, right) => lineOf(left) - lineOf(right))
		.at(-1);
}

function bytesOf({ findings }: JsonReport): number {
	assert.ok(findings);
	return findings.totalBytes;
}

function assertSaved(saved: number, predicted: number, what: string): void {
	const isNear = Math.abs(saved - predicted) <= predicted * HIGHEST_ERROR;
	assert.ok(isNear, `${what}: ${saved}, and not ${predicted}`);
}
