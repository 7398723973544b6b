import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { npmPackage } from '../support/analysis/packages.ts';
import { dockerArchive } from '../support/archives/write-archive.ts';
import { parseReport } from '../support/report.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { runProgram, samplePath } from './run-program.ts';

const snapshotPath = (name: string) =>
	fileURLToPath(new URL(`../../snapshots/report/${name}.txt`, import.meta.url));

const figureMembers = ['totals', 'efficiency', 'base', 'waste', 'finalFileSystem', 'dive'];

describe('fathom report --only', () => {
	test('packages prints whose the live bytes are', async (t) => {
		const { stdout, status } = await runProgram([
			'report',
			samplePath,
			'--format',
			'text',
			'--only',
			'packages',
		]);
		t.assert.equal(status, 0);
		t.assert.fileSnapshot(stdout, snapshotPath('packages'), { serializers: [String] });
	});

	test('packages alone prints a hundred of them, and among other parts twenty', async (t) => {
		const folder = await temporaryFolder(t);
		const packages = Array.from({ length: 120 }, (_, index) =>
			npmPackage(`node_modules/p${index}`, { name: `p${index}`, version: '1.0.0' }),
		);
		await writeFile(`${folder}/app.tar`, dockerArchive([{ layers: [packages] }]));
		await writeFile(`${folder}/one.tar`, dockerArchive([{ layers: [packages.slice(0, 1)] }]));
		const textOf = async (name: string, parts: string) =>
			(await runProgram(['report', name, '--format', 'text', '--only', parts], { folder })).stdout;
		t.assert.match(await textOf('app.tar', 'packages'), /^ {2}and 20 more; the JSON report lists all/m);
		t.assert.match(await textOf('app.tar', 'packages,ledger'), /^ {2}and 100 more; the JSON report/m);
		t.assert.match(await textOf('one.tar', 'packages'), /^ {2}1 package owns /m);
	});

	test('packages writes the same as JSON, and nothing else but what the image says of itself', async (t) => {
		const { stdout } = await runProgram(['report', samplePath, '--only', 'packages']);
		const report = parseReport(stdout);
		t.assert.deepEqual(Object.keys(report).slice(0, 4), [
			'schemaVersion',
			'generator',
			'image',
			'withoutLayers',
		]);
		t.assert.deepEqual(Object.keys(report).slice(-3), ['packages', 'unowned', 'packagesNotReadInLayers']);
		for (const member of [...figureMembers, 'wastedPaths', 'layers']) assert.ok(!(member in report), member);
		const [first] = report.packages ?? [];
		t.assert.equal(`${first?.type} ${first?.name} ${first?.version}`, 'npm http-verbs 2.1.0');
		t.assert.equal(first?.purl, 'pkg:npm/http-verbs@2.1.0');
		t.assert.equal(first?.layerIndex, 5);
	});

	test('what packages own and what nobody owns is all that is live', async (t) => {
		const { stdout } = await runProgram(['report', samplePath]);
		const { packages = [], unowned = [], totals } = parseReport(stdout);
		const bytes = [...packages, ...unowned].reduce((sum, row) => sum + row.bytes, 0);
		t.assert.equal(bytes, totals.liveBytes);
	});

	test('figures,changes reads no contents, and is what --json writes', async (t) => {
		const { stdout } = await runProgram(['report', samplePath, '--only', 'figures', '--only', 'changes']);
		const report = parseReport(stdout);
		assert.ok('totals' in report && 'wastedPaths' in report && !('packages' in report));
		const folder = await temporaryFolder(t);
		await runProgram(['ci', samplePath, '--json', 'ci.json'], { folder });
		const { verdict: _verdict, ...written } = parseReport(await readFile(`${folder}/ci.json`, 'utf8'));
		t.assert.deepEqual(written, report);
	});

	test('copies, deleted, secrets and ledger print what else the contents say', async (t) => {
		const parts = ['copies', 'deleted', 'secrets', 'ledger'];
		const { stdout, status } = await runProgram([
			...['report', samplePath, '--format', 'text'],
			...parts.flatMap((part) => ['--only', part]),
		]);
		t.assert.equal(status, 0);
		t.assert.fileSnapshot(stdout, snapshotPath('contents'), { serializers: [String] });
	});

	test('copies, deleted, secrets and ledger write members of their own as JSON', async (t) => {
		const { stdout } = await runProgram(['report', samplePath, '--only', 'ledger,copies,secrets,deleted']);
		t.assert.deepEqual(Object.keys(parseReport(stdout)).slice(-5), [
			'copies',
			'deleted',
			'secrets',
			'secretsNotReadInLayers',
			'ledger',
		]);
	});

	test('a word that is no part is an error that names the parts', async (t) => {
		const { stderr, status } = await runProgram(['report', samplePath, '--only', 'package']);
		t.assert.equal(status, 2);
		t.assert.match(stderr, /^fathom: --only: expected figures, .* got "package"\.\ntry: --only packages\n/m);
	});
});
