import { readFile, writeFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { directory, file, type TarEntry, whiteout } from '../../support/archives/tar-entry.ts';
import { dockerArchive } from '../../support/archives/write-archive.ts';
import { parseReport } from '../../support/report.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { runProgram } from '../run-program.ts';

const off = ['--lowest-efficiency', 'off', '--highest-wasted-percent', 'off'];

const base = [directory('etc'), file('etc/a', 'aaaa'), file('etc/b', 'bb')];
const removed: readonly (readonly TarEntry[])[] = [
	base,
	[file('srv/x', 'x'.repeat(100))],
	[whiteout('srv/x')],
];
const more: readonly (readonly TarEntry[])[] = [
	base,
	[file('srv/x', 'x'.repeat(100)), file('opt/y', 'y')],
	[whiteout('srv/x'), file('etc/b', 'cc')],
];

async function folderOf(t: Parameters<typeof temporaryFolder>[0]): Promise<string> {
	const folder = await temporaryFolder(t);
	await writeFile(`${folder}/old.tar`, dockerArchive([{ names: ['app:1'], layers: removed }]));
	await writeFile(`${folder}/new.tar`, dockerArchive([{ names: ['app:1'], layers: more }]));
	return folder;
}

describe('fathom ci', () => {
	test('shows the findings that save most, also when it passes', async (t) => {
		const { stdout, status } = await runProgram(['ci', 'old.tar', ...off], { folder: await folderOf(t) });
		t.assert.equal(status, 0);
		t.assert.match(
			stdout,
			/Findings that save most\n +saves +finding +what\n +100 B +removed-later +layer 3 removes what layer 2 ships\n/,
		);
	});

	test('fails for a finding that is forbidden by its code or its level', async (t) => {
		const folder = await folderOf(t);
		for (const choice of ['removed-later', 'risk,waste']) {
			const flags = ['ci', 'old.tar', ...off, '--forbid-findings', choice, '--json', 'ci.json'];
			const { stdout, status } = await runProgram(flags, { folder });
			t.assert.equal(status, 1);
			t.assert.match(stdout, /forbid-findings: removed-later in layer 3 +1 +<= 0 +FAIL/);
			const { verdict } = parseReport(await readFile(`${folder}/ci.json`, 'utf8'));
			const rule = verdict?.rules.find(({ key }) => key === 'forbid-findings');
			t.assert.deepEqual(rule?.chosen, choice.split(','));
			t.assert.deepEqual(rule?.findings[0].where, { kind: 'finding', code: 'removed-later', layerIndex: 2 });
		}
		const { status } = await runProgram(['ci', 'old.tar', ...off, '--forbid-findings', 'owner-changed'], {
			folder,
		});
		t.assert.equal(status, 0);
	});

	test('counts the risks of all layers where the Dockerfile begins with FROM scratch', async (t) => {
		const folder = await temporaryFolder(t);
		const suid: TarEntry = { ...file('app', '#!/bin/sh'), mode: 0o4755 };
		const history = ['ADD app.tar /', 'COPY conf /etc/'].map((created_by) => ({ created_by }));
		await writeFile(
			`${folder}/image.tar`,
			dockerArchive([{ layers: [[suid], [file('etc/conf', 'c')]], config: { history } }]),
		);
		await writeFile(`${folder}/Scratch`, 'FROM scratch\nADD app.tar /\nCOPY conf /etc/\n');
		await writeFile(`${folder}/Based`, 'FROM other\nCOPY conf /etc/\n');
		const judge = (path: string) =>
			runProgram(['ci', 'image.tar', ...off, '--forbid-findings', 'risk', '--file', path], { folder });
		const own = await judge('Scratch');
		t.assert.equal(own.status, 1);
		t.assert.match(own.stdout, /forbid-findings: set-id-added in layer 1 +1 +<= 0 +FAIL/);
		t.assert.match(own.stdout, /^Risks: set-id-added$/m);
		t.assert.equal((await judge('Based')).status, 0);
	});

	test('does not count what is accepted or ignored, and warns where the level says so', async (t) => {
		const folder = await folderOf(t);
		const rule = (...lines: readonly string[]): Promise<void> =>
			writeFile(`${folder}/fathom.yaml`, ['rules:', '  forbid-findings:', ...lines].join('\n'));
		const run = () => runProgram(['ci', 'old.tar', ...off], { folder });
		await rule('    limit: [removed-later]', '    ignore: [srv]', '    reason: no leftovers');
		const ignored = await run();
		t.assert.equal(ignored.status, 0);
		t.assert.match(ignored.stdout, /notice: forbid-findings does not count srv\./);
		await rule('    limit: [removed-later]', '    ignore: [etc]', '    reason: no leftovers');
		t.assert.match((await run()).stdout, /forbid-findings: removed-later in layer 3 .* FAIL +no leftovers/);
		await rule('    limit: waste', '    level: warn');
		const warned = await run();
		t.assert.equal(warned.status, 0);
		t.assert.match(warned.stdout, /Warnings: forbid-findings\./);
		await rule(
			'    limit: waste',
			'findings:',
			'  accept:',
			'    - {code: removed-later, paths: srv/x, reason: it is small}',
		);
		const accepted = await run();
		t.assert.equal(accepted.status, 0);
		t.assert.match(accepted.stdout, /forbid-findings +0 +<= 0 +pass/);
		t.assert.doesNotMatch(accepted.stdout, /Findings that save most/);
	});

	test('fails for what the baseline, an image or a saved report, does not have', async (t) => {
		const folder = await folderOf(t);
		const saved = await runProgram(['ci', 'old.tar', ...off, '--save-baseline', 'old.json'], { folder });
		t.assert.equal(saved.status, 0);
		for (const baseline of ['old.tar', 'old.json']) {
			const flags = [
				...off,
				'--max-efficiency-drop',
				'off',
				'--new-findings',
				'waste',
				'--baseline',
				baseline,
			];
			const same = await runProgram(['ci', 'old.tar', ...flags], { folder });
			t.assert.equal(same.status, 0, same.stdout);
			t.assert.match(same.stdout, /new-findings +0 +<= 0 +pass/);
			const changed = await runProgram(['ci', 'new.tar', ...flags], { folder });
			t.assert.equal(changed.status, 1, changed.stdout);
			t.assert.match(changed.stdout, /new-findings: replaced-later in layer 3 +1 +<= 0 +FAIL/);
			t.assert.doesNotMatch(changed.stdout, /new-findings: removed-later/);
		}
	});

	test('does not judge new findings by a report that has none', async (t) => {
		const folder = await folderOf(t);
		await runProgram(['ci', 'old.tar', '--json', 'old.json'], { folder });
		const flags = [...off, '--new-findings', 'waste', '--baseline', 'old.json'];
		const { stdout, status } = await runProgram(['ci', 'new.tar', ...flags], { folder });
		t.assert.match(stdout, /new-findings is not judged: the baseline was saved without findings/);
		t.assert.equal(status, 0);
	});

	test('refuses a word that is neither a code nor a level', async (t) => {
		const { stderr, status } = await runProgram(['ci', 'old.tar', '--forbid-findings', 'wate'], {
			folder: await folderOf(t),
		});
		t.assert.equal(status, 2);
		t.assert.match(stderr, /--forbid-findings: expected codes of findings .* not "wate"/);
	});
});
