import { once } from 'node:events';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../../source/errors.ts';
import { escapeForTerminal } from '../../source/text/escape.ts';
import { type Outcome, runProgram } from '../cli/run-program.ts';
import { fromStream } from '../support/load-layers.ts';
import { rawControls } from '../support/raw-controls.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import {
	type BadArchives,
	badDocuments,
	cutArchives,
	damagedArchives,
	hostileArchives,
	lyingArchives,
	noImages,
} from './bad-archives.ts';

/** Something bad, as it is named on the command line, and how it comes into the folder where the program runs. */
interface BadInput {
	readonly reference: string;
	prepare(t: TestContext, folder: string): unknown;
}

const references: Readonly<Record<string, BadInput>> = {
	'no such file': { reference: 'gone.tar', prepare: () => {} },
	'a file in a file': {
		reference: 'file/image.tar',
		prepare: (_, folder) => writeFile(join(folder, 'file'), ''),
	},
	'a name that is too long for any file': { reference: 'n'.repeat(300), prepare: () => {} },
	'a folder that is no layout': {
		reference: 'folder',
		prepare: (_, folder) => mkdir(join(folder, 'folder')),
	},
	'a layout without an index': {
		reference: 'layout',
		prepare: async (_, folder) => {
			await mkdir(join(folder, 'layout'));
			await writeFile(join(folder, 'layout/oci-layout'), '{"imageLayoutVersion": "1.0.0"}');
		},
	},
	'a circle of symbolic links': {
		reference: 'one.tar',
		prepare: async (_, folder) => {
			await symlink('one.tar', join(folder, 'other.tar'));
			await symlink('other.tar', join(folder, 'one.tar'));
		},
	},
	'a socket': {
		reference: 'socket',
		prepare: (t, folder) => {
			const server = createServer().listen(join(folder, 'socket'));
			t.after(() => server.close());
			return once(server, 'listening');
		},
	},
};

const archives: Readonly<Record<string, BadArchives>> = {
	'what is no image': noImages,
	'what ends early': cutArchives,
	'what is damaged': damagedArchives,
	'what does not hold what it says': lyingArchives,
	'JSON that is none': badDocuments,
	'names that are hostile': hostileArchives,
};

interface Refusal extends Outcome {
	/** Whether the folder has just the files that it had before. */
	readonly leavesNothing: boolean;
}

/** What `fathom report` says of each bad input. Each is run once, by the first test that wants to know. */
const refusals = new Map<BadInput, Promise<Refusal>>();

function refusalOf(t: TestContext, input: BadInput): Promise<Refusal> {
	const refusal = refusals.get(input) ?? refuse(t, input);
	refusals.set(input, refusal);
	return refusal;
}

async function refuse(t: TestContext, { reference, prepare }: BadInput): Promise<Refusal> {
	const folder = await temporaryFolder(t);
	await prepare(t, folder);
	const before = await readdir(folder);
	const args = ['report', reference, '--output', 'report.json', '--json', 'other.json'];
	const outcome = await runProgram(args, { folder });
	return { ...outcome, leavesNothing: `${await readdir(folder)}` === `${before}` };
}

/** What holds for whatever is bad. */
function checkRefusal(t: TestContext, { status, stdout, stderr, leavesNothing }: Refusal): void {
	t.assert.deepEqual({ status, stdout, leavesNothing }, { status: 2, stdout: '', leavesNothing: true });
	t.assert.match(stderr, /^fathom: [^\n]+\.\ntry: [^\n]+\n$/);
	t.assert.doesNotMatch(stderr, /bug/);
	t.assert.doesNotMatch(stderr, rawControls);
}

describe('a reference that cannot be opened', () => {
	for (const [name, input] of Object.entries(references))
		test(name, async (t) => checkRefusal(t, await refusalOf(t, input)));
});

const archiveInputs = Object.entries(archives).map(([group, members]) => ({
	group,
	inputs: Object.entries(members).map(([name, bytes]) => ({ name, bytes, input: archiveInput(name, bytes) })),
}));

function archiveInput(name: string, bytes: Uint8Array): BadInput {
	const reference = `${name.replaceAll(' ', '-')}.tar`;
	return { reference, prepare: (_, folder) => writeFile(join(folder, reference), bytes) };
}

for (const { group, inputs } of archiveInputs) {
	describe(group, () => {
		for (const { name, bytes, input } of inputs) {
			test(name, async (t) => checkRefusal(t, await refusalOf(t, input)));

			test(`${name}: the same words when it comes by standard input`, async (t) => {
				const { stderr } = await refusalOf(t, input);
				const wanted = stderr.split('\n')[0].replace(`fathom: ${input.reference}`, 'standard input');
				const told: unknown = await fromStream(bytes).catch((error: unknown) => error);
				t.assert.equal(escapeForTerminal(messageOf(told)), wanted);
			});
		}
	});
}

test('all of it reads well (snapshots/cli/bad-input.txt)', async (t) => {
	const all = [
		...Object.values(references),
		...archiveInputs.flatMap(({ inputs }) => inputs.map(({ input }) => input)),
	];
	const said: string[] = [];
	for (const input of all) {
		const { stderr, status } = await refusalOf(t, input);
		said.push(`$ fathom report ${input.reference}\n${stderr}exit ${status}\n`);
	}
	const path = fileURLToPath(new URL('../../snapshots/cli/bad-input.txt', import.meta.url));
	t.assert.fileSnapshot(said.join('\n'), path, { serializers: [String] });
});

describe('--verbose', () => {
	test('adds the cause, down to what the decoder said', async (t) => {
		const folder = await temporaryFolder(t);
		await writeFile(join(folder, 'cut.tar.gz'), cutArchives['a gzip that ends early']);
		const brief = await runProgram(['report', 'cut.tar.gz'], { folder });
		const verbose = await runProgram(['report', 'cut.tar.gz', '--verbose'], { folder });
		t.assert.equal(verbose.status, 2);
		t.assert.equal(verbose.stderr.slice(0, brief.stderr.length), brief.stderr);
		const causes = verbose.stderr.match(/^(?:caused by )?\w+: .*$/gm)?.slice(2);
		t.assert.deepEqual(causes, [
			'FathomError: cut.tar.gz: the gzip data ends too early, at byte 5000.',
			'caused by TarError: the gzip data ends too early, at byte 5000',
			'caused by Error: unexpected end of file',
		]);
	});

	test('adds what the system said', async (t) => {
		const { stderr } = await runProgram(['ci', 'gone.tar', '--verbose'], {
			folder: await temporaryFolder(t),
		});
		t.assert.match(stderr, /^caused by Error: ENOENT: no such file or directory, stat 'gone.tar'$/m);
	});
});
