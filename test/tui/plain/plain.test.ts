import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { type Outcome, runProgram, samplePath } from '../../cli/run-program.ts';
import { directory, file, symlink, whiteout } from '../../support/archives/tar-entry.ts';
import { dockerArchive, type TestImage } from '../../support/archives/write-archive.ts';
import { rawControls } from '../../support/raw-controls.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { after, before } from '../support/open-pair.ts';

/** What is said in answer to commands that come by a pipe. */
async function answersTo(commands: readonly string[], args: readonly string[]): Promise<Outcome> {
	return runProgram([...args, '--plain'], {
		input: Buffer.from(commands.map((line) => `${line}\n`).join('')),
	});
}

async function written(t: TestContext, ...images: readonly TestImage[]): Promise<readonly string[]> {
	const folder = await temporaryFolder(t);
	return Promise.all(
		images.map(async (image, index) => {
			const path = join(folder, `${index}.tar`);
			await writeFile(path, dockerArchive([image]));
			return path;
		}),
	);
}

describe('a script of commands with --plain', () => {
	test('is answered after the verdict and the layers, and ends with it', async (t) => {
		const { status, stdout, stderr } = await answersTo(['layer 3'], [samplePath]);
		const lines = stdout.split('\n');
		t.assert.deepEqual([status, stderr], [0, '']);
		t.assert.deepEqual(lines.slice(0, 2), [
			'orders:1.8.2: 11 layers, 182 kB, of which 75.8 kB are wasted. Efficiency 58.3 %.',
			'1. ships 43.6 kB, wastes 0 B, 80 added: ADD pebble-minirootfs-3.4.1-x86_64.tar.gz /',
		]);
		t.assert.deepEqual(lines.slice(12, 15), [
			'Type help for the commands.',
			'Layer 3 ships 0 B, wastes 22.5 kB, 3 removed.',
			'RUN rm -rf /var/cache/apk/*',
		]);
		t.assert.deepEqual(lines.slice(-5), [
			'What it did, the largest change first:',
			'1. removed, 13.3 kB: /var/cache/apk/APKINDEX.6c2f1a0e.tar.gz',
			'2. removed, 5.12 kB: /var/cache/apk/APKINDEX.d41b77c3.tar.gz',
			'3. removed, 4.1 kB: /var/cache/apk/libstdc++-15.2.0-r2.apk',
			'',
		]);
	});

	test('waits for what is worked out of contents', async (t) => {
		const { stdout } = await answersTo(
			['findings', 'finding 2', 'package tiny-log', 'deleted 1'],
			[samplePath],
		);
		t.assert.match(stdout, /^Fix all 14: 182 kB to 106 kB, saves 75\.8 kB \(41\.7 %\), all of it wasted\.$/m);
		t.assert.match(
			stdout,
			/^2\. saves 22\.5 kB: layer 3 removes package or build caches that layer 2 ships, in \/var\/cache\/apk$/m,
		);
		t.assert.match(stdout, /^new: RUN addgroup .* && rm -rf \/var\/cache\/apk\/\*$/m);
		t.assert.match(stdout, /^asked for: by no other package$/m);
		t.assert.match(stdout, /^state: removed, and still in the layer that ships it$/m);
	});

	test('goes through folders and files, and through their versions', async (t) => {
		const { stdout } = await answersTo(
			[
				'cd srv/orders',
				'ls config',
				'show config/default.json',
				'show config/default.json @7',
				'diff config/default.json',
				'history config/default.json',
				'show .npmrc',
				'cd nowhere',
			],
			[samplePath],
		);
		const answers = stdout.slice(stdout.indexOf('In /srv/orders')).split('\n');
		t.assert.deepEqual(answers.slice(0, 5), [
			'In /srv/orders',
			'/srv/orders/config: 1 entry',
			'default.json, 72 B',
			'/srv/orders/config/default.json, 72 B, layer 10:',
			'{',
		]);
		const text = answers.join('\n');
		t.assert.match(text, /^\/srv\/orders\/config\/default\.json, 54 B, layer 7:$/m);
		t.assert.match(text, /^From layer 7 to layer 8:\nLine 1\nsame: \{$/m);
		t.assert.match(text, /^removed: {5}"pool": 4$/m);
		t.assert.match(
			text,
			/^layer 8 changed its content, 72 B, 72 B wasted, as layer 10 took it away: RUN rm -rf/m,
		);
		t.assert.match(text, /^It is not there any more: layer 6 removed it\. This is what was there before\.$/m);
		t.assert.match(text, /^There is no nowhere\.\n$/m);
	});

	test('says what was at a path that was no file, and shows text in UTF-16', async (t) => {
		const utf16 = Buffer.from('\uFEFFport = 80\r\nname = é\r\n', 'utf16le');
		const layers = [[file('a', utf16)], [whiteout('a')], [directory('a')], [symlink('b', 'a')]];
		const [path] = await written(t, { layers });
		const { stdout } = await answersTo(['show a @1', 'history a', 'history b'], [path]);
		t.assert.match(stdout, /^\/a, 44 B, layer 1:\nport = 80\nname = é$/m);
		t.assert.match(stdout, /^layer 3 added it, a folder: /m);
		t.assert.match(stdout, /^layer 4 added it, a symlink: /m);
	});

	test('says long lists in pages, and a filter says what it finds in all of them', async (t) => {
		const { stdout } = await answersTo(
			['image', 'more', 'more 100', 'more', 'filter label', 'filter', 'filter ~('],
			[samplePath],
		);
		t.assert.deepEqual(
			stdout.split('\n').filter((line) => /more|^\d+ with|^20\. |^40\. |^60\. |filter/.test(line)),
			[
				'20. CMD ["dist/server.js"] (2026-01-15)',
				'And 40 more: more',
				'34. hard links: 1 more name',
				'40. Section: Config',
				'And 20 more: more',
				'60. config: sha256:d3b21c7b40ba2608f619e592626795c4d1b494204601e899a2cc7ad0a4f4058e',
				'There is nothing more.',
				'4 with label:',
				'20. CMD ["dist/server.js"] (2026-01-15)',
				'And 40 more: more',
				'This filter is not valid: unmatched (.',
			],
		);
	});

	test('says which commands there are in place of one that is not', async (t) => {
		const { status, stdout } = await answersTo(['explode now', '', 'quit', 'layers'], [samplePath]);
		t.assert.equal(status, 0);
		t.assert.match(
			stdout,
			/\nThere is no command explode\. There are: layers, layer, .*, more, help, quit\.\n$/,
		);
	});

	test('works on two images', async (t) => {
		const [older, newer] = await written(t, before, after);
		const commands = [
			'file 4',
			'layers',
			'config',
			'findings',
			'diff srv/index.html',
			'show srv/VERSION',
			'help',
		];
		const { status, stdout } = await answersTo(commands, ['diff', older, newer]);
		t.assert.equal(status, 0);
		for (const line of [
			'2. content changed, +1.21 kB, 82 B to 1.29 kB: /srv/index.html',
			'9. moved, 0 B: /srv/assets, from /srv/static',
			'size: old 12 B',
			'2. inserted, new layer 2, stores 7.17 kB: RUN curl -fsSL https://tools.example/tool -o /opt/tool && chmod +x /opt/tool',
			'5. changed: env NODE_ENV, from development to production',
			'1. gone: runs as root, 0 B',
			'From the old image to the new image:',
			'Only the old image has it.',
			'/srv/VERSION, 12 B, the old image:',
			'files: the files that differ',
		])
			t.assert.equal(stdout.split('\n').includes(line), true, line);
		t.assert.doesNotMatch(stdout, /^history PATH/m);
	});

	test('has no control character of the image in its answers, and nothing that a log obeys', async (t) => {
		const evil = '\u001B[31m\u202E\u0007\r';
		const name = `evil${evil}name`;
		const [path] = await written(t, {
			names: [`evil${evil}:1`],
			layers: [
				[file(name, `::set-output name=x::${evil}\n`.repeat(3)), symlink('link', name)],
				[
					file(name, `${evil}\nother`),
					file('copy', 'c'.repeat(5000)),
					file('same', 'c'.repeat(5000)),
					file(
						'node_modules/evil/package.json',
						JSON.stringify({ name: `evil${evil}`, version: `1${evil}` }),
					),
				],
				[whiteout(name)],
			],
			config: {
				config: { Env: [`A${evil}=${evil}`], Labels: { [`l${evil}`]: evil }, User: evil },
				history: [
					{ created_by: `RUN ::error::${evil}\nsecond` },
					{ created_by: evil, comment: evil },
					{ created_by: 'RUN rm' },
				],
			},
		});
		const lists = ['layers', 'findings', 'copies', 'packages', 'deleted', 'image', 'more 100'];
		const each = lists.flatMap((list) => [list, `${list} 1`, `${list} 2`]);
		const shown = 'evil\\x1B[31m\\u{202E}\\x07\\x0Dname';
		const paths = ['show', 'diff', 'history', 'about'].flatMap((word) => [
			`${word} ${shown}`,
			`${word} ${shown} @1`,
		]);
		const package_ = 'about node_modules/evil/package.json';
		const { status, stdout } = await answersTo(
			[...each, ...paths, package_, 'ls', 'ls / @1', `nothing${evil}`, 'filter evil'],
			[path],
		);
		t.assert.equal(status, 0);
		t.assert.doesNotMatch(stdout, rawControls);
		t.assert.doesNotMatch(stdout, /^\s*::/m);
		t.assert.equal(stdout.includes(`/${shown}, `), true);
	});

	test('is what a setting does not read, as a loop of a shell may have it for itself', async (t) => {
		const { status, stdout } = await runProgram([samplePath], {
			input: Buffer.from('layer 3\n'),
			environment: { FATHOM_PLAIN: 'true' },
		});
		t.assert.equal(status, 0);
		t.assert.match(stdout, /^Figures$/m);
		t.assert.doesNotMatch(stdout, /Type help/);
	});
});
