import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { asciiOf } from '../../../source/text/ascii.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { dockerArchive } from '../../support/archives/write-archive.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { explore, openSample } from '../support/scenario.ts';
import { isReading, startInTerminal, type TerminalOptions } from '../support/terminal.ts';

const size = { columns: 80, rows: 24 };

async function firstFrame(t: TestContext, options: Partial<TerminalOptions>): Promise<readonly string[]> {
	const terminal = startInTerminal(t, { size, arguments: ['sample/image.tar'], ...options });
	await terminal.until(
		(screen) => screen[23]?.includes('q quit') && screen[0].includes('Layers') && !isReading(screen),
	);
	return terminal.screen().map((line) => line.trimEnd());
}

describe('a terminal that shows nothing but ASCII', () => {
	test('has the same frame with stand-ins for its signs', async (t) => {
		const expected = explore(await openSample(), size)
			.screen()
			.map(asciiOf);
		t.assert.deepEqual(await firstFrame(t, { arguments: ['sample/image.tar', '--ascii'] }), expected);
		t.assert.deepEqual(await firstFrame(t, { environment: { LANG: 'de_DE.ISO-8859-1' } }), expected);
		t.assert.deepEqual(await firstFrame(t, { environment: { TERM: 'linux', LANG: 'C.UTF-8' } }), expected);
	});

	test('is none where the locale is in UTF-8, there is none, or the user says so', async (t) => {
		const expected = explore(await openSample(), size).screen();
		for (const environment of [
			{ LC_ALL: 'de_DE.utf8', LANG: 'C' },
			{ LC_ALL: '', LANG: '' },
			{ LANG: 'C', FATHOM_ASCII: 'no' },
		])
			t.assert.deepEqual(await firstFrame(t, { environment }), expected);
	});

	test('shows names in other letters in as many cells', async (t) => {
		const image = join(await temporaryFolder(t), 'names.tar');
		await writeFile(
			image,
			dockerArchive([{ layers: [[file('日本語.txt'), file('été')]], names: ['app:1'] }]),
		);
		const screen = await firstFrame(t, { arguments: [image, '--ascii'] });
		t.assert.match(screen.join('\n'), / \?\?\?\?\?\?\.txt/);
		t.assert.match(screen.join('\n'), / \?t\?/);
		t.assert.match(screen.join(''), /^[ -~]*$/);
	});
});
