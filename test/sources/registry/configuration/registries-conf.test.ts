import { mkdir, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { Host } from '../../../../source/sources/host.ts';
import { file } from '../../../support/archives/tar-entry.ts';
import { cacheIn } from '../../../support/disk-cache.ts';
import { loadImage } from '../../../support/load-image.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { newAuthority, newCertificate } from '../certificate.ts';
import { contentOf, type FakeServer, fail, startRegistry } from '../fake-registry.ts';
import { failureOf, hostWith, loadFrom } from '../load-from-registry.ts';

const content = contentOf({ layers: [[file('a', 'one')]] });

/** A user with this file as their own; the system's files do not matter to them. */
async function userWith(t: TestContext, text: string): Promise<Host> {
	const home = await temporaryFolder(t);
	await writeConfig(home, 'registries.conf', text);
	return hostWith({}, home);
}

async function writeConfig(home: string, name: string, text: string): Promise<string> {
	const path = join(home, '.config', 'containers', name);
	await mkdir(join(path, '..'), { recursive: true });
	await writeFile(path, text);
	return path;
}

/** Opens an image by a name as a user writes it. */
function load(name: string, host: Host) {
	const [address, ...path] = name.split('/');
	return loadFrom({ address }, { host }, path.join('/'));
}

function isBusy(_request: unknown, response: ServerResponse): boolean {
	response.setHeader('Retry-After', '3600');
	fail(response, 503, 'UNAVAILABLE', 'busy');
	return true;
}

function emptyRegistry(t: TestContext): Promise<FakeServer> {
	return startRegistry(t, { content: new Map() });
}

const pathsOf = ({ requests }: FakeServer): readonly string[] =>
	requests.map(({ line }) => line).filter((line) => line.includes('/manifests/'));

describe('a mirror', () => {
	test('is asked instead of the registry', async (t) => {
		const [mirror, registry] = [await startRegistry(t, { content }), await emptyRegistry(t)];
		const host = await userWith(
			t,
			`[[registry]]\nlocation = "${registry.address}"\n[[registry.mirror]]\nlocation = "${mirror.address}/copies"\n`,
		);
		const { image } = await loadFrom(registry, { host }, 'team/app:1');
		t.assert.deepEqual(pathsOf(mirror), ['GET /v2/copies/team/app/manifests/1']);
		t.assert.deepEqual(registry.requests, []);
		t.assert.deepEqual(image.description.names, [`${registry.address}/team/app:1`]);
		t.assert.equal(
			image.foundIn,
			`the registry ${mirror.address} (a mirror of ${registry.address} in ${join(host.homeFolder, '.config/containers/registries.conf')})`,
		);
	});

	test('that does not have the image leaves it to the next one, and then to the registry', async (t) => {
		const [first, second, registry] = [
			await emptyRegistry(t),
			await startRegistry(t, {
				content: new Map(),
				intercept: isBusy,
			}),
			await startRegistry(t, { content }),
		];
		const host = await userWith(
			t,
			`[[registry]]\nlocation = "${registry.address}"\n[[registry.mirror]]\nlocation = "${first.address}"\n[[registry.mirror]]\nlocation = "${second.address}"\n`,
		);
		const { image } = await loadFrom(registry, { host });
		t.assert.equal(image.foundIn, `the registry ${registry.address}`);
		t.assert.equal(pathsOf(first).length, 1);
	});

	test('that does not answer leaves it to the registry, although the manifest is in the cache', async (t) => {
		const registry = await startRegistry(t, { content });
		const host = await userWith(
			t,
			`[[registry]]\nlocation = "${registry.address}"\n[[registry.mirror]]\nlocation = "127.0.0.1:1"\n`,
		);
		const cache = cacheIn(join(await temporaryFolder(t), 'cache'));
		const digest = [...content.keys()].find((key) => key.startsWith('manifests/sha256:'))?.slice(10);
		for (const name of ['app:1', `app@${digest}`]) {
			const { image } = await loadFrom(registry, { host, cache }, name);
			t.assert.equal(image.foundIn, `the registry ${registry.address}`);
		}
	});

	test('is named when it and the registry do not have the image', async (t) => {
		const [mirror, registry] = [await emptyRegistry(t), await emptyRegistry(t)];
		const host = await userWith(
			t,
			`[[registry]]\nlocation = "${registry.address}"\n[[registry.mirror]]\nlocation = "${mirror.address}"\n`,
		);
		t.assert.equal(
			(await failureOf(registry, { host })).replaceAll(mirror.address, 'MIRROR'),
			'not-found: REGISTRY: the manifest of REGISTRY/app:1 does not exist (manifest unknown). Tried before: MIRROR: the manifest of REGISTRY/app:1 does not exist (manifest unknown). [Check the name and the tag.]',
		);
	});

	for (const [setting, tagged, digested] of [
		['mirror-by-digest-only = true', 0, 1],
		['#', 1, 1],
	] as const) {
		test(`of a registry with ${setting} is asked for tags ${tagged} times, for digests ${digested} times`, async (t) => {
			const [mirror, registry] = [await startRegistry(t, { content }), await startRegistry(t, { content })];
			const host = await userWith(
				t,
				`[[registry]]\nlocation = "${registry.address}"\n${setting}\n[[registry.mirror]]\nlocation = "${mirror.address}"\n`,
			);
			await loadFrom(registry, { host }, 'app:1');
			t.assert.equal(pathsOf(mirror).length, tagged);
			const digest = [...content.keys()].find((key) => key.startsWith('manifests/sha256:'))?.slice(10);
			await loadFrom(registry, { host }, `app@${digest}`);
			t.assert.equal(pathsOf(mirror).length, tagged + digested);
		});
	}

	for (const [pulls, tagged, digested] of [
		['digest-only', 0, 1],
		['tag-only', 1, 0],
	] as const) {
		test(`for ${pulls} is asked for nothing else`, async (t) => {
			const [mirror, registry] = [await startRegistry(t, { content }), await startRegistry(t, { content })];
			const host = await userWith(
				t,
				`[[registry]]\nlocation = "${registry.address}"\n[[registry.mirror]]\nlocation = "${mirror.address}"\npull-from-mirror = "${pulls}"\n`,
			);
			const digest = [...content.keys()].find((key) => key.startsWith('manifests/sha256:'))?.slice(10);
			await loadFrom(registry, { host }, 'app:1');
			t.assert.equal(pathsOf(mirror).length, tagged);
			await loadFrom(registry, { host }, `app@${digest}`);
			t.assert.equal(pathsOf(mirror).length, tagged + digested);
		});
	}

	test('does not get the password of the command line', async (t) => {
		const refuses = (_request: unknown, response: ServerResponse): boolean => {
			response.setHeader('WWW-Authenticate', 'Basic realm="x"');
			fail(response, 401, 'UNAUTHORIZED', 'authentication required');
			return true;
		};
		const [mirror, registry] = [
			await startRegistry(t, { content, intercept: refuses }),
			await startRegistry(t, { content, intercept: refuses }),
		];
		const host = await userWith(
			t,
			`[[registry]]\nlocation = "${registry.address}"\n[[registry.mirror]]\nlocation = "${mirror.address}"\n`,
		);
		const access = { username: 'user', password: 'secret', insecure: false, namespace: null };
		await failureOf(registry, { host, access });
		const shown = ({ requests }: FakeServer) => requests.some(({ headers }) => headers.authorization);
		t.assert.deepEqual([shown(mirror), shown(registry)], [false, true]);
	});
});

describe('a prefix', () => {
	test('leads to another location, and the longest one counts', async (t) => {
		const [short, long] = [await emptyRegistry(t), await startRegistry(t, { content })];
		const host = await userWith(
			t,
			`[[registry]]\nprefix = "example.invalid"\nlocation = "${short.address}"\n[[registry]]\nprefix = "example.invalid/team"\nlocation = "${long.address}/there"\n`,
		);
		const { image } = await load('example.invalid/team/app:1', host);
		t.assert.deepEqual(pathsOf(long), ['GET /v2/there/app/manifests/1']);
		t.assert.deepEqual(image.description.names, ['example.invalid/team/app:1']);
	});

	test('ends where a part of the name ends', async (t) => {
		const server = await startRegistry(t, { content });
		const host = await userWith(
			t,
			`[[registry]]\nprefix = "${server.address}/te"\nlocation = "example.invalid"\nblocked = true\n`,
		);
		await loadFrom(server, { host }, 'team/app:1');
	});

	test('may stand for all hosts below a domain', async (t) => {
		const server = await startRegistry(t, { content });
		const host = await userWith(t, `[[registry]]\nprefix = "*.invalid"\nlocation = "${server.address}"\n`);
		await load('a.example.invalid/app:1', host);
		t.assert.deepEqual(pathsOf(server), ['GET /v2/app/manifests/1']);
	});

	test('leads nowhere when its location is no registry', async (t) => {
		const host = await userWith(t, '[[registry]]\nprefix = "example.invalid"\nlocation = "mirror"\n');
		t.assert.match(
			await failureOf({ address: 'example.invalid' }, { host }),
			/^settings: .*registries\.conf: the location "mirror" for REGISTRY does not lead to the name of an image\./,
		);
	});
});

describe('a registry', () => {
	test('that is blocked is not asked, and the file is named', async (t) => {
		const server = await startRegistry(t, { content });
		const host = await userWith(t, `[[registry]]\nlocation = "${server.address}"\nblocked = true\n`);
		const path = join(host.homeFolder, '.config/containers/registries.conf');
		t.assert.equal(
			(await failureOf(server, { host })).replaceAll(path, 'FILE'),
			'denied: REGISTRY/app:1: FILE blocks the registry REGISTRY. [Remove "blocked" for REGISTRY from FILE, or open the image from an engine or an archive.]',
		);
		t.assert.deepEqual(server.requests, []);
	});

	test('that is blocked may have a mirror', async (t) => {
		const [mirror, registry] = [await startRegistry(t, { content }), await emptyRegistry(t)];
		const host = await userWith(
			t,
			`[[registry]]\nlocation = "${registry.address}"\nblocked = true\n[[registry.mirror]]\nlocation = "${mirror.address}"\n`,
		);
		await loadFrom(registry, { host });
		t.assert.deepEqual(registry.requests, []);
	});

	test('that is insecure may have any certificate', async (t) => {
		const authority = newAuthority('Authority of the test');
		const server = await startRegistry(t, { content, tls: newCertificate(authority, 'other.example') });
		const host = await userWith(t, `[[registry]]\nlocation = "${server.address}"\ninsecure = true\n`);
		await loadFrom(server, { host });
		t.assert.match(await failureOf(server), /^unavailable: REGISTRY: its certificate/);
	});

	test('may be listed in version 1 of the format', async (t) => {
		const [open, closed] = [await startRegistry(t, { content }), await startRegistry(t, { content })];
		const host = await userWith(
			t,
			`[registries.search]\nregistries = ["${open.address}"]\n[registries.insecure]\nregistries = ["${open.address}"]\n[registries.block]\nregistries = ["${closed.address}"]\n`,
		);
		const { image } = await loadImage('registry:app:1', { host });
		t.assert.deepEqual(image.description.names, [`${open.address}/app:1`]);
		t.assert.match(await failureOf(closed, { host }), /^denied: .* blocks the registry REGISTRY/);
	});
});
