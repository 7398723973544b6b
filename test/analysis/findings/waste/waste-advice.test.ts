import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FoundFinding } from '../../../../source/analysis/findings/finding.ts';
import { findWaste } from '../../../../source/analysis/findings/waste/find-waste.ts';
import { finish } from '../../../../source/steps.ts';
import {
	type Attributes,
	directory,
	file,
	type TarEntry,
	whiteout,
} from '../../../support/archives/tar-entry.ts';
import { dockerArchive } from '../../../support/archives/write-archive.ts';
import { fromFile } from '../../../support/load-layers.ts';

const node = { uid: 1000, gid: 1000 } as const;

interface Built {
	/** An instruction and what its layer has; null for an instruction without a layer. */
	readonly steps: readonly (readonly [recorded: string, entries: readonly TarEntry[] | null])[];
	readonly baseLayers?: number;
	readonly os?: string;
}

/** The lines that an image's waste is to be avoided with. */
async function advised(built: Built): Promise<readonly (string | null)[]> {
	return (await wasteOf(built)).map(({ advice }) => advice.edit?.to ?? null);
}

async function wasteOf({ steps, baseLayers = 0, os = 'linux' }: Built): Promise<readonly FoundFinding[]> {
	const layers = steps.flatMap(([, entries]) => (entries === null ? [] : [entries]));
	const history = steps.map(([created_by, entries]) => ({ created_by, empty_layer: entries === null }));
	const { tree, image, recorded, figures } = await fromFile(
		dockerArchive([{ layers, os, config: { history } }]),
	);
	const base = baseLayers === 0 ? figures.base : ({ origin: 'named', layerCount: baseLayers } as const);
	const described = { description: image.description, recorded };
	return finish(findWaste({ tree, ...described, base, packages: null, executables: null }));
}

function app(attributes: Attributes = {}): readonly TarEntry[] {
	return [
		directory('app', attributes),
		file('app/a.js', 'a'.repeat(900), { ...attributes, mode: attributes.mode ?? 0o644 }),
		file('app/b.js', 'b'.repeat(900), { ...attributes, mode: attributes.mode ?? 0o644 }),
	];
}

const cases: readonly (readonly [title: string, built: Built, lines: readonly (string | null)[]])[] = [
	[
		'the owner by the names that chown has',
		{
			steps: [
				['COPY . /app # buildkit', app()],
				['RUN /bin/sh -c chown -R node:node /app # buildkit', app(node)],
			],
		},
		['COPY --chown=node:node . /app'],
	],
	[
		'the owner by number with --link, which knows no names',
		{
			steps: [
				['COPY --link . /app # buildkit', app()],
				['RUN /bin/sh -c chown -R node:node /app # buildkit', app(node)],
			],
		},
		['COPY --chown=1000:1000 --link . /app'],
	],
	[
		'the owner by the names with --link=false',
		{
			steps: [
				['COPY --link=false . /app', app()],
				['RUN chown -R node:node /app', app(node)],
			],
		},
		['COPY --chown=node:node --link=false . /app'],
	],
	[
		'the owner by number where chown has no names',
		{
			steps: [
				['COPY . /app', app()],
				['RUN chown -R $APP /app', app(node)],
			],
		},
		['COPY --chown=1000:1000 . /app'],
	],
	[
		'the owner by number where the user is made after the copy',
		{
			steps: [
				['COPY . /app', app()],
				['RUN adduser -D node', [file('etc/passwd', 'node')]],
				['RUN chown -R node:node /app', app(node)],
			],
		},
		['COPY --chown=1000:1000 . /app'],
	],
	[
		'no line where a part of the copy has another owner',
		{
			steps: [
				['COPY . /app', app()],
				['RUN chown node:node /app/a.js', app(node).slice(1, 2)],
			],
		},
		[null],
	],
	[
		'the mode where all that is copied gets it',
		{
			steps: [
				['COPY . /app', app()],
				['RUN chmod -R 755 /app', app({ mode: 0o755 })],
			],
		},
		['COPY --chmod=0755 . /app'],
	],
	[
		'no mode that would lock the folders of the copy',
		{
			steps: [
				['COPY . /app', app()],
				['RUN chmod 640 /app/*.js', app({ mode: 0o640 }).slice(1)],
			],
		},
		[null],
	],
	[
		'one RUN in place of two, with what is between left alone',
		{
			steps: [
				['RUN make', app()],
				['CMD ["sh"]', null],
				['RUN chown -R node:node /app', app(node)],
			],
		},
		['RUN make && chown -R node:node /app'],
	],
	[
		'no joined RUN where an instruction between would have to move',
		{
			steps: [
				['RUN make', app()],
				['USER node', null],
				['RUN chown -R node:node /app', app(node)],
			],
		},
		[null],
	],
	[
		'no joined RUN in a shell that joins otherwise',
		{
			steps: [
				['SHELL [pwsh -c]', null],
				['RUN make', app()],
				['RUN chown -R node:node /app', app(node)],
			],
		},
		[null],
	],
	[
		'nothing of the lines of the base',
		{
			steps: [
				['COPY . /app', app()],
				['RUN chown -R node:node /app', app(node)],
			],
			baseLayers: 1,
		},
		[null],
	],
	[
		'nothing for Windows',
		{
			steps: [
				['COPY . /app', app()],
				['RUN chown -R node:node /app', app(node)],
			],
			os: 'windows',
		},
		[null],
	],
	[
		'no line with the digests that the classic builder records',
		{
			steps: [
				['/bin/sh -c #(nop) COPY dir:3f2a9cd1e8 in /app ', app()],
				['/bin/sh -c chown -R node:node /app', app(node)],
			],
		},
		[null],
	],
];

describe('the line that avoids waste', () => {
	for (const [title, built, lines] of cases)
		test(`has ${title}`, async () => {
			assert.deepEqual(await advised(built), lines);
		});

	test("has the author's own text and its line where the Dockerfile is known", async () => {
		const layers = [app(), app(node)];
		const { tree, image, recorded, figures } = await fromFile(dockerArchive([{ layers }]));
		const instructions = [
			{ file: 'Dockerfile', line: 4, text: 'copy --from=build \\\n  /out /app' },
			{ file: 'Dockerfile', line: 7, text: 'RUN chown -R node:node /app' },
		];
		const { base } = figures;
		const input = {
			tree,
			description: image.description,
			recorded,
			base,
			packages: null,
			executables: null,
			instructions,
		};
		const [finding] = finish(findWaste(input));
		assert.equal(
			finding.title,
			'layer 2 (Dockerfile:7) ships what layer 1 (Dockerfile:4) has a second time, with another owner: 1.8 kB',
		);
		assert.equal(finding.advice.edit?.to, 'copy --chown=node:node --from=build \\\n  /out /app');
	});
});

describe('what to do about files that a later layer removes', () => {
	const noEdit = (found: readonly FoundFinding[], code: string) =>
		found.filter((each) => each.code === code).map(({ advice: { text, edit } }) => [text, edit]);

	test('is to copy less, also where a layer in between ships the copy again', async () => {
		const found = await wasteOf({
			steps: [
				['COPY . /app', app()],
				['RUN chown -R node:node /app', app(node)],
				['RUN rm /app/a.js', [whiteout('app/a.js')]],
			],
		});
		const text =
			'Copy less (.dockerignore), or mount it in the RUN that needs it (RUN --mount=type=bind): no later layer can take back what a lower one ships. It comes from layer 1.';
		assert.deepEqual(noEdit(found, 'removed-later'), [[text, null]]);
	});

	test('is to remove them at once where a RUN made them, and another one shipped them again', async () => {
		const found = await advised({
			steps: [
				['RUN make', app()],
				['RUN chown -R node:node /app', app(node)],
				['RUN rm /app/a.js', [whiteout('app/a.js')]],
			],
		});
		assert.deepEqual(found, [
			'RUN make && chown -R node:node /app',
			'RUN chown -R node:node /app && rm /app/a.js',
		]);
	});

	for (const [how, by] of [
		['a file system that was imported', ''],
		['one that the classic builder added', '/bin/sh -c #(nop) ADD file:3f2a9cd1e8 in / '],
	])
		test(`is another base where they come from ${how}`, async () => {
			const found = await wasteOf({
				steps: [
					[by, [file('var/lib/apt/lists/a_Packages', 'a'.repeat(900)), file('old', 'x')]],
					[
						'RUN rm -rf /var/lib/apt/lists/* /old',
						[whiteout('var/lib/apt/lists/a_Packages'), whiteout('old')],
					],
				],
			});
			const text =
				'It comes with the base image: build on one without it. No later layer can take back what a lower one ships.';
			assert.deepEqual(noEdit(found, 'package-cache-removed'), [[text, null]]);
			assert.deepEqual(noEdit(found, 'removed-later'), [[text, null]]);
		});
});
