import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { hostPlatform } from '../../../source/image/platform.ts';
import { directory, file, hardLink, opaque, symlink, whiteout } from '../../support/tar-entry.ts';
import { dockerArchive, type TestImage } from '../../support/write-archive.ts';

/** What the image is called in every engine; containerd and registries put more in front. */
export const imageName = 'fathom-check:1';

const large = Buffer.alloc(200_000, 'a large file, whose content is told by more than a hash ');
const changed = Buffer.from(large).fill('b', 199_999);
const repeated = [directory('opt/'), file('opt/same', 'in two layers')];

/** An image with everything that layers do to each other: files changed, replaced, removed, hidden, linked, and one layer twice. */
export const checkImage: TestImage = {
	names: [imageName],
	os: 'linux',
	architecture: hostPlatform().architecture,
	layers: [
		[
			...[directory('etc/'), file('etc/motd', 'hello'), file('etc/hosts', 'localhost', { mode: 0o600 })],
			...[directory('lib/'), file('lib/large', large), hardLink('lib/linked', 'lib/large')],
			...[directory('tmp/'), file('tmp/cache', large), symlink('bin', 'lib')],
		],
		repeated,
		[file('etc/motd', 'hullo'), file('lib/large', changed), whiteout('etc/hosts')],
		repeated,
		[directory('tmp/'), opaque('tmp'), file('tmp/new', ''), file('lib/copy', large)],
	],
	config: {
		created: '2026-01-02T03:04:05Z',
		author: 'somebody',
		config: {
			Env: ['PATH=/bin'],
			Cmd: ['/lib/large'],
			Labels: { of: 'the test' },
			ExposedPorts: { '80/tcp': {} },
		},
		history: [1, 2, 3, 4, 5].map((step) => ({
			created: `2026-01-02T03:04:0${step}Z`,
			created_by: `COPY step ${step}`,
			comment: 'made by a test',
		})),
	},
};

/** Writes the image as `docker save` does; gives the path. */
export async function writeCheckImage(folder: string): Promise<string> {
	const path = join(folder, 'image.tar');
	await writeFile(path, dockerArchive([checkImage]));
	return path;
}

/** Runs a program of an engine to its end, and gives its output. Throws with what it said when it fails. */
export async function run(program: string, ...options: readonly string[]): Promise<string> {
	const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'pipe'] });
	const [output, errors, code] = await Promise.all([
		buffer(child.stdout),
		buffer(child.stderr),
		new Promise((resolve, reject) => {
			child.on('error', reject);
			child.on('close', resolve);
		}),
	]);
	if (code !== 0) throw new Error(`${program} ${options.join(' ')} ended with ${code}: ${errors}`);
	return output.toString();
}
