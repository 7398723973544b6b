import { writeFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { parseReport } from '../support/report.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { runProgram, samplePath } from './run-program.ts';

const config = [
	'findings:',
	'  accept:',
	'    - code: owner-changed',
	'      paths: srv/orders/node_modules',
	'      reason: npm wants it',
	'    - code: mode-changed',
	'      paths: etc/**',
	'      reason: an old one',
].join('\n');

describe('an accepted finding', () => {
	test('stays listed with its reason, and does not count', async (t) => {
		const folder = await temporaryFolder(t);
		await writeFile(`${folder}/fathom.yaml`, config);
		const flags = ['report', samplePath, '--only', 'findings'];
		const report = parseReport((await runProgram(flags, { folder })).stdout);
		const whole = parseReport((await runProgram(flags)).stdout);
		const reasons = report.findings?.list.map(({ acceptedBecause }) => acceptedBecause);
		t.assert.deepEqual(reasons?.slice(0, 2), ['npm wants it', null]);
		t.assert.equal(report.findings?.list.length, whole.findings?.list.length);
		const [accepted] = whole.findings?.list ?? [];
		t.assert.equal(
			report.findings?.savedBytes,
			(whole.findings?.savedBytes ?? 0) - (accepted?.savedBytes ?? 0),
		);
	});

	test('that is not there gives a warning', async (t) => {
		const folder = await temporaryFolder(t);
		await writeFile(`${folder}/fathom.yaml`, config);
		const { stderr, status } = await runProgram(['report', samplePath, '--only', 'findings'], { folder });
		t.assert.equal(status, 0);
		t.assert.equal(
			stderr,
			'fathom: fathom.yaml:6: findings.accept: the image has no mode-changed with all its files in etc/**.\n',
		);
	});
});
