import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { JsonDifference } from '../../source/report/diff/json/schema.ts';
import { runProgram } from '../cli/run-program.ts';
import { parseDifference } from '../support/pair/difference-reports.ts';
import { DebianRoot } from './support/debian-root.ts';
import { engineEnvironment } from './support/engine-environment.ts';
import { run } from './support/engine-image.ts';

const [older, newer] = ['fathom-packages-old:1', 'fathom-packages-new:1'];

describe('fathom diff of packages', () => {
	let folder = '';
	let root: DebianRoot;

	before(async () => {
		folder = await mkdtemp(join(tmpdir(), 'fathom-packages-'));
		root = new DebianRoot(folder);
		await root.begin();
		await run('docker', 'import', await root.tar('old'), older);
		await root.upgrade();
		await run('docker', 'import', await root.tar('new'), newer);
	});
	after(async () => {
		await rm(folder, { recursive: true, force: true });
		await run('docker', 'image', 'rm', older, newer).catch(() => '');
	});

	async function difference(...args: readonly string[]): Promise<JsonDifference> {
		const all = ['diff', ...args, '--format', 'json', '--only', 'packages', '--no-cache'];
		const { status, stdout, stderr } = await runProgram(all, { environment: engineEnvironment(), folder });
		assert.equal(status, 0, stderr);
		return parseDifference(stdout);
	}

	test('lists what dpkg upgraded and added, and nothing else', async () => {
		const { packages, packageCounts } = await difference(`docker:${older}`, `docker:${newer}`);
		const rows = packages?.map(
			({ kind, name, old, new: current }) =>
				`${kind} ${name} ${old?.version ?? '-'} ${current?.version ?? '-'}`,
		);
		assert.deepEqual(rows?.toSorted(), ['added epsilon - 2', 'upgraded alpha 1.0 1.1']);
		assert.equal(packageCounts?.upgraded, 1);
		assert.equal(packageCounts?.['same-version'], 0);
	});

	test('says how many bytes each has, and how many of its files differ', async () => {
		const { packages = [] } = await difference(`docker:${older}`, `docker:${newer}`);
		const alpha = packages?.find(({ name }) => name === 'alpha');
		assert.deepEqual(
			[alpha?.old?.bytes, alpha?.new?.bytes, alpha?.bytesDelta, alpha?.differingFiles],
			[105_000, 9000, -96_000, 3],
		);
	});

	test('is the same from archives, and from a report that has the packages', async () => {
		const fromEngine = await difference(`docker:${older}`, `docker:${newer}`);
		const [oldPath, newPath] = [join(folder, 'old.tar'), join(folder, 'new.tar')];
		await run('docker', 'save', '--output', oldPath, older);
		await run('docker', 'save', '--output', newPath, newer);
		const fromArchives = await difference(oldPath, newPath);
		assert.deepEqual(fromArchives.packages, fromEngine.packages);
		const report = await runProgram(['report', oldPath, '--output', 'old.json'], { folder });
		assert.equal(report.status, 0, report.stderr);
		const fromReport = await difference('old.json', newPath);
		assert.deepEqual(
			fromReport.packages,
			fromEngine.packages?.map((row) => ({ ...row, differingFiles: null })),
		);
	});
});
