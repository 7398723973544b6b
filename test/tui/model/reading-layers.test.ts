import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { openImage } from '../../../source/session/open-image.ts';
import { nothingKnown } from '../../../source/tui/model/image-details.ts';
import type { OpenedImage } from '../../../source/tui/model/opened-image.ts';
import { initialState, withProgress, withSubject } from '../../../source/tui/model/shown/show-subject.ts';
import { directory, file } from '../../support/archives/tar-entry.ts';
import { dockerArchive } from '../../support/archives/write-archive.ts';
import { opened, scenarioOf } from '../support/scenario.ts';

const size = { columns: 120, rows: 40 };
/** Enough bytes above the lowest layer for it to be shown first. */
const long = new Uint8Array(65 * 1024 * 1024);
const layers = [
	[directory('etc'), file('etc/hosts', 'localhost'), directory('usr'), file('usr/tool', 'xx')],
	[directory('app'), file('app/data', long), file('etc/passwd', 'root')],
	[file('etc/hosts', 'localhost, again')],
];

async function openTwice(archive: Uint8Array): Promise<{ preview: OpenedImage | null; whole: OpenedImage }> {
	const folder = await mkdtemp(join(tmpdir(), 'fathom-test-'));
	try {
		const path = join(folder, 'image.tar');
		await writeFile(path, archive);
		let preview: OpenedImage | null = null;
		for await (const stage of openImage(
			{ reference: path },
			{
				watched: { firstLayer: 0, isForgiving: true },
			},
		).stages) {
			if (stage.kind === 'complete') return { preview, whole: opened('image.tar', stage.session) };
			if (stage.kind !== 'reading' || stage.shown === null || preview !== null) continue;
			// On a busy machine the image is shown before its lowest layer is read.
			if (stage.layers[0]?.kind !== 'read') continue;
			const { image, tree, figures } = stage.shown;
			const reading = { kind: 'reading', layers: stage.layers, progress: null } as const;
			preview = {
				kind: 'image',
				...image,
				reference: 'image.tar',
				isContainer: false,
				tree,
				figures,
				stage: reading,
				instructions: [],
				details: nothingKnown,
			};
		}
		throw new Error('The stages ended before the last one.');
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

describe('the explorer while layers are being read', () => {
	let reading: OpenedImage;
	let whole: OpenedImage;
	/** The lowest layer alone. */
	let lower: OpenedImage;

	before(async () => {
		const { preview, ...rest } = await openTwice(dockerArchive([{ layers }]));
		assert.ok(preview);
		reading = preview;
		whole = rest.whole;
		lower = (await openTwice(dockerArchive([{ layers: layers.slice(0, 1) }]))).whole;
	});

	test('shows the files of the lowest layer', () => {
		const explorer = scenarioOf(initialState(reading, size)).press('s', 'tab', 'enter');
		assert.deepEqual(explorer.tree(), ['❯A ▾ etc', ' A     hosts', ' A ▸ usr']);
		assert.match(explorer.title(), /layer 1 .* 4 changes/);
	});

	test('calls the columns of layers by what is known of them', () => {
		assert.match(scenarioOf(initialState(reading, size)).left().join('\n'), / bytes +read /);
		assert.match(scenarioOf(initialState(whole, size)).left().join('\n'), / ships +wastes /);
	});

	test('says that a filter finds nothing in the layers that are read so far', () => {
		const filtered = scenarioOf(initialState(reading, size))
			.press('enter', '/')
			.type('nowhere')
			.press('enter');
		assert.match(filtered.screen().join('\n'), /No layer read so far has a matching path\./);
	});

	test('says of the other layers that they are still to be read, and claims no figure of the image', () => {
		const explorer = scenarioOf(initialState(reading, size)).press('j');
		assert.match(explorer.title(), /layer 2 .* not read yet/);
		assert.ok(explorer.left().some((row) => row.includes('This layer has not been read yet.')));
		assert.deepEqual(
			explorer.left().filter((row) => /efficiency|wasted/.test(row)),
			[],
		);
	});

	for (const [what, { bytesDone, bytesTotal, seconds, said }] of Object.entries({
		'how far it is': { bytesDone: 30, bytesTotal: 120, seconds: 3, said: ' reading 25 % ' },
		'how much has come, where that is all that is known': {
			...{ bytesDone: 30_000, bytesTotal: null, seconds: 3 },
			said: ' reading 30 kB ',
		},
		'that nothing has come': {
			...{ bytesDone: 0, bytesTotal: 120, seconds: 1 },
			said: ' waiting for the first bytes ',
		},
		'how long nothing has come': {
			...{ bytesDone: 0, bytesTotal: null, seconds: 12.3 },
			said: ' waiting for the first bytes · 12 s ',
		},
	}))
		test(`says of reading ${what}`, () => {
			const progress = { phase: 'layers', layersDone: 1, layersTotal: 3, bytesDone, bytesTotal } as const;
			const explorer = scenarioOf(withProgress(initialState(reading, size), progress, seconds));
			assert.ok(explorer.screen()[1].includes(said), explorer.screen()[1]);
		});

	test('says it in a narrow terminal too', () => {
		const progress = { phase: 'layers', layersDone: 0, layersTotal: 3, bytesDone: 0, bytesTotal: 1 } as const;
		const state = initialState(reading, { columns: 60, rows: 15 });
		assert.match(scenarioOf(withProgress(state, progress, 12)).screen()[1], / waiting · 12 s .* 3 layers/);
	});

	test('stays inside the image where that turns out to have fewer layers than were told', () => {
		const before = scenarioOf(initialState(reading, size)).press('j', 'j', 'b');
		const after = scenarioOf(withSubject(before.state, lower));
		assert.match(after.title(), /layer 1 /);
	});

	test('leaves the user where they are when the other layers come', () => {
		const before = scenarioOf(initialState(reading, size)).press('s', 'tab', 'j', 'enter', 'j');
		assert.equal(before.footer()[0].trim().split('  ')[0], '/usr/tool');
		const after = scenarioOf(withSubject(before.state, whole));
		assert.equal(after.footer()[0].trim().split('  ')[0], '/usr/tool');
		assert.deepEqual(after.tree(), [' A ▸ etc', ' A ▾ usr', '❯A     tool']);
		assert.ok(after.left().some((row) => /efficiency/.test(row)));
	});

	test('keeps a filter that is on', () => {
		const before = scenarioOf(initialState(reading, size)).press('/').type('etc').press('enter');
		const after = scenarioOf(withSubject(before.state, whole)).press('shift-tab', 's', 'c', 'j');
		assert.match(after.title(), /layer 2 .* filter etc/);
		assert.deepEqual(after.tree(), ['›· ▾ etc', '       hosts', ' A     passwd']);
	});
});
