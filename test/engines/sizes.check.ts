import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { KnownSize } from '../../source/analysis/ledger/ledger.ts';
import { workOutLedger } from '../../source/analysis/ledger/work-out-ledger.ts';
import { finish } from '../../source/steps.ts';
import { loadImage } from '../support/load-image.ts';
import { imageName, run, writeCheckImage } from './support/engine-image.ts';

describe('the size that an engine shows', () => {
	let folder = '';
	let known: ReadonlyMap<KnownSize, number | null> = new Map();

	before(async () => {
		folder = await mkdtemp(join(tmpdir(), 'fathom-engines-'));
		const archive = await writeCheckImage(folder);
		await run('docker', 'load', '--input', archive);
		await run('podman', '--remote', 'load', '--input', archive);
		const { tree, figures } = await loadImage(archive);
		const ledger = finish(workOutLedger({ tree, figures, isFromRegistry: false }));
		known = new Map(ledger.known.map(({ name, bytes }) => [name, bytes]));
	});
	after(() => rm(folder, { recursive: true, force: true }));

	test('is the one that the ledger has for Docker Engine, and its history adds up to it', async (t) => {
		const size = await run('docker', 'image', 'inspect', '--format', '{{.Size}}', imageName);
		t.assert.equal(Number(size), known.get('docker'));
		const history = await run('docker', 'history', '--human=false', '--format', '{{.Size}}', imageName);
		const steps = history.trim().split('\n').map(Number);
		t.assert.equal(
			steps.reduce((sum, bytes) => sum + bytes, 0),
			known.get('docker'),
		);
	});

	test('is a few kB more than the ledger has for Podman', async () => {
		const size = await run('podman', '--remote', 'image', 'inspect', '--format', '{{.Size}}', imageName);
		const records = Number(size) - (known.get('podman') ?? 0);
		assert.ok(records >= 0 && records < 16_384, `${records} bytes of records`);
	});
});
