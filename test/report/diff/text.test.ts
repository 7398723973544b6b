import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';
import { findDifferences } from '../../../source/diff/listing/file-differences.ts';
import { UNKNOWN_CONTENT } from '../../../source/diff/merge/content-pairs.ts';
import { finish } from '../../../source/steps.ts';
import { device, file, hardLink } from '../../support/archives/tar-entry.ts';
import { type ComparedImages, compareArchived } from '../../support/pair/compare-archived.ts';
import { textDifferenceOf } from '../../support/pair/difference-reports.ts';
import { namedImages } from '../../support/pair/named-images.ts';
import { newBuild, oldBuild } from '../../support/pair/two-builds.ts';

const snapshotPath = (name: string) =>
	fileURLToPath(new URL(`../../../snapshots/report/difference-${name}.txt`, import.meta.url));

describe('the text of a difference', () => {
	let compared: ComparedImages;
	before(async () => {
		compared = namedImages(await compareArchived(oldBuild, newBuild), ['app:1.0', 'app:1.1']);
	});

	for (const [name, width] of [
		['80', 80],
		['120', 120],
		['pipe', null],
	] as const) {
		test(`of two builds at ${width ?? 'any number of'} columns`, async (t) => {
			const text = await textDifferenceOf(compared, { width });
			t.assert.fileSnapshot(text, snapshotPath(name), { serializers: [String] });
			const limit = width ?? Number.POSITIVE_INFINITY;
			t.assert.deepEqual(
				text.split('\n').filter((line) => stringWidth(line) > limit),
				[],
			);
		});
	}

	test('gives layers in a row that both have one line, and each its own where all is asked for', async (t) => {
		const shared = ['a', 'b'].map((name) => [file(name, 'x')]);
		const history = ['RUN a', 'RUN b', 'RUN c'].map((created_by) => ({ created_by }));
		const imageWith = (text: string) => ({ layers: [...shared, [file('c', text)]], config: { history } });
		const two = await compareArchived(imageWith('1'), imageWith('2'));
		const [some, all] = [await textDifferenceOf(two), await textDifferenceOf(two, { isFull: true })];
		t.assert.match(some, /^ {2}1-2 +1-2 +4\.1 kB +shared$/m);
		t.assert.match(all, /^ {4}1 +1 +2\.05 kB +shared +RUN a\n {4}2 +2 +2\.05 kB +shared +RUN b$/m);
	});

	test('lists all paths where it is asked to', async (t) => {
		const many = (size: number) =>
			Array.from({ length: 700 }, (_, index) => file(`f${index}`, 'x'.repeat(size + index)));
		const two = await compareArchived({ layers: [many(1)] }, { layers: [many(2)] });
		const [some, all] = [await textDifferenceOf(two), await textDifferenceOf(two, { isFull: true })];
		t.assert.equal(some.match(/^ {2}M /gm)?.length, 20);
		t.assert.match(some, /\n {2}and 680 more; --full lists all of them\n$/);
		t.assert.equal(all.match(/^ {2}M /gm)?.length, 700);
		t.assert.doesNotMatch(all, / more; /);
		t.assert.deepEqual(
			all
				.split('\n')
				.filter((line) => line.startsWith('  M'))
				.slice(0, 20),
			some.split('\n').filter((line) => line.startsWith('  M')),
		);
	});

	test('says of a hard link, which carries no bytes, where it leads', async (t) => {
		const bytes = 'x'.repeat(1000);
		const two = await compareArchived(
			{
				layers: [
					[file('bin/a', 'old'), file('bin/b', 'old'), hardLink('bin/c', 'bin/a'), file('bin/d', 'd')],
				],
			},
			{
				layers: [
					[file('bin/a', bytes), hardLink('bin/b', 'bin/a'), file('bin/c', 'new'), file('bin/d', 'e')],
				],
			},
		);
		const text = await textDifferenceOf(two);
		t.assert.deepEqual(text.match(/^ {2}M .*$/gm), [
			'  M      3 B     1 kB    +997 B  /bin/a',
			'  M      3 B      0 B      -3 B  /bin/b  hard link to /bin/a',
			'  M      0 B      3 B      +3 B  /bin/c  was a hard link to /bin/a',
			'  M      1 B      1 B       0 B  /bin/d',
		]);
	});

	test('says which number a device has', async (t) => {
		const image = (minor: number) => ({ layers: [[device('null', 'character-device', [1, minor])]] });
		const text = await textDifferenceOf(await compareArchived(image(3), image(5)));
		t.assert.match(text, / \/null {2}device number 1:3 -> 1:5$/m);
	});

	test('calls a saved report one, wherever the image was found', async (t) => {
		const compared = await compareArchived(oldBuild, oldBuild);
		const [older] = compared.images;
		const image = { ...older.image, sourceKind: 'report', foundIn: 'Docker Engine 29' } as const;
		const saved = Object.assign(Object.create(older), { image });
		const text = await textDifferenceOf({ ...compared, images: [saved, compared.images[1]] });
		t.assert.match(text, /^ {2}old .*saved report, linux/m);
		t.assert.doesNotMatch(text, /Docker Engine/);
	});

	test('of equal images is one plain sentence', async (t) => {
		const text = await textDifferenceOf(await compareArchived(oldBuild, oldBuild));
		t.assert.deepEqual(text.split('\n').slice(3), [
			'The images are equal: the same files, layers and config.',
			'',
		]);
	});

	test('has the parts alone that are asked for', async (t) => {
		const headings = async (...parts: readonly ('files' | 'layers' | 'config' | 'figures')[]) => {
			const text = await textDifferenceOf(compared, { parts: new Set(parts) });
			return text.match(/^[A-Z][a-z]+(?: by cause)?(?= {2}|$)/gm);
		};
		t.assert.deepEqual(await headings('files'), ['Files']);
		t.assert.deepEqual(await headings('config', 'layers'), ['Pull', 'Layers', 'Config']);
		t.assert.deepEqual(await headings('figures'), ['Figures', 'Waste by cause', 'Pull']);
	});

	test('says of which files it is not known whether they are equal', async (t) => {
		const two = await compareArchived(
			{ layers: [[file('a', 'x'), file('b', 'y')]] },
			{ layers: [[file('a', 'x'), file('b', 'y')]] },
		);
		const contents = two.difference.contents.map((_, node) => (node === 0 ? 0 : UNKNOWN_CONTENT));
		const files = finish(findDifferences({ ...two.difference, contents }));
		const text = await textDifferenceOf({ ...two, difference: { ...two.difference, contents, files } });
		t.assert.match(
			text,
			/^ {2}2 files have the same size in both images, and nothing tells whether their contents are equal: equal sizes prove nothing\. A report that fathom report --digests writes tells it\.$/m,
		);
		t.assert.doesNotMatch(text, /The images are equal/);
	});

	test('has the platforms in its first line where only those tell the images apart', async (t) => {
		const two = await compareArchived({ layers: [[]] }, { layers: [[]], architecture: 'arm64' });
		const text = await textDifferenceOf(namedImages(two, ['app', 'app']));
		t.assert.equal(text.split('\n')[0], 'app (linux/amd64) -> app (linux/arm64)');
	});

	test('says of which image a warning is', async (t) => {
		const two = await compareArchived({ layers: [[]] }, { layers: [[file('a/../b')]] });
		t.assert.match(
			await textDifferenceOf(two),
			/\nnew: warning: layer 1: An entry has a "\.\." in its path; it is left out\. \(a\/\.\.\/b\)\n$/,
		);
	});
});
