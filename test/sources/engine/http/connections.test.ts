import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { connectEngine } from '../../../../source/sources/engine/http/engine-api.ts';
import { dockerDial } from '../../../../source/sources/engine/http/ssh-dial.ts';
import { loadImage } from '../../../support/load-image.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { newAuthority, newCertificate } from '../../registry/certificate.ts';
import { classicImage } from '../support/engine-content.ts';
import { fakeEngine, fakeTcpEngine } from '../support/fake-engine.ts';
import { failureOf, hostWith } from '../support/load-from-engine.ts';
import { withProgram } from '../support/with-program.ts';

suite('an engine with TLS', () => {
	const authority = newAuthority('engines');
	const server = newCertificate(authority, '127.0.0.1');
	const client = newCertificate(authority, 'somebody');
	const tls = {
		cert: server.cert,
		key: server.key,
		ca: authority.cert,
		requestCert: true,
		rejectUnauthorized: true,
	};

	async function folderWith(
		t: Parameters<typeof temporaryFolder>[0],
		files: Readonly<Record<string, string>>,
	) {
		const folder = await temporaryFolder(t);
		for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
		return folder;
	}

	test('gets the certificate of the user, and has its own checked', async (t) => {
		const engine = await fakeTcpEngine(t, classicImage(), tls);
		const DOCKER_CERT_PATH = await folderWith(t, {
			'ca.pem': authority.cert,
			'cert.pem': client.cert,
			'key.pem': client.key,
		});
		const host = hostWith({ DOCKER_HOST: engine.address, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH });
		const { image } = await loadImage('docker:app:1', { host });
		equal(image.foundIn, `Docker Engine 20.10.24 at ${engine.address}`);
	});

	test('and a certificate that is not trusted gets no request', async (t) => {
		const engine = await fakeTcpEngine(t, classicImage(), tls);
		const DOCKER_CERT_PATH = await folderWith(t, { 'ca.pem': newAuthority('others').cert });
		const host = hostWith({ DOCKER_HOST: engine.address, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH });
		match(
			await failureOf(engine, { host }),
			/^unavailable: Docker Engine at ADDRESS does not answer: .*(certificate|signature).* \[Check the address and the TLS files \(ca\.pem, cert\.pem, key\.pem\)\.\]$/,
		);
		deepEqual(engine.paths, []);
	});
});

suite('an engine reached through ssh', () => {
	test('gets requests through the command that ssh runs there', async (t) => {
		const engine = await fakeEngine(t, classicImage());
		const connect = `const s = require('net').connect('${engine.address.replace('unix://', '')}'); process.stdin.pipe(s).pipe(process.stdout)`;
		const folder = await withProgram(t, 'ssh', [`exec '${process.execPath}' -e "${connect}"`]);
		const host = hostWith({ DOCKER_HOST: 'ssh://me@lab:2222', PATH: `${folder}:/usr/bin:/bin` });
		const { image } = await loadImage('docker:app:1', { host });
		equal(image.foundIn, 'Docker Engine 20.10.24 at ssh://me@lab:2222');
		const line = '-T -o BatchMode=yes -o ConnectTimeout=30 -l me -p 2222 -- lab docker system dial-stdio';
		deepEqual((await readFile(join(folder, 'ssh.log'), 'utf8')).trim().split('\n'), [line, line, line]);
	});

	test('reports why ssh failed', async (t) => {
		const folder = await withProgram(t, 'ssh', [
			'echo "me@lab: Permission denied (publickey)." >&2',
			'exit 255',
		]);
		const host = hostWith({ DOCKER_HOST: 'ssh://me@lab', PATH: `${folder}:/usr/bin:/bin` });
		equal(
			await failureOf({ address: 'ssh://me@lab' }, { host }),
			'unavailable: Docker Engine at ADDRESS does not answer: me@lab: Permission denied (publickey). [ssh must connect without asking for anything: add your key to ssh-agent, and connect to the host once by hand.]',
		);
	});

	test('needs the program ssh', async () => {
		const host = hostWith({ DOCKER_HOST: 'ssh://lab', PATH: '/nowhere' });
		equal(
			await failureOf({ address: 'ssh://lab' }, { host }),
			'unavailable: Docker Engine at ADDRESS does not answer: the program ssh is not installed. [Install the OpenSSH client.]',
		);
	});
});

test('an engine that accepts a connection and sends nothing times out', async (t) => {
	const path = join(await temporaryFolder(t), 'engine.sock');
	const server = createServer(() => {});
	await new Promise<void>((resolve) => server.listen(path, resolve));
	t.after(() => server.close());
	const endpoint = { kind: 'socket', path, address: 'unix:///engine.sock' } as const;
	await rejects(
		connectEngine({
			endpoint,
			engine: 'Docker Engine',
			dial: dockerDial,
			environment: {},
			timeoutMilliseconds: 100,
		}),
		{
			code: 'unavailable',
			message: 'Docker Engine at unix:///engine.sock did not answer within 0.1 seconds.',
		},
	);
});
