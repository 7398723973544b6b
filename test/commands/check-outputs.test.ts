import { link, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { checkOutputs } from '../../source/commands/output/check-outputs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** An archive, a layout, and other names of both. */
async function folderWithImages(t: TestContext): Promise<string> {
	const folder = await temporaryFolder(t);
	await writeFile(join(folder, 'image.tar'), 'an archive');
	await symlink('image.tar', join(folder, 'link.tar'));
	await link(join(folder, 'image.tar'), join(folder, 'second.tar'));
	await symlink('new.json', join(folder, 'link.json'));
	await mkdir(join(folder, 'layout', 'blobs', 'sha256'), { recursive: true });
	await writeFile(join(folder, 'layout', 'index.json'), '{}');
	await writeFile(join(folder, 'layout', 'report.json'), '{}');
	await writeFile(join(folder, 'layout', 'blobs', 'sha256', 'config'), '{}');
	return folder;
}

interface Outputs {
	readonly json?: string;
	readonly output?: string;
	readonly 'save-baseline'?: string;
}

function check(folder: string, reference: string, outputs: Outputs, baseline?: string): Promise<void> {
	const paths = Object.entries(outputs).map(
		([flag, path]) => [flag, path.startsWith('/') || path === '-' ? path : join(folder, path)] as const,
	);
	const [old, newer] = reference.replaceAll('FOLDER', folder).split(' and ');
	return checkOutputs({
		reference: old,
		newImage: newer === undefined ? null : { reference: newer },
		flags: new Map(paths),
		settings: { baseline: baseline?.replace('FOLDER', folder) ?? null },
	});
}

const refused: readonly (readonly [string, string, Outputs])[] = [
	['two reports in one file', 'app', { json: 'new.json', output: 'new.json' }],
	['two reports in one file that is there', 'app', { json: 'image.tar', output: 'image.tar' }],
	[
		'two reports in one file by way of a symlink to nothing yet',
		'app',
		{ json: 'new.json', output: 'link.json' },
	],
	[
		'two reports in one file by way of a folder',
		'app',
		{ json: 'layout/new.json', output: 'layout/../layout/new.json' },
	],
	['the archive', 'FOLDER/image.tar', { output: 'image.tar' }],
	['the archive for --json', 'FOLDER/image.tar', { json: 'image.tar' }],
	['the archive by a symlink', 'FOLDER/image.tar', { output: 'link.tar' }],
	['the archive by its other name', 'FOLDER/link.tar', { output: 'second.tar' }],
	['the archive behind the name of its source', 'archive:FOLDER/image.tar', { output: 'image.tar' }],
	['the archive before a tag', 'docker-archive:FOLDER/image.tar:app', { output: 'image.tar' }],
	['the index of a layout', 'oci:FOLDER/layout', { output: 'layout/index.json' }],
	['the second of two archives', 'app and FOLDER/image.tar', { output: 'image.tar' }],
	['the first of two archives', 'FOLDER/image.tar and app', { json: 'image.tar' }],
	['a blob of a layout', 'FOLDER/layout', { output: 'layout/blobs/sha256/config' }],
];

describe('what a report must not replace', () => {
	for (const [what, reference, outputs] of refused) {
		test(what, async (t) => {
			const folder = await folderWithImages(t);
			await t.assert.rejects(check(folder, reference, outputs), { name: 'FathomError', code: 'usage' });
		});
	}
});

const allowed: readonly (readonly [string, string, Outputs])[] = [
	['two files', 'FOLDER/image.tar', { json: 'new.json', output: 'other.json' }],
	['standard output and a file', 'FOLDER/image.tar', { json: 'new.json', output: '-' }],
	['one device for both', 'app', { json: '/dev/null', output: '/dev/null' }],
	['an earlier report beside the parts of a layout', 'FOLDER/layout', { output: 'layout/report.json' }],
	['another archive', 'FOLDER/image.tar', { output: 'layout/image.tar' }],
];

describe('reports go to', () => {
	for (const [what, reference, outputs] of allowed) {
		test(what, async (t) => {
			const folder = await folderWithImages(t);
			await t.assert.doesNotReject(check(folder, reference, outputs));
		});
	}
});

describe('a report does not replace the baseline', () => {
	const cases: readonly (readonly [string, Outputs, string])[] = [
		['that is an archive', { json: 'image.tar' }, 'FOLDER/image.tar'],
		['that is an archive, with the next baseline', { 'save-baseline': 'image.tar' }, 'FOLDER/image.tar'],
		['that is a report', { json: 'layout/report.json' }, 'FOLDER/layout/report.json'],
	];
	for (const [what, outputs, baseline] of cases) {
		test(what, async (t) => {
			const folder = await folderWithImages(t);
			await t.assert.rejects(check(folder, 'app', outputs, baseline), {
				message: /this is the baseline, and the report would replace it\.$/,
			});
		});
	}

	test('but the next baseline replaces a report', async (t) => {
		const folder = await folderWithImages(t);
		const outputs = { 'save-baseline': 'layout/report.json' };
		await t.assert.doesNotReject(check(folder, 'app', outputs, 'FOLDER/layout/report.json'));
	});
});

for (const flag of ['json', 'save-baseline'])
	test(`--${flag} does not take a file called -`, async (t) => {
		const folder = await folderWithImages(t);
		await t.assert.rejects(check(folder, 'app', { [flag]: '-' }), {
			code: 'usage',
			message: `--${flag} needs the name of a file.`,
		});
	});

test('the message names the flag, the file and the reason', async (t) => {
	const folder = await folderWithImages(t);
	await t.assert.rejects(check(folder, 'FOLDER/image.tar', { output: 'image.tar' }), {
		message: `--output ${folder}/image.tar: this is the image itself, and the report would replace it.`,
	});
	await t.assert.rejects(check(folder, 'app', { json: 'new.json', output: 'new.json' }), {
		message: `--json and --output both name ${folder}/new.json, and one report would replace the other.`,
	});
});
