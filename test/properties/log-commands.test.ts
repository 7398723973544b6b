import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { escapeForTerminal } from '../../source/text/escape.ts';
import { withoutLogCommands } from '../../source/text/log-commands.ts';
import { runProgram } from '../cli/run-program.ts';
import { file } from '../support/archives/tar-entry.ts';
import { dockerArchive } from '../support/archives/write-archive.ts';
import { fromFile } from '../support/load-layers.ts';
import { commandParts, commandsIn } from '../support/log-readers.ts';
import { jsonTextOf, parseReport, textReportOf, withFacts } from '../support/report.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const hostile = fc
	.array(fc.constantFrom(...commandParts), { minLength: 1, maxLength: 6 })
	.map((parts) => parts.join(''));

test('no line of hostile text is a command to a CI system', () => {
	fc.assert(
		fc.property(hostile, (text) => {
			assert.deepEqual(commandsIn(withoutLogCommands(escapeForTerminal(text))), []);
		}),
		{ numRuns: 5000 },
	);
});

test('no line of a report of hostile names is one, and JSON keeps the names', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(hostile, { minLength: 7, maxLength: 7 }), async (texts) => {
			const [tag, instruction, path, author, message, reference, architecture] = texts;
			const config = {
				history: [{ created_by: instruction }, { created_by: instruction }],
				author,
				architecture,
			};
			const name = path.replaceAll('/', '') || 'x';
			const layers = [[file(name, 'xx')], [file(name, 'yyy')]];
			const session = await fromFile(dockerArchive([{ names: [tag], layers, config }]));
			const notices = [{ code: 'image-chosen', message }] as const;
			const image = withFacts(session, { reference, foundIn: message, notices });
			assert.deepEqual(commandsIn(await textReportOf(image, null)), []);
			assert.deepEqual(commandsIn(await textReportOf(image, 40)), []);
			const json = await jsonTextOf(image);
			assert.deepEqual(commandsIn(json.replaceAll(/(?:section|travis)_/g, '')), []);
			const report = parseReport(json);
			assert.deepEqual(
				[report.image.reference, report.layers[0].createdBy, report.layers[0].changes[0].path],
				[reference, instruction, name],
			);
		}),
		{ numRuns: 60 },
	);
});

test('nothing that the program prints into a pipe is one', async (t) => {
	const folder = await temporaryFolder(t);
	const image = join(folder, 'image.tar');
	const names = ['::set-output name=result::pwned'];
	const config = { history: [{ created_by: '##[error]x' }, { created_by: '##vso[task.complete]' }] };
	const layers = [[file('::error file=x::name', 'xx')], [file('::error file=x::name', 'yyy')]];
	await writeFile(image, dockerArchive([{ names, layers, config }]));
	const runs = [
		[image],
		['ci', image],
		['report', image, '--format', 'text'],
		['report', image],
		['ci', '##[group]there-is-none', '--verbose'],
		['ci', image, '--lowest-efficiency', '##vso[x]'],
		['ci', image, '--image', '\n::error::x'],
	];
	for (const args of runs) {
		const { stdout, stderr } = await runProgram(args, { folder });
		t.assert.deepEqual(commandsIn(stdout + stderr), [], args.join(' '));
	}
	await runProgram(['report', image, '--format', 'text', '--output', 'report.txt'], { folder });
	t.assert.deepEqual(commandsIn(await readFile(join(folder, 'report.txt'), 'utf8')), []);
});
