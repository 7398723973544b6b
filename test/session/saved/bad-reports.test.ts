import { describe, test } from 'node:test';
import { FathomError } from '../../../source/errors.ts';
import type { JsonReport } from '../../../source/report/json/schema.ts';
import { file, hardLink } from '../../support/archives/tar-entry.ts';
import { loadLayers } from '../../support/load-layers.ts';
import { jsonTextOf } from '../../support/report.ts';
import { openReport } from '../../support/saved-report.ts';

type Report = { -readonly [Key in keyof JsonReport]: JsonReport[Key] };

async function reportText(): Promise<string> {
	return jsonTextOf(await loadLayers([[file('d/a', 'x'), hardLink('d/b', 'd/a')], [file('d/a', 'y')]]));
}

async function changed(change: (report: Report) => unknown): Promise<string> {
	const report: Report = JSON.parse(await reportText());
	change(report);
	return JSON.stringify(report);
}

/** What is said of a report that cannot be read: `CODE: MESSAGE`. */
async function saidOf(text: string): Promise<string> {
	try {
		await openReport(text);
	} catch (error) {
		if (error instanceof FathomError) return `${error.code}: ${error.message}`;
		throw error;
	}
	return 'nothing';
}

const wrong = (member: string) =>
	`corrupt: old.json: ${member} is missing, or is not what a report of fathom has there.`;

describe('a report that cannot be read', () => {
	test('names the member that is wrong', async (t) => {
		const said = async (change: (report: Report) => unknown) => saidOf(await changed(change));
		const at = (report: Report) => report.layers[0].changes[0];
		t.assert.equal(
			await said((report) => Object.assign(at(report), { mode: '9' })),
			wrong('layers[0].changes[0].mode'),
		);
		t.assert.equal(
			await said((report) => Object.assign(at(report), { uid: -1 })),
			wrong('layers[0].changes[0].uid'),
		);
		t.assert.equal(
			await said((report) => Object.assign(at(report), { sizeBytes: 1e300 })),
			wrong('layers[0].changes[0].sizeBytes'),
		);
		for (const layers of [3, null, {}, { a: {} }])
			t.assert.equal(await said((report) => Object.assign(report, { layers })), wrong('layers'));
		for (const layers of [[3], [[]], [null]])
			t.assert.match(
				await said((report) => Object.assign(report, { layers })),
				/^corrupt: old\.json: layers\[0\]/,
			);
		for (const superseded of [3, null, { a: 1 }])
			t.assert.equal(
				await said((report) => Object.assign(report.layers[1], { superseded })),
				wrong('layers[1].superseded'),
			);
		t.assert.equal(await said((report) => Object.assign(report, { efficiency: 2 })), wrong('efficiency'));
		t.assert.equal(
			await said((report) => Object.assign(report.layers[1], { diffIdMatches: 'yes' })),
			wrong('layers[1].diffIdMatches'),
		);
		t.assert.equal(
			await said((report) => Object.assign(report.image.config, { env: [1] })),
			wrong('image.config.env[0]'),
		);
		t.assert.equal(
			await said((report) => Object.assign(report, { schemaVersion: '1' })),
			wrong('schemaVersion'),
		);
		t.assert.equal(
			await said((report) => Object.assign(report.layers[0], { changes: [7] })),
			wrong('layers[0].changes[0]'),
		);
	});

	test('has paths that lead out of the image, or are none', async (t) => {
		for (const path of ['../a', 'a/../b', '/a', 'a/', 'a//b', './a', '.', '', 'a\0b', 'a/..']) {
			const text = await changed((report) => Object.assign(report.layers[0].changes[0], { path }));
			t.assert.equal(await saidOf(text), wrong('layers[0].changes[0].path'), path);
		}
	});

	test('has a hard link to what is not there', async (t) => {
		const link = (linked: object) =>
			changed((report) =>
				Object.assign(report.layers[0].changes.find(({ type }) => type === 'hard-link') ?? {}, { linked }),
			);
		const said =
			'corrupt: old.json: the hard link d/b in layers[0] is linked to a file that the report does not list.';
		const good = { layerIndex: 0, path: 'd/a', sizeBytes: 1 };
		t.assert.equal(await saidOf(await link(good)), 'nothing');
		for (const bad of [
			{ path: 'd/c' },
			{ path: 'd' },
			{ path: 'd/b' },
			{ layerIndex: 1 },
			{ layerIndex: 1e9 },
			{ sizeBytes: 2 },
			{ superseded: 0 },
			{ superseded: 1e12 },
		])
			t.assert.equal(await saidOf(await link({ ...good, ...bad })), said, JSON.stringify(bad));
	});

	test('lists a path twice, or one below what is no directory', async (t) => {
		const said = async (change: (changes: Report['layers'][number]['changes'], report: Report) => unknown) =>
			saidOf(await changed((report) => change(report.layers[0].changes, report)));
		const at = (changes: Report['layers'][number]['changes'], path: string) =>
			changes.find((row) => row.path === path) ?? changes[0];
		const twice = (path: string, layer = 0) =>
			`corrupt: old.json: ${path} is listed twice in layers[${layer}].`;
		t.assert.equal(await said((changes) => changes.push(at(changes, 'd/a'))), twice('d/a'));
		t.assert.equal(await said((changes) => Object.assign(at(changes, 'd/b'), { path: 'd/a' })), twice('d/a'));
		t.assert.equal(
			await said((changes, { layers }) => layers[1].changes.push(...layers[1].changes, at(changes, 'd/b'))),
			twice('d/a', 1),
		);
		const below = (layer: number) =>
			`corrupt: old.json: d/a/x/y in layers[${layer}] is below d/a, which is no directory.`;
		const child = (changes: Report['layers'][number]['changes']) => ({
			...at(changes, 'd/a'),
			path: 'd/a/x/y',
		});
		t.assert.equal(await said((changes) => changes.push(child(changes))), below(0));
		t.assert.equal(await said((changes, { layers }) => layers[1].changes.push(child(changes))), below(1));
	});

	test('was written by a newer fathom', async (t) => {
		const text = await changed((report) => Object.assign(report, { schemaVersion: 2, layers: 'elsewhere' }));
		t.assert.equal(await saidOf(text), 'unsupported: old.json was written by a newer fathom (schema 2).');
	});

	test('is another document', async (t) => {
		const other = (what: string) => `not-an-image: old.json is JSON, but not a report of fathom${what}.`;
		t.assert.equal(await saidOf('{}'), other(''));
		t.assert.equal(await saidOf('{"generator": {"name": "other"}, "schemaVersion": 9}'), other(''));
		t.assert.equal(
			await saidOf('{"schemaVersion": 2, "config": {}, "layers": [{"digest": "x"}]}'),
			other(': it looks like the manifest of an image'),
		);
		t.assert.equal(
			await saidOf('{"schemaVersion": 2, "manifests": []}'),
			other(': it looks like an image index'),
		);
		t.assert.equal(
			await saidOf('{"rootfs": {"diff_ids": []}}'),
			other(': it looks like the config of an image'),
		);
	});

	test('is cut short anywhere, or is no JSON', async (t) => {
		const text = await reportText();
		for (let length = 100; length < text.length - 2; length += 61)
			t.assert.match(await saidOf(text.slice(0, length)), /^(?:truncated|corrupt): old\.json/);
		t.assert.match(
			await saidOf(text.slice(0, -10)),
			/^truncated: old\.json: the file ends before the report does/,
		);
		t.assert.equal(
			await saidOf(text.replace('"changes": [', '"changes": [}')),
			'corrupt: old.json is not valid JSON, at layers[0].changes[0].',
		);
	});

	test('holds more than the limits allow', async (t) => {
		const limits = { paths: 3, pathBytes: 1000 };
		await t.assert.rejects(openReport(await reportText(), limits), {
			code: 'too-large',
			message: /more than 3 paths, the limit that max-paths sets/,
		});
		const few = { paths: 1000, pathBytes: 5 };
		await t.assert.rejects(openReport(await reportText(), few), {
			code: 'too-large',
			message: /max-path-bytes/,
		});
	});

	test('has a value that is too long to be parsed at once', async (t) => {
		const text = await changed((report) =>
			Object.assign(report.image, { author: 'x'.repeat(5 * 1024 * 1024) }),
		);
		t.assert.equal(
			await saidOf(text),
			'too-large: old.json: image is longer than 4 MiB, the most that fathom reads of one value.',
		);
	});
});

describe('a report that can be read', () => {
	test('may have members of a newer fathom, and any layout', async (t) => {
		const text = await changed((report) => {
			Object.assign(report, { findings: [{ a: 1 }], zzz: null });
			Object.assign(report.layers[0], { packages: [1, 2] });
			Object.assign(report.layers[0].changes[0], { entropy: 7 });
		});
		t.assert.equal(await saidOf(text), 'nothing');
		t.assert.equal(await saidOf(JSON.stringify(JSON.parse(text), null, '\t')), 'nothing');
	});

	test('has findings that can be compared, or none', async (t) => {
		t.assert.equal((await openReport(await reportText())).findings, null);
		const row = {
			code: 'of-a-newer-fathom',
			level: 'waste',
			bytes: 5,
			shippedIn: null,
			wastedIn: 999,
			places: [{ path: 'a', files: 1, bytes: 5 }],
		};
		const text = await changed((report) =>
			Object.assign(report, { findings: { withContents: true, notReadInLayers: [], zzz: 1, list: [row] } }),
		);
		t.assert.deepEqual((await openReport(text)).findings, {
			withContents: true,
			list: [
				{
					code: 'of-a-newer-fathom',
					level: 'waste',
					bytes: 5,
					shippedBy: null,
					wastedBy: null,
					shippedIn: null,
					layerIndex: 999,
					paths: ['a'],
				},
			],
		});
		for (const bad of [{ ...row, level: 'bad' }, { ...row, bytes: -1 }, { ...row, places: 1 }, 7, null]) {
			const damaged = await changed((report) =>
				Object.assign(report, { findings: { withContents: true, notReadInLayers: [], list: [bad] } }),
			);
			t.assert.match(await saidOf(damaged), /^corrupt: old\.json/);
		}
	});

	test('may have its members in any order', async (t) => {
		const sorted = (value: unknown): unknown => {
			if (Array.isArray(value)) return value.map(sorted);
			if (value === null || typeof value !== 'object') return value;
			return Object.fromEntries(
				Object.entries(value)
					.sort(([left], [right]) => (left < right ? -1 : 1))
					.map(([key, member]) => [key, sorted(member)]),
			);
		};
		const text = await reportText();
		const [plain, other] = [
			await openReport(text),
			await openReport(JSON.stringify(sorted(JSON.parse(text)))),
		];
		t.assert.deepEqual(other.image, plain.image);
		t.assert.deepEqual(other.tree, plain.tree);
	});
});
