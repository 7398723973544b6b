import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';
import { imageTitle } from '../../../source/report/text/figures.ts';
import { plain } from '../../../source/text/paint.ts';
import { directory, file, whiteout } from '../../support/archives/tar-entry.ts';
import { dockerArchive } from '../../support/archives/write-archive.ts';
import { archiveWithoutForeignLayer, foreignUrl } from '../../support/images/foreign-image.ts';
import { loadImage } from '../../support/load-image.ts';
import { fromFile, loadLayers } from '../../support/load-layers.ts';
import { textReportOf, withFacts } from '../../support/report.ts';

const samplePath = fileURLToPath(new URL('../../../sample/image.tar', import.meta.url));

const snapshotPath = (name: string) =>
	fileURLToPath(new URL(`../../../snapshots/report/${name}.txt`, import.meta.url));

describe('the text report', () => {
	for (const [name, width] of [
		['sample-80', 80],
		['sample-200', 200],
		['sample-pipe', null],
	] as const) {
		test(`of the sample image at ${width ?? 'any number of'} columns`, async (t) => {
			const loaded = await loadImage(samplePath, {});
			const text = await textReportOf(withFacts(loaded, { reference: 'image.tar' }), width);
			t.assert.fileSnapshot(text, snapshotPath(name), { serializers: [String] });
		});
	}

	test('of an image that wastes nothing has no section on waste', async (t) => {
		const text = await textReportOf(await loadLayers([[file('a', 'x')]]), 80);
		t.assert.match(text, /efficiency {2,}100\.0 %/);
		t.assert.doesNotMatch(text, /Waste by|Most wasteful/);
	});

	test('says where an image that is not a file was found, and so does the verdict', async (t) => {
		const loaded = await fromFile(dockerArchive([{ names: ['app:1'], layers: [[]] }]));
		const foundIn = 'Docker Engine 29.0.1 at unix:///run/docker.sock';
		const found = withFacts(loaded, { reference: 'docker:app:1', sourceKind: 'docker-engine', foundIn });
		t.assert.deepEqual((await textReportOf(found, null)).split('\n').slice(0, 3), [
			'app:1',
			'  read from  docker:app:1',
			`  found in   ${foundIn}`,
		]);
		t.assert.equal(imageTitle(found, { paint: plain }), `app:1 (docker:app:1, ${foundIn})`);
		const named = withFacts(loaded, { reference: 'app:1', foundIn });
		t.assert.equal(imageTitle(named, { paint: plain }), `app:1 (${foundIn})`);
	});

	test('of an image whose layer is kept elsewhere says what the figures are without', async (t) => {
		const loaded = await fromFile(archiveWithoutForeignLayer());
		const lines = (await textReportOf(loaded, null)).split('\n');
		t.assert.equal(
			lines.find((line) => line.startsWith('Figures')),
			'Figures without layer 1',
		);
		t.assert.equal(
			lines.find((line) => line.startsWith('  layer')),
			`  layer 1 is not here: 123 B at ${foreignUrl}`,
		);
		t.assert.match(lines.find((line) => line.startsWith('  1 ')) ?? '', /^ {2}1 +not here( +-){5} +step 1$/);
		t.assert.match(imageTitle(loaded, { paint: plain }), / without layer 1$/);
	});

	test('of an image without layers says so', async (t) => {
		t.assert.match(await textReportOf(await loadLayers([]), 80), /^Layers\n {2}none$/m);
	});

	test('shows the instruction as its author wrote it', async (t) => {
		const history = [{ created_by: 'RUN /bin/sh -c apt-get update   &&\n\tapt-get clean # buildkit' }];
		const text = await textReportOf(
			await fromFile(dockerArchive([{ layers: [[]], config: { history } }])),
			120,
		);
		t.assert.match(text, /RUN apt-get update && apt-get clean$/m);
	});

	test('lists warnings with their layer and notices at the end', async (t) => {
		const text = await textReportOf(await loadLayers([[file('a/../b'), file('c/../d')]]), 80);
		t.assert.equal(
			text.split('\n').at(-2),
			'warning: layer 1: An entry has a ".." in its path; it is left out. (a/../b, and 1 more)',
		);
	});
});

describe('hostile text in the text report', () => {
	const hostile = '\u001b]0;owned\u0007\u009b31m\u202e\r\n';

	test('is shown escaped, wherever it comes from', async (t) => {
		const layers = [[directory(`${hostile}/`), file(`${hostile}/f`, 'xx')], [whiteout(hostile)]];
		const image = {
			names: [`app:${hostile}`],
			architecture: hostile,
			layers,
			config: { created: hostile, history: [{ created_by: hostile }, { comment: hostile }] },
		};
		const text = await textReportOf(await fromFile(dockerArchive([image])), 200);
		t.assert.doesNotMatch(text, /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u);
		t.assert.match(text, /^app:\\x1B\]0;owned\\x07/);
		t.assert.match(text, /removed {2}\/\\x1B\]0;owned\\x07.*\/f$/m);
	});

	test('of any length stays within the line of the terminal', async (t) => {
		const long = Array.from({ length: 200 }, () => '文'.repeat(80)).join('/');
		const text = await textReportOf(await loadLayers([[file(long, 'xx')], [whiteout(long)]]), 80);
		t.assert.deepEqual(
			text.split('\n').filter((line) => stringWidth(line) > 80),
			[],
		);
		const unbounded = await textReportOf(await loadLayers([[file(long, 'xx')], [whiteout(long)]]), null);
		t.assert.equal(Math.max(...unbounded.split('\n').map((line) => stringWidth(line))) < 1100, true);
	});
});
