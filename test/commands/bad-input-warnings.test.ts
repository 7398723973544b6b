import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { formatPlatform, hostPlatform } from '../../source/image/platform.ts';
import { type RunOptions, runProgram } from '../cli/run-program.ts';
import {
	directory,
	file,
	hardLink,
	opaque,
	symlink,
	type TarEntry,
	whiteout,
} from '../support/archives/tar-entry.ts';
import { json, layerTar, ociArchive } from '../support/archives/write-archive.ts';
import {
	archiveOfFiles,
	configOf,
	manifestOf,
	smallArchive,
	smallImage,
} from '../support/images/small-image.ts';
import { rawControls } from '../support/raw-controls.ts';
import { parseReport } from '../support/report.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What the program makes of an image that is odd, but can be read. */
interface Told {
	/** Exit code of `fathom ci` with rules that hold whatever the image is. */
	readonly verdict: number | null;
	readonly remarks: readonly string[];
	readonly summary: string;
	readonly json: string;
}

const lenient = ['--lowest-efficiency', '0', '--highest-wasted-percent', 'off'];

async function tell(t: TestContext, archive: Uint8Array, name = 'image.tar'): Promise<Told> {
	const folder = await temporaryFolder(t);
	await writeFile(join(folder, name), archive);
	const run = (args: readonly string[], options: RunOptions = {}) => runProgram(args, { folder, ...options });
	const verdict = await run(['ci', name, ...lenient]);
	const summary = await run(['report', name, '--format', 'text', '--json', 'report.json']);
	t.assert.deepEqual([verdict.stderr, summary.status, summary.stderr], ['', 0, '']);
	t.assert.doesNotMatch(verdict.stdout + summary.stdout, rawControls);
	return {
		verdict: verdict.status,
		remarks: summary.stdout.match(/^(?:warning|notice): .*$/gm) ?? [],
		summary: summary.stdout,
		json: await readFile(join(folder, 'report.json'), 'utf8'),
	};
}

/** An image of these layers, with a config that fits to them. */
function imageOf(...layers: readonly (readonly TarEntry[])[]): Uint8Array {
	const tars = layers.map(layerTar);
	const paths = tars.map((_, index) => `${index + 1}/layer.tar`);
	return archiveOfFiles({
		...Object.fromEntries(tars.map((tar, index) => [paths[index], tar])),
		'config.json': configOf(tars),
		'manifest.json': manifestOf(paths),
	});
}

describe('an image that is odd opens, is judged, and has a warning for it', () => {
	test('a layer without the diff ID that the config names', async (t) => {
		const { verdict, remarks } = await tell(t, smallArchive({ '2/layer.tar': smallImage['1/layer.tar'] }));
		t.assert.deepEqual(remarks, [
			'warning: layer 2: The content of the layer does not have the diff ID that the config names.',
		]);
		t.assert.equal(verdict, 0);
	});

	test('a layer without the size that its descriptor names', async (t) => {
		const archive = Buffer.from(ociArchive([{ layers: [[file('a', 'x'.repeat(100))]] }]));
		// The descriptor of the layer is the last one in the manifest; a size of as many digits keeps all else in its place.
		archive.write('"size":2047', archive.lastIndexOf('"size":2048'), 'latin1');
		t.assert.deepEqual((await tell(t, archive)).remarks, [
			'warning: layer 1: The blob of the layer has 2048 bytes where its descriptor says 2047.',
		]);
	});

	test('a layer without the mark at its end', async (t) => {
		const cut = smallImage['1/layer.tar'].subarray(0, -1024);
		const archive = smallArchive({
			'1/layer.tar': cut,
			'config.json': configOf([cut, smallImage['2/layer.tar']]),
		});
		t.assert.deepEqual((await tell(t, archive)).remarks, [
			'warning: layer 1: The tar has no mark at its end: it may have been cut, and files may be missing.',
		]);
	});

	test('paths that lead out, links that lead nowhere, parents that are no directories', async (t) => {
		const archive = imageOf(
			[directory('usr/lib'), symlink('lib', 'usr/lib'), file('../../etc/shadow', 'x')],
			[file('lib/new', 'x'), hardLink('lost', 'gone'), hardLink('lost too', '../etc')],
		);
		t.assert.deepEqual((await tell(t, archive)).remarks, [
			'warning: layer 1: An entry has a ".." in its path; it is left out. (../../etc/shadow)',
			'warning: layer 2: An entry is below a path that a lower layer made a link or a file: the path becomes a directory, which usually breaks the image. (lib)',
			'warning: layer 2: A hard link leads to nothing; it is treated as an empty file. (lost, and 1 more)',
		]);
	});
});

describe('names', () => {
	const evil = '\u001b[2J\u0007\u202eevil\nname\u009b31m\r\u200b';
	const shown = '\\x1B[2J\\x07\\u{202E}evil\\x0Aname\\x9B31m\\x0D\\u{200B}';

	test('of a hundred thousand bytes are read, and cut where they are shown', async (t) => {
		const name = 'n'.repeat(100_000);
		const { verdict, summary, json: report } = await tell(t, imageOf([file(name, 'x')], [file(name, 'y')]));
		t.assert.equal(verdict, 0);
		t.assert.deepEqual(
			summary.split('\n').filter((line) => line.length > 1200),
			[],
		);
		t.assert.deepEqual(
			parseReport(report).wastedPaths.map(({ path }) => path.length),
			[100_000],
		);
	});

	test('of twenty thousand components are read', async (t) => {
		const deep = `${'d/'.repeat(20_000)}f`;
		const { verdict, json: report } = await tell(
			t,
			imageOf([file(deep, 'x')], [file(deep, 'yy')], [whiteout('d')], [file(deep, 'z'), opaque('d/d')]),
		);
		t.assert.equal(verdict, 0);
		const { totals, finalFileSystem } = parseReport(report);
		t.assert.deepEqual([totals.totalBytes, totals.wastedBytes], [4, 3]);
		t.assert.deepEqual([finalFileSystem.files, finalFileSystem.directories], [1, 20_000]);
	});

	test('with control characters and escape sequences are shown escaped, wherever they stand', async (t) => {
		const layers = [
			layerTar([directory('d/'), file(`d/${evil}`, 'x'.repeat(5000)), symlink(`link${evil}`, evil)]),
			layerTar([
				file(`d/${evil}`, 'y'.repeat(5000)),
				file(`../${evil}`),
				file(Buffer.from([0x61, 0xff, 0x1b]), 'y'),
			]),
		];
		const config = {
			...JSON.parse(Buffer.from(configOf(layers)).toString()),
			os: evil,
			author: evil,
			history: [{ created_by: `RUN ${evil}`, comment: evil }, { created_by: evil }],
			config: { Env: [`A=${evil}`], Labels: { [evil]: evil }, Entrypoint: [evil], User: evil },
		};
		const {
			verdict,
			remarks,
			summary,
			json: report,
		} = await tell(
			t,
			archiveOfFiles({
				'1/layer.tar': layers[0],
				'2/layer.tar': layers[1],
				'config.json': json(config),
				'manifest.json': json([
					{ Config: 'config.json', RepoTags: [`app:${evil}`], Layers: ['1/layer.tar', '2/layer.tar'] },
				]),
			}),
			'odd\u001b[2J.tar',
		);
		t.assert.equal(verdict, 0);
		t.assert.equal(summary.split('\n')[0], `app:${shown}`);
		t.assert.deepEqual(remarks, [
			`warning: layer 2: An entry has a ".." in its path; it is left out. (../${shown})`,
			`notice: Opened app:${shown} (${shown}/amd64); there is none for this machine's platform, ${formatPlatform(hostPlatform())}.`,
		]);
		t.assert.doesNotMatch(report, rawControls);
		const { image, wastedPaths } = parseReport(report);
		t.assert.deepEqual(image.names, [`app:${evil}`]);
		t.assert.deepEqual(
			wastedPaths.map(({ path }) => path),
			[`d/${evil}`],
		);
	});

	test('that the user gives are escaped as well', async (t) => {
		const folder = await temporaryFolder(t);
		await writeFile(join(folder, 'image.tar'), smallArchive());
		for (const args of [
			['ci', evil],
			['ci', 'image.tar', '--image', evil],
			['ci', 'image.tar', '--platform', `linux/${evil}`],
			['ci', 'image.tar', '--json', `gone/${evil}`],
			['ci', 'image.tar', `--${evil}`],
		]) {
			const { status, stdout, stderr } = await runProgram(args, { folder });
			t.assert.deepEqual([status, stdout], [2, '']);
			t.assert.match(stderr, /\\x1B\[2/);
			t.assert.match(stderr, /^fathom: [^\n]+\n(?:try: [^\n]+\n)?$/);
			t.assert.doesNotMatch(stderr, rawControls);
		}
	});
});
