import { writeFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { file, whiteout } from '../../support/archives/tar-entry.ts';
import { dockerArchive } from '../../support/archives/write-archive.ts';
import { parseDifference } from '../../support/pair/difference-reports.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { runProgram } from '../run-program.ts';

const content = 'x'.repeat(100);
const older = [[file('gone', content), file('grown', 'x')], [whiteout('gone')], [whiteout('grown')]];
const newer = [[file('new', content), file('grown', 'xx')], [file('new', 'y')], [whiteout('grown')]];

async function folderOf(t: Parameters<typeof temporaryFolder>[0]): Promise<string> {
	const folder = await temporaryFolder(t);
	await writeFile(`${folder}/old.tar`, dockerArchive([{ layers: older }]));
	await writeFile(`${folder}/new.tar`, dockerArchive([{ layers: newer }]));
	return folder;
}

describe('the findings of two images', () => {
	test('that are new, grown or gone are listed with their paths, the greatest delta first', async (t) => {
		const folder = await folderOf(t);
		const { stdout } = await runProgram(['diff', 'old.tar', 'new.tar'], { folder });
		const section = /^Findings\n((?: .*\n)*)/m.exec(stdout)?.[1].replaceAll(/ +/g, ' ');
		t.assert.equal(
			section,
			[
				' old new finding layer path instruction',
				' new - 100 B replaced-later 2 /new step 2',
				' gone 100 B - removed-later 2 /gone step 2',
				' grown 1 B 2 B removed-later 3 /grown step 3',
				'',
			].join('\n'),
		);
	});

	test('are in the JSON report', async (t) => {
		const folder = await folderOf(t);
		const { stdout } = await runProgram(['diff', 'old.tar', 'new.tar', '--format', 'json'], { folder });
		t.assert.deepEqual(
			parseDifference(stdout).findings?.map(({ kind, code, oldBytes, newBytes, paths }) => [
				kind,
				code,
				oldBytes,
				newBytes,
				paths,
			]),
			[
				['new', 'replaced-later', null, 100, ['new']],
				['gone', 'removed-later', 100, null, ['gone']],
				['grown', 'removed-later', 1, 2, ['grown']],
			],
		);
	});

	test('are in the markdown, with hostile instructions in code alone', async (t) => {
		const folder = await temporaryFolder(t);
		const hostile = 'RUN ```````</details>|<b>@everyone\\n::error::[x](http://evil.example)';
		const history = ['COPY . /', hostile, 'RUN rm grown'].map((created_by) => ({ created_by }));
		await writeFile(`${folder}/old.tar`, dockerArchive([{ layers: older, config: { history } }]));
		await writeFile(`${folder}/new.tar`, dockerArchive([{ layers: newer, config: { history } }]));
		const { stdout } = await runProgram(['diff', 'old.tar', 'new.tar', '--format', 'markdown'], { folder });
		const block =
			/^<details><summary>Findings: 1 new, 1 grown, 1 gone<\/summary>\n\n(`+)text\n([\s\S]*?)\n\1\n\n<\/details>$/m;
		const [, fence, lines] = block.exec(stdout) ?? [];
		t.assert.equal(fence?.length, 8);
		t.assert.deepEqual(
			lines?.split('\n').map((line) => line.trim().split(/ {2,}/).slice(0, 6)),
			[
				['old', 'new', 'finding', 'layer', 'path', 'instruction'],
				['new', '-', '100 B', 'replaced-later', '2', '/new'],
				['gone', '100 B', '-', 'removed-later', '2', '/gone'],
				['grown', '1 B', '2 B', 'removed-later', '3', '/grown'],
			],
		);
	});

	test('are left out with the figures', async (t) => {
		const folder = await folderOf(t);
		const { stdout } = await runProgram(['diff', 'old.tar', 'new.tar', '--only', 'files'], { folder });
		t.assert.doesNotMatch(stdout, /Findings/);
	});

	test('are left out where a side is a report', async (t) => {
		const folder = await folderOf(t);
		await runProgram(['report', 'old.tar', '--output', 'old.json'], { folder });
		const { stdout, status } = await runProgram(['diff', 'old.json', 'new.tar', '--format', 'json'], {
			folder,
		});
		t.assert.equal(status, 0);
		t.assert.equal(parseDifference(stdout).findings, undefined);
	});
});
