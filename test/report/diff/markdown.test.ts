import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { file } from '../../support/archives/tar-entry.ts';
import { type ComparedImages, compareArchived } from '../../support/pair/compare-archived.ts';
import { markdownDifferenceOf } from '../../support/pair/difference-reports.ts';
import { namedImages } from '../../support/pair/named-images.ts';
import { newBuild, oldBuild } from '../../support/pair/two-builds.ts';

const snapshot = fileURLToPath(new URL('../../../snapshots/report/difference.md', import.meta.url));
/** What GitHub takes in a comment, less some room for what stands around the report. */
const MOST_BYTES = 60_000;

describe('the markdown of a difference', () => {
	let compared: ComparedImages;
	before(async () => {
		compared = namedImages(await compareArchived(oldBuild, newBuild), ['app:1.0', 'app:1.1']);
	});

	test('of two builds', async (t) => {
		t.assert.fileSnapshot(await markdownDifferenceOf(compared), snapshot, { serializers: [String] });
	});

	test('of equal images is a headline and one sentence', async (t) => {
		const two = namedImages(await compareArchived(oldBuild, oldBuild), ['app:1.0', 'app.tar']);
		t.assert.equal(
			await markdownDifferenceOf(two),
			'### ` app:1.0 ` → ` app.tar `\n\nThe images are equal: the same files, layers and config.\n',
		);
	});

	test('has text of an image in code alone, whatever is in it', async (t) => {
		const hostile = '``````|</details><img src=x>@everyone #1 https://evil.example [x](y)';
		const two = namedImages(
			await compareArchived(
				{ layers: [[]], config: { config: { Labels: { a: hostile } }, history: [{ created_by: 'x' }] } },
				{
					layers: [[file(hostile, 'x'), file('a/../b')]],
					config: { config: { Env: [`${hostile}=${hostile}`] }, history: [{ created_by: hostile }] },
				},
			),
			[hostile, `\`${hostile}`],
		);
		const outside = withoutCode(await markdownDifferenceOf(two));
		t.assert.doesNotMatch(outside, /everyone|evil|img|\[x\]|#1|`/);
		t.assert.equal(outside.match(/<details>/g)?.length, outside.match(/<\/details>/g)?.length);
	});

	test('fits into a comment, and says what it leaves out', async (t) => {
		const name = '文'.repeat(60);
		const many = Array.from({ length: 1500 }, (_, index) => file(`${name}${index}`, 'x'.repeat(index)));
		const labels = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`l${index}`, name]));
		const history = Array.from({ length: 150 }, (_, index) => ({ created_by: `RUN ${name} ${index}` }));
		const layers = [many, ...Array.from({ length: 149 }, () => [])];
		const two = await compareArchived(
			{ layers: [[]] },
			{ layers, config: { config: { Labels: labels }, history } },
		);
		const text = await markdownDifferenceOf(two, { isFull: true });
		const bytes = Buffer.byteLength(text);
		t.assert.equal(bytes <= MOST_BYTES && bytes > MOST_BYTES * 0.9, true, `${bytes} bytes`);
		t.assert.match(text, /^\d+ more lines are left out, because a comment can only be so long\.$/m);
		const [, hidden] = /^([\d,]+) more paths are left out, because a comment/m.exec(text) ?? [];
		const shown = text.match(/^ {2}A /gm)?.length ?? 0;
		t.assert.equal(Number(hidden?.replace(',', '')) + shown, 1500);
		t.assert.equal(text.match(/<details>/g)?.length, text.match(/<\/details>/g)?.length);
	});
});

/** What is left of a markdown document without code spans and fenced blocks (CommonMark 0.31, 4.5 and 6.1). */
function withoutCode(markdown: string): string {
	return markdown
		.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, 'BLOCK')
		.replace(/(?<!`)(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, 'CODE');
}
