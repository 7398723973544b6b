import { deepEqual, throws } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseEndpoint } from '../../../../source/sources/engine/http/endpoint.ts';
import { dockerDial, podmanDial, sshArguments } from '../../../../source/sources/engine/http/ssh-dial.ts';

suite('the address of an engine', () => {
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
		'/var/run/docker.sock': 'it does not start with unix://, npipe://, tcp:// or ssh://',
		'unix://': 'it has no socket path',
		'ftp://host': 'it does not start with unix://, npipe://, tcp:// or ssh://',
		'tcp://host:port': 'it is not a valid address',
		'ssh://-oProxyCommand=touch%20x': 'it has no valid host name',
		'ssh://-oProxyCommand=x/': 'it has no valid host name',
		'ssh://-lroot@host': 'its user name is not valid',
		'ssh://host/run/a;reboot': 'its path is not valid for a socket',
		'ssh://host/run/$(reboot)': 'its path is not valid for a socket',
		'ssh://': 'it has no valid host name',
	})) {
		test(`is not ${address}`, () => {
			throws(() => parseEndpoint(address, 'DOCKER_HOST'), {
				code: 'settings',
				message: `DOCKER_HOST is "${address}": ${why}.`,
			});
		});
	}

	test('has no password, and a message never shows one', () => {
		throws(() => parseEndpoint('ssh://me:secret@host', 'DOCKER_HOST'), {
			message: 'DOCKER_HOST is "ssh://me:...@host": it contains a password.',
		});
	});
});

suite('ssh', () => {
	const dial = (address: string, command = dockerDial) => {
		const endpoint = parseEndpoint(address, 'DOCKER_HOST');
		return endpoint.kind === 'ssh' ? sshArguments(endpoint, command).slice(5) : [];
	};
	test('gets the host, user and port, and the command to run there', () => {
		deepEqual(dial('ssh://host'), ['--', 'host', 'docker', 'system', 'dial-stdio']);
		deepEqual(dial('ssh://me@host:2222'), [
			...['-l', 'me', '-p', '2222', '--', 'host'],
			...['docker', 'system', 'dial-stdio'],
		]);
	});
	test('gets the path of the socket on the other machine', () => {
		deepEqual(dial('ssh://core@localhost:53685/run/podman.sock', podmanDial).slice(-5), [
			...['podman', '--url', 'unix:///run/podman.sock', 'system', 'dial-stdio'],
		]);
	});
});
