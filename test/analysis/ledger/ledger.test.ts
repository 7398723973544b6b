import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Ledger } from '../../../source/analysis/ledger/ledger.ts';
import { workOutLedger } from '../../../source/analysis/ledger/work-out-ledger.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { finish } from '../../../source/steps.ts';
import { arbitraryLayers } from '../../support/archives/arbitrary-layers.ts';
import { rawTar } from '../../support/archives/raw-tar.ts';
import { directory, file, hardLink, symlink, whiteout } from '../../support/archives/tar-entry.ts';
import { fromFile, loadLayers, waysOfReading } from '../../support/load-layers.ts';
import { sparseEntry } from '../../support/sparse/sparse-entry.ts';

function ledgerOf({ tree, figures }: ImageSession, isFromRegistry = false): Ledger {
	return finish(workOutLedger({ tree, figures, isFromRegistry }));
}

/** The steps that change something. */
function amountsOf({ rows }: Ledger): Readonly<Record<string, number>> {
	return Object.fromEntries(rows.flatMap(({ step, amount }) => (amount === 0 ? [] : [[step, amount]])));
}

function knownOf({ known }: Ledger): Readonly<Record<string, number | null>> {
	return Object.fromEntries(known.map(({ name, bytes }) => [name, bytes]));
}

function assertAddsUp({ rows }: Ledger, { figures }: ImageSession): void {
	let at = figures.storedBytes;
	for (const { from, amount, to } of rows) {
		assert.equal(from, at);
		assert.equal(from + amount, to);
		at = to;
	}
	assert.equal(at, figures.liveBytes);
	const after = (step: string) => rows.find((row) => row.step === step)?.to;
	assert.equal(after('compression'), figures.unpackedBytes);
	assert.equal(after('holes'), figures.totalBytes);
}

const layers = [
	[
		directory('bin'),
		file('bin/tool', 'x'.repeat(1000)),
		hardLink('bin/again', 'bin/tool'),
		symlink('bin/link', 'tool'),
		file('twice', 'ab'),
		file('twice', 'cd'),
	],
	[file('bin/new', 'y'.repeat(600)), whiteout('twice')],
];

describe('the ledger', () => {
	test('says what headers, padding and end marks take, and each cause of waste', async (t) => {
		const session = await loadLayers(layers);
		const ledger = ledgerOf(session);
		t.assert.deepEqual(amountsOf(ledger), {
			headers: -8 * 512,
			padding: -(24 + 510 + 510 + 424),
			'other-blocks': -(session.figures.unpackedBytes - 8 * 512 - 1024 - 512 - 512 - 1024),
			removed: -2,
			duplicate: -2,
		});
		assertAddsUp(ledger, session);
	});

	test('adds up for any image, in every way of reading', async () => {
		const ways = Object.values(waysOfReading);
		await fc.assert(
			fc.asyncProperty(arbitraryLayers, fc.nat(ways.length - 1), async (image, way) => {
				const session = await ways[way](image);
				assertAddsUp(ledgerOf(session), session);
			}),
		);
	});

	test('adds the holes of sparse files, which the tars do not have', async (t) => {
		const sparse = { name: 'a', fileBytes: 10_000, extents: [{ start: 0, data: Buffer.from('data') }] };
		const session = await fromFile(rawTar([sparseEntry('old-gnu', sparse)]), { asLayer: true });
		const ledger = ledgerOf(session);
		t.assert.equal(amountsOf(ledger).holes, 10_000 - 4);
		t.assert.equal(amountsOf(ledger).padding, -(512 - 4));
		assertAddsUp(ledger, session);
	});

	test('tells apart what hard links save', async (t) => {
		const { hardLinks } = ledgerOf(await loadLayers(layers));
		t.assert.deepEqual(hardLinks, { names: 1, savedBytes: 1000 });
	});

	test('says what each program shows as the size', async (t) => {
		const session = await loadLayers(layers);
		const { figures } = session;
		t.assert.deepEqual(knownOf(ledgerOf(session)), {
			registry: null,
			docker: 1000 + 2 + 600 + 'tool'.length,
			'docker-containerd': figures.storedBytes + 4 * 4096,
			podman: figures.unpackedBytes,
			dive: 1000 + 2 + 600,
		});
		t.assert.equal(knownOf(ledgerOf(session, true)).registry, figures.storedBytes);
		const packed = await waysOfReading['OCI layout folder with gzip layers'](layers);
		t.assert.equal(knownOf(ledgerOf(packed)).registry, packed.figures.storedBytes);
	});
});
