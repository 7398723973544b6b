import { deepEqual, throws } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { dockerEndpoints } from '../../../source/sources/engine/docker/docker-endpoints.ts';
import { parseEndpoint } from '../../../source/sources/engine/http/endpoint.ts';
import { dockerDial, podmanDial, sshArguments } from '../../../source/sources/engine/http/ssh-dial.ts';
import {
	destinationEndpoint,
	namedEndpoint,
	parseDestinations,
	readDestinations,
	usualPodmanSockets,
} from '../../../source/sources/engine/podman/podman-endpoints.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';
import { hostWith } from './support/load-from-engine.ts';

async function homeWith(t: TestContext, files: Readonly<Record<string, unknown>>): Promise<string> {
	const home = await temporaryFolder(t);
	const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
	await writeFiles(
		home,
		new Map(Object.entries(files).map(([path, value]) => [path, Buffer.from(text(value))])),
	);
	return home;
}

suite('an address of an engine', () => {
	test('is a socket, a pipe, a port or another machine', () => {
		const parse = (address: string) => {
			const { address: _, ...endpoint } = parseEndpoint(address, 'DOCKER_HOST');
			return endpoint;
		};
		deepEqual(parse('unix:///run/docker.sock'), { kind: 'socket', path: '/run/docker.sock' });
		deepEqual(parse('npipe:////./pipe/docker_engine'), { kind: 'socket', path: '//./pipe/docker_engine' });
		deepEqual(parse('tcp://example.org'), { kind: 'tcp', host: 'example.org', port: 2375, tls: null });
		deepEqual(parse('tcp://[::1]:99'), { kind: 'tcp', host: '::1', port: 99, tls: null });
		const ssh = { kind: 'ssh', user: null, port: null, path: null, identity: null };
		deepEqual(parse('ssh://host'), { ...ssh, host: 'host' });
		deepEqual(parse('ssh://me@host.example:2222/run/user/1000/podman/podman.sock'), {
			...ssh,
			user: 'me',
			host: 'host.example',
			port: 2222,
			path: '/run/user/1000/podman/podman.sock',
		});
	});

	for (const [address, why] of Object.entries({
		'/var/run/docker.sock': 'it begins with none of unix://, npipe://, tcp:// and ssh://',
		'unix://': 'it names no socket',
		'ftp://host': 'it begins with none of unix://, npipe://, tcp:// and ssh://',
		'tcp://host:port': 'it is no address',
		'ssh://-oProxyCommand=touch%20x': 'it names no host',
		'ssh://-oProxyCommand=x/': 'it names no host',
		'ssh://-lroot@host': 'its user is no name',
		'ssh://host/run/a;reboot': 'its path is none of a socket',
		'ssh://host/run/$(reboot)': 'its path is none of a socket',
		'ssh://': 'it names no host',
	})) {
		test(`is not ${address}`, () => {
			throws(() => parseEndpoint(address, 'DOCKER_HOST'), {
				code: 'settings',
				message: `DOCKER_HOST is "${address}": ${why}.`,
			});
		});
	}

	test('never has a password in it, and a message never shows one', () => {
		throws(() => parseEndpoint('ssh://me:secret@host', 'DOCKER_HOST'), {
			message: 'DOCKER_HOST is "ssh://me:...@host": it has a password in it.',
		});
	});
});

suite('ssh', () => {
	const dial = (address: string, command = dockerDial) => {
		const endpoint = parseEndpoint(address, 'DOCKER_HOST');
		return endpoint.kind === 'ssh' ? sshArguments(endpoint, command).slice(5) : [];
	};
	test('is told host, user and port, and what to run there', () => {
		deepEqual(dial('ssh://host'), ['--', 'host', 'docker', 'system', 'dial-stdio']);
		deepEqual(dial('ssh://me@host:2222'), [
			...['-l', 'me', '-p', '2222', '--', 'host'],
			...['docker', 'system', 'dial-stdio'],
		]);
	});
	test('is told the socket of Podman over there', () => {
		deepEqual(dial('ssh://core@localhost:53685/run/podman.sock', podmanDial).slice(-5), [
			...['podman', '--url', 'unix:///run/podman.sock', 'system', 'dial-stdio'],
		]);
	});
});

suite('where Docker Engine listens', () => {
	test('is what DOCKER_HOST says, before any context', async (t) => {
		const home = await homeWith(t, { '.docker/config.json': { currentContext: 'other' } });
		const host = hostWith({ DOCKER_HOST: 'tcp://example.org:1', DOCKER_CONTEXT: 'another' }, home);
		deepEqual(dockerEndpoints(host), [
			{ kind: 'tcp', host: 'example.org', port: 1, tls: null, address: 'tcp://example.org:1' },
		]);
	});

	test('has TLS where the variables say so, with the files of their folder', async (t) => {
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

	test('is what the context in force says', async (t) => {
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
			message: 'The Docker context "none" is not there.',
		});
	});

	test('is a usual socket that is there, else the first of them', async (t) => {
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

suite('where Podman listens', () => {
	test('is what CONTAINER_HOST says, with the key that goes with it', () => {
		deepEqual(namedEndpoint(hostWith({})), null);
		deepEqual(namedEndpoint(hostWith({ CONTAINER_HOST: 'ssh://me@host', CONTAINER_SSHKEY: '/key' })), {
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
			return destinationEndpoint(host, readDestinations(host) ?? [])?.address;
		};
		deepEqual(addressIn({}), 'ssh://core@127.0.0.1:50000/run/podman/podman.sock');
		deepEqual(addressIn({ CONTAINER_CONNECTION: 'lab' }), 'tcp://lab:1');
		deepEqual(addressIn({ CONTAINER_CONNECTION: 'none' }), undefined);
		deepEqual(readDestinations(hostWith({})), null);
	});

	test('may be known to its program alone', () => {
		deepEqual(
			parseDestinations([
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
