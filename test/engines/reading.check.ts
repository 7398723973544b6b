import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { file } from '../support/archives/tar-entry.ts';
import { dockerArchive } from '../support/archives/write-archive.ts';
import { hasLayers, startInTerminal, type TerminalSession } from '../tui/support/terminal.ts';
import { engineEnvironment, engineVariable } from './support/engine-environment.ts';
import { run } from './support/engine-image.ts';
import { limitedProxy } from './support/limited-proxy.ts';

const name = 'fathom-reading:1';
const size = { columns: 120, rows: 40 };
/** Without the time of each step, Podman 4.3 gives no history. */
const created = '2026-01-01T00:00:00Z';
const layerBytes = 2_000_000;
const numbers = [1, 2, 3, 4];
/** Two layers and a half, in whatever order. */
const PART_OF_EXPORT_BYTES = 2.5 * layerBytes;

before(async () => {
	const layers = numbers.map((number) => [file(`file-${number}`, randomBytes(layerBytes))]);
	const history = [
		...numbers.map((number) => ({ created_by: `/bin/sh -c make file-${number}`, created })),
		{ created_by: '/bin/sh -c #(nop)  CMD ["/file-4"]', created, empty_layer: true },
	];
	const image = { names: [name], layers, config: { config: { Cmd: ['/file-4'] }, history } };
	const folder = await mkdtemp(join(tmpdir(), 'fathom-reading-'));
	after(() => rm(folder, { recursive: true }));
	await writeFile(join(folder, 'image.tar'), dockerArchive([image]));
	await run('docker', 'load', '--input', join(folder, 'image.tar'));
	await run('podman', '--remote', 'load', '--input', join(folder, 'image.tar'));
});
after(async () => {
	await run('docker', 'rmi', name);
	await run('podman', '--remote', 'rmi', name);
});

/** The rows of the layers in the list, lowest first. */
function rowsOf(screen: readonly string[]): readonly string[] {
	return numbers.map(
		(number) => screen.find((row) => new RegExp(`^[ ❯›]${number} `).test(row))?.slice(0, 55) ?? '',
	);
}

function readLayers(screen: readonly string[]): number {
	return rowsOf(screen).filter((row) => row !== '' && !/waiting|failed|%/.test(row)).length;
}

for (const [source, variable] of [
	['docker', 'DOCKER_HOST'],
	['podman', 'CONTAINER_HOST'],
] as const) {
	const explore = async (t: TestContext, breaks: boolean): Promise<TerminalSession> => {
		const request = /^GET \S*\/get\b/;
		const limit = { request, bytes: PART_OF_EXPORT_BYTES, breaks };
		const { address } = await limitedProxy(t, engineVariable(variable), limit);
		const environment = { ...engineEnvironment(), [variable]: address };
		return startInTerminal(t, { size, arguments: [`${source}:${name}`], environment });
	};

	describe(`an export of ${source} that stops in its third layer`, () => {
		test('has all layers listed, and two of them read', async (t) => {
			const terminal = await explore(t, false);
			await terminal.until((screen) => readLayers(screen) === 2 && / reading (?:5|6)\d % /.test(screen[1]));
			for (const [layer, row] of rowsOf(terminal.screen()).entries())
				t.assert.match(row, new RegExp(`2(?:\\.00)? MB .* RUN make file-${layer + 1}`));
			terminal.press('q');
			t.assert.equal(await terminal.exit(), 0);
		});

		test('and breaks off shows these two', async (t) => {
			const terminal = await explore(t, true);
			await terminal.until((screen) => hasLayers(screen) && screen[1].includes('without layers'));
			t.assert.equal(readLayers(terminal.screen()), 2);
			t.assert.equal(rowsOf(terminal.screen()).filter((row) => row.includes('failed')).length, 2);
		});
	});
}
