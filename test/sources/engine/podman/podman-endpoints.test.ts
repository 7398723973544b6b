import { deepEqual } from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import {
	connectionEndpoint,
	hostEndpoint,
	parseConnections,
	readConnections,
	usualPodmanSockets,
} from '../../../../source/sources/engine/podman/podman-endpoints.ts';
import { homeWith } from '../support/home-with.ts';
import { hostWith } from '../support/load-from-engine.ts';

suite('the endpoint of Podman', () => {
	test('is the one in CONTAINER_HOST, with its key', () => {
		deepEqual(hostEndpoint(hostWith({})), null);
		deepEqual(hostEndpoint(hostWith({ CONTAINER_HOST: 'ssh://me@host', CONTAINER_SSHKEY: '/key' })), {
			...{ kind: 'ssh', user: 'me', host: 'host', port: null, path: null },
			...{ identity: '/key', address: 'ssh://me@host' },
		});
	});

	test("is the user's own socket", async (t) => {
		const home = await homeWith(t, { 'run/podman/podman.sock': '' });
		deepEqual(usualPodmanSockets(hostWith({ XDG_RUNTIME_DIR: join(home, 'run') }))[0], {
			kind: 'socket',
			path: join(home, 'run/podman/podman.sock'),
			address: `unix://${home}/run/podman/podman.sock`,
		});
	});

	test('is the connection that CONTAINER_CONNECTION names, else the default one', async (t) => {
		const Connections = {
			machine: {
				URI: 'ssh://core@127.0.0.1:50000/run/podman/podman.sock',
				Identity: '/home/me/key',
				IsMachine: true,
			},
			lab: { URI: 'tcp://lab:1' },
		};
		const home = await homeWith(t, {
			'.config/containers/podman-connections.json': { Connection: { Default: 'machine', Connections } },
		});
		const addressIn = (environment: Record<string, string>) => {
			const host = hostWith(environment, home);
			return connectionEndpoint(host, readConnections(host) ?? [])?.address;
		};
		deepEqual(addressIn({}), 'ssh://core@127.0.0.1:50000/run/podman/podman.sock');
		deepEqual(addressIn({ CONTAINER_CONNECTION: 'lab' }), 'tcp://lab:1');
		deepEqual(addressIn({ CONTAINER_CONNECTION: 'none' }), undefined);
		deepEqual(readConnections(hostWith({})), null);
	});

	test('is parsed from the output of its program', () => {
		deepEqual(
			parseConnections([
				{ Name: 'one', URI: 'ssh://one', Identity: '', Default: false },
				{ Name: 'two*', URI: 'unix:///two', Identity: '/key' },
				{ Name: 'three' },
			]),
			[
				{ name: 'one', uri: 'ssh://one', identity: null, isDefault: false },
				{ name: 'two', uri: 'unix:///two', identity: '/key', isDefault: true },
			],
		);
	});
});
