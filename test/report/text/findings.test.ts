import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findingSection } from '../../../source/report/text/contents/findings.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { plain } from '../../../source/text/paint.ts';
import { file, whiteout } from '../../support/archives/tar-entry.ts';
import { loadImage } from '../../support/load-image.ts';
import { loadLayers } from '../../support/load-layers.ts';
import { rawControls } from '../../support/raw-controls.ts';

const path = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url));

async function sectionOf(session: ImageSession, width: number | null): Promise<string> {
	const { image, tree, figures, details } = session;
	const found = await details.findings({ withContents: true });
	const reported = { ...found, description: image.description, tree, figures };
	return `${findingSection(reported, { width, paint: plain }).join('\n')}\n`;
}

describe('the findings in the text report', () => {
	for (const [name, width] of [
		['findings-80', 80],
		['findings-pipe', null],
	] as const)
		test(`of the sample image at ${width ?? 'any number of'} columns`, async (t) => {
			const session = await loadImage(path('sample/image.tar'));
			t.assert.fileSnapshot(await sectionOf(session, width), path(`snapshots/report/${name}.txt`), {
				serializers: [String],
			});
		});

	test('say that nothing is to be done', async (t) => {
		await loadLayers([[file('a', 'x')]], async (session) => {
			t.assert.equal(await sectionOf(session, 80), 'Findings\n  Nothing is to be done.\n');
		});
	});

	test('are safe to print, whatever names and instructions hold', async (t) => {
		const name = 'etc/\u001b[2J/a\nb';
		await loadLayers([[file(name, 'x')], [whiteout(name)]], async ({ image, tree, figures, details }) => {
			const found = await details.findings({ withContents: true });
			const hostile = 'RUN a \u001b]0;x\u0007\n\u202e';
			const layers = image.description.layers.map((layer) => ({ ...layer, instruction: hostile }));
			const findings = found.findings.map((finding) => ({
				...finding,
				advice: { text: hostile, edit: { from: hostile, to: hostile } },
			}));
			for (const acceptedBecause of [null, hostile]) {
				const listed = findings.map((finding) => ({ ...finding, acceptedBecause }));
				const reported = { ...found, findings: listed, description: { layers }, tree, figures };
				const lines = findingSection(reported, { width: 80, paint: plain });
				t.assert.match(lines.join('\n'), /removed-later {2}saves 1 B/);
				t.assert.doesNotMatch(lines.join('\n'), rawControls);
			}
		});
	});

	test('hide no risk, however many save more', async (t) => {
		await loadLayers([[file('a', 'x')], [whiteout('a')]], async ({ image, tree, figures, details }) => {
			const found = await details.findings({ withContents: true });
			const [waste] = found.findings;
			const risk = { ...waste, code: 'world-writable', level: 'risk', savedBytes: 0 } as const;
			const findings = [...Array.from({ length: 25 }, () => waste), risk];
			const reported = { ...found, findings, description: image.description, tree, figures };
			const text = findingSection(reported, { width: 80, paint: plain }).join('\n');
			t.assert.match(text, /^ {2}risk {2}world-writable$/m);
			t.assert.match(text, /^ {2}and 5 more; the JSON report lists all of them$/m);
		});
	});

	test('that need no contents are there where contents cannot be read', async (t) => {
		// Its archive is gone by now.
		const session = await loadLayers([[file('a', 'x')], [whiteout('a')]]);
		const text = await sectionOf(session, 80);
		t.assert.match(text, /removed-later {2}saves 1 B/);
		t.assert.match(text, /The contents of layers 1 and 2 were not read/);
		t.assert.deepEqual(await session.details.warnings(['packages']), []);
	});
});
