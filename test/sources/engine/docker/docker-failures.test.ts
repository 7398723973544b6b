import { deepEqual, equal, match } from 'node:assert/strict';
import { chmod, chown } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { suite, test } from 'node:test';
import { dockerArchive } from '../../../support/archives/write-archive.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { classicImage, engineImage } from '../support/engine-content.ts';
import { fakeEngine } from '../support/fake-engine.ts';
import { failureOf } from '../support/load-from-engine.ts';

suite('Docker Engine', () => {
	test('without an image of that name lists similar names', async (t) => {
		const engine = await fakeEngine(t, { ...classicImage(), name: 'team/app:2' });
		equal(
			await failureOf(engine),
			'not-found: Docker Engine 20.10.24 at ADDRESS has no image app:1. [It has team/app:2.]',
		);
	});

	test('without an image of that name, whose list of images is damaged', async (t) => {
		const engine = await fakeEngine(t, {
			...classicImage(),
			answer: (request, response) => {
				if (!request.url?.endsWith('/images/json')) return false;
				response.end('{');
				return true;
			},
		});
		equal(
			await failureOf(engine, {}, 'docker:nginx'),
			'not-found: Docker Engine 20.10.24 at ADDRESS has no image nginx. [Get it with: docker pull nginx]',
		);
	});

	test('without an image of any such name', async (t) => {
		const engine = await fakeEngine(t, classicImage());
		equal(
			await failureOf(engine, {}, 'docker:nginx'),
			'not-found: Docker Engine 20.10.24 at ADDRESS has no image nginx. [Get it with: docker pull nginx]',
		);
	});

	for (const name of ['../../secrets', '--help', 'app/../x', 'a b', '/app', 'app//x', 'app%2f']) {
		test(`gets no request for an invalid name: ${name}`, async (t) => {
			const engine = await fakeEngine(t, classicImage());
			match(await failureOf(engine, {}, `docker:${name}`), /^usage: ".*" is not a valid image name\./);
			deepEqual(engine.paths, []);
		});
	}

	test('is not running', async (t) => {
		const address = `unix://${join(await temporaryFolder(t), 'docker.sock')}`;
		equal(
			await failureOf({ address }),
			'unavailable: Docker Engine at ADDRESS does not answer: there is no such socket. [Start it, for example with: sudo systemctl start docker]',
		);
	});

	test('that this user may not access', async (t) => {
		const engine = await fakeEngine(t, classicImage());
		const path = engine.address.replace('unix://', '');
		await chmod(dirname(path), 0o755);
		await chmod(path, 0);
		const isRoot = process.geteuid?.() === 0;
		if (isRoot) await chown(path, 0, 42);
		if (isRoot) process.seteuid?.(65_534);
		const failure = await failureOf(engine).finally(() => isRoot && process.seteuid?.(0));
		match(
			failure,
			isRoot
				? /^denied: Docker Engine at ADDRESS: permission denied; the socket belongs to user root and group (shadow|42)\. \[Join the group with: sudo usermod -aG (shadow|42) \$USER, then log in again\.\]$/
				: /^denied: Docker Engine at ADDRESS: permission denied; the socket belongs to /,
		);
	});

	test('that fails to export reports its message', async (t) => {
		const engine = await fakeEngine(t, {
			...classicImage(),
			answer: (request, response) => {
				if (!request.url?.endsWith('/get')) return false;
				response.statusCode = 500;
				response.end('{"message":"no space left\\non device"}');
				return true;
			},
		});
		equal(
			await failureOf(engine),
			"unavailable: Docker Engine at ADDRESS answered 500: no space left on device. [The engine's log may say more.]",
		);
	});

	const whole = classicImage().archive.length;
	for (const cutAfter of [0, 100, 5000, whole - 1024]) {
		test(`ends the export after ${cutAfter} of ${whole} bytes`, async (t) => {
			const engine = await fakeEngine(t, { ...classicImage(), cutAfter });
			match(
				await failureOf(engine),
				/^truncated: Docker Engine .* at ADDRESS: the export of app:1 ended early \(/,
			);
		});
	}

	test('completes the response, but not the archive', async (t) => {
		const content = classicImage(classicImage().archive.subarray(0, 5000));
		match(
			await failureOf(await fakeEngine(t, content)),
			/^truncated: .*: the export of app:1 ended early \(/,
		);
	});

	test('exports another image than it described', async (t) => {
		const other = dockerArchive([{ ...engineImage, layers: engineImage.layers.slice(1) }]);
		match(
			await failureOf(await fakeEngine(t, classicImage(other))),
			/^corrupt: .* the export of app:1 does not contain the image that the engine described\./,
		);
	});

	test('exports a damaged layer', async (t) => {
		const archive = Buffer.from(classicImage().archive);
		const at = archive.indexOf('etc/motd');
		archive[at] ^= 1;
		match(
			await failureOf(await fakeEngine(t, classicImage(archive))),
			/^corrupt: app:1: layer 1: no valid tar header/,
		);
	});

	test('is interrupted, and its connection closed', async (t) => {
		const interruption = new AbortController();
		const onStall = () => interruption.abort();
		const engine = await fakeEngine(t, { ...classicImage(), stallAfter: 5000, onStall });
		equal(await failureOf(engine, { signal: interruption.signal }), 'interrupted: Interrupted. [undefined]');
		await engine.exportClosed;
	});
});
