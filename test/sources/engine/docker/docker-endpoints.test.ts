import { deepEqual, throws } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { dockerEndpoints } from '../../../../source/sources/engine/docker/docker-endpoints.ts';
import { homeWith } from '../support/home-with.ts';
import { hostWith } from '../support/load-from-engine.ts';

suite('the endpoints of Docker Engine', () => {
	test('are the one in DOCKER_HOST, before any context', async (t) => {
		const home = await homeWith(t, { '.docker/config.json': { currentContext: 'other' } });
		const host = hostWith({ DOCKER_HOST: 'tcp://example.org:1', DOCKER_CONTEXT: 'another' }, home);
		deepEqual(dockerEndpoints(host), [
			{ kind: 'tcp', host: 'example.org', port: 1, tls: null, address: 'tcp://example.org:1' },
		]);
	});

	test('have TCP where DOCKER_HOST has no scheme, as the Docker CLI takes it', () => {
		for (const [written, host, port] of [
			['localhost:2375', 'localhost', 2375],
			['example.org', 'example.org', 2375],
			[':99', 'localhost', 99],
			['[::1]:99', '::1', 99],
			[' 10.0.0.1:1 ', '10.0.0.1', 1],
		] as const) {
			const address = `tcp://${written.trim()}`;
			deepEqual(dockerEndpoints(hostWith({ DOCKER_HOST: written })), [
				{ kind: 'tcp', host, port, tls: null, address },
			]);
		}
	});

	test('are none for a path whose scheme was forgotten', () => {
		throws(() => dockerEndpoints(hostWith({ DOCKER_HOST: '/var/run/docker.sock' })), { code: 'settings' });
	});

	test('have TLS where the variables ask for it, with the files in their folder', async (t) => {
		const folder = await homeWith(t, { 'ca.pem': 'the authority', 'key.pem': 'the key' });
		const [checked] = dockerEndpoints(
			hostWith({ DOCKER_HOST: 'tcp://x', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder }),
		);
		deepEqual(checked.kind === 'tcp' && checked.port, 2376);
		deepEqual(checked.kind === 'tcp' && checked.tls, {
			ca: 'the authority',
			cert: null,
			key: 'the key',
			verify: true,
		});
		const [unchecked] = dockerEndpoints(
			hostWith({ DOCKER_HOST: 'tcp://x', DOCKER_TLS: '1', DOCKER_CERT_PATH: folder }),
		);
		deepEqual(unchecked.kind === 'tcp' && unchecked.tls, {
			ca: 'the authority',
			cert: null,
			key: 'the key',
			verify: false,
		});
	});

	test('are that of the current context', async (t) => {
		const id = createHash('sha256').update('lab').digest('hex');
		const home = await homeWith(t, {
			'.docker/config.json': { currentContext: 'lab' },
			[`.docker/contexts/meta/${id}/meta.json`]: { Endpoints: { docker: { Host: 'tcp://lab:1' } } },
			[`.docker/contexts/tls/${id}/docker/ca.pem`]: 'the authority',
		});
		const tls = { ca: 'the authority', cert: null, key: null, verify: true };
		const expected = [{ kind: 'tcp', host: 'lab', port: 1, tls, address: 'tcp://lab:1' }];
		deepEqual(dockerEndpoints(hostWith({}, home)), expected);
		deepEqual(dockerEndpoints(hostWith({ DOCKER_CONTEXT: 'lab' }, home)), expected);
		deepEqual(
			dockerEndpoints(hostWith({ DOCKER_CONTEXT: 'lab', DOCKER_CONFIG: join(home, '.docker') })),
			expected,
		);
		throws(() => dockerEndpoints(hostWith({ DOCKER_CONTEXT: 'none' }, home)), {
			code: 'settings',
			message: 'The Docker context "none" does not exist.',
		});
	});

	test('are the usual sockets that exist, else the first of them', async (t) => {
		const home = await homeWith(t, {
			'.docker/run/docker.sock': '',
			'.colima/default/docker.sock': '',
			'run/docker.sock': '',
		});
		const paths = (environment: Record<string, string>, folder: string) =>
			dockerEndpoints(hostWith({ ...environment }, folder))
				.map(({ address }) => address)
				.filter((address) => address !== 'unix:///var/run/docker.sock');
		deepEqual(paths({ XDG_RUNTIME_DIR: join(home, 'run') }, home), [
			`unix://${home}/.docker/run/docker.sock`,
			`unix://${home}/run/docker.sock`,
			`unix://${home}/.colima/default/docker.sock`,
		]);
		deepEqual(paths({}, '/nowhere'), []);
		const windows = { ...hostWith({}), system: 'win32' as const };
		deepEqual(dockerEndpoints(windows)[0], {
			kind: 'socket',
			path: '//./pipe/docker_engine',
			address: 'npipe:////./pipe/docker_engine',
		});
	});
});
