import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { withProgram } from '../../../sources/engine/support/with-program.ts';
import { file } from '../../../support/archives/tar-entry.ts';
import { layoutFiles, type TestImage } from '../../../support/archives/write-archive.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { hasLayers, startInTerminal, type TerminalSession } from '../../support/terminal.ts';

const size = { columns: 120, rows: 40 };

/** Three layers of one file each; the lowest is the largest. */
const image: TestImage = {
	layers: [3, 2, 1].map((thousands, index) => [file(`file-${index + 1}`, randomBytes(thousands * 1000))]),
};

/** Row of a layer in the list. */
function rowOf(screen: readonly string[], layer: number): string {
	return screen.find((row) => new RegExp(`^[ ❯›]${layer} `).test(row))?.slice(0, 50) ?? '';
}

/** A `ctr` that has the blob of a layer only once it is given one. */
async function slowContainerd(t: TestContext) {
	const folder = await temporaryFolder(t);
	const files = layoutFiles([image], 'gzip');
	const [{ digest }] = JSON.parse(Buffer.from(files.get('index.json') ?? []).toString()).manifests;
	const blobs = [...files].flatMap(([path, bytes]) =>
		path.startsWith('blobs/') ? [{ name: path.replace('blobs/sha256/', 'sha256:'), bytes }] : [],
	);
	const layers = blobs.slice(0, 3);
	const give = (layer: number, bytes = layers[layer - 1].bytes): Promise<void> =>
		writeFile(join(folder, layers[layer - 1].name), bytes);
	for (const { name, bytes } of blobs.slice(3)) await writeFile(join(folder, name), bytes);
	const row = `docker.io/library/app:1 application/vnd.oci.image.manifest.v1+json ${digest} 2.8 MiB linux/amd64 -\n`;
	await writeFile(join(folder, 'list'), row);
	await writeFile(join(folder, 'containerd.sock'), '');
	const programs = await withProgram(t, 'ctr', [
		'case "$*" in',
		`*"images ls"*) cat ${folder}/list ;;`,
		'*"content get "*)',
		'for digest; do :; done',
		`while ! [ -e ${folder}/$digest ]; do sleep 0.05; done`,
		`[ -s ${folder}/$digest ] || { echo "ctr: content $digest: not found" >&2; exit 1; }`,
		`cat ${folder}/$digest ;;`,
		'esac',
	]);
	const asked = async (): Promise<readonly number[]> => {
		const log = await readFile(join(programs, 'ctr.log'), 'utf8');
		return [...log.matchAll(/content get (\S+)/g)].flatMap(([, name]) => {
			const layer = layers.findIndex((each) => each.name === name) + 1;
			return layer === 0 ? [] : [layer];
		});
	};
	const environment = {
		PATH: `${programs}:${process.env.PATH}`,
		CONTAINERD_ADDRESS: join(folder, 'containerd.sock'),
	};
	return { give, asked, environment };
}

function explore(t: TestContext, environment: Readonly<Record<string, string>>): TerminalSession {
	return startInTerminal(t, { size, arguments: ['containerd:app:1'], environment });
}

describe('an image of containerd whose layers come one by one', () => {
	test('shows all layers at once, each as it comes, and the one under the cursor next', async (t) => {
		const { give, asked, environment } = await slowContainerd(t);
		const terminal = explore(t, environment);
		await terminal.until((screen) => /waiting|%/.test(rowOf(screen, 3)));
		t.assert.match(rowOf(terminal.screen(), 3), /step 3/);
		terminal.press('G');
		await terminal.until((screen) => screen.join('\n').includes('What layer 3 did'));
		await give(1);
		await terminal.until((screen) => !/waiting|%/.test(rowOf(screen, 1)) && /0 %/.test(rowOf(screen, 3)));
		t.assert.deepEqual(await asked(), [1, 3]);
		await give(3);
		await terminal.until((screen) => screen.join('\n').includes('file-3'));
		await give(2);
		await terminal.until((screen) => hasLayers(screen) && screen[1].includes('efficiency'));
		terminal.press('k');
		await terminal.until((screen) => screen.join('\n').includes('file-2'));
	});

	test('is shown without a layer whose content is gone, until it is there again', async (t) => {
		const { give, environment } = await slowContainerd(t);
		await give(1);
		await give(2, Buffer.alloc(0));
		await give(3);
		const terminal = explore(t, environment);
		await terminal.until((screen) => hasLayers(screen) && screen[1].includes('without layer 2'));
		t.assert.match(rowOf(terminal.screen(), 2), /failed/);
		terminal.press('j');
		await terminal.until((screen) => /could not be read: .*containerd/s.test(screen.join('\n')));
		await give(2);
		terminal.press('r');
		await terminal.until((screen) => hasLayers(screen) && !screen[1].includes('without'));
		await terminal.until((screen) => screen.join('\n').includes('file-2'));
		terminal.press('q');
		t.assert.equal(await terminal.exit(), 0);
	});

	test('is an error with such a layer for a report', async (t) => {
		const { give, environment } = await slowContainerd(t);
		await give(1);
		await give(2, Buffer.alloc(0));
		await give(3);
		const report = startInTerminal(t, { size, arguments: ['report', 'containerd:app:1'], environment });
		t.assert.equal(await report.exit(), 2);
		t.assert.match(report.screen().join(''), /the export of app:1 ended early .*not found/);
	});
});
