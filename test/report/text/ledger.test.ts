import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { workOutLedger } from '../../../source/analysis/ledger/work-out-ledger.ts';
import { knownSizesText, ledgerText } from '../../../source/report/text/contents/ledger.ts';
import { finish } from '../../../source/steps.ts';
import { plain } from '../../../source/text/paint.ts';
import { loadImage } from '../../support/load-image.ts';

const path = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url));

describe('the ledger in the text report', () => {
	for (const [name, width] of [
		['ledger-80', 80],
		['ledger-pipe', null],
	] as const) {
		test(`of the sample image at ${width ?? 'any number of'} columns`, async (t) => {
			const { tree, figures } = await loadImage(path('sample/image.tar'));
			const ledger = finish(workOutLedger({ tree, figures, isFromRegistry: false }));
			const layout = { width, paint: plain };
			const lines = [...ledgerText(ledger, layout), '', ...knownSizesText(ledger, layout), ''];
			t.assert.fileSnapshot(lines.join('\n'), path(`snapshots/report/${name}.txt`), {
				serializers: [String],
			});
		});
	}
});
