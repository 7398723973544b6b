import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { meetEngine } from '../../../source/sources/engine/http/engine-api.ts';
import { dockerDial } from '../../../source/sources/engine/http/ssh-dial.ts';
import { loadImage } from '../../support/load-image.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { newAuthority, newCertificate } from '../registry/certificate.ts';
import { classicImage } from './support/engine-content.ts';
import { fakeEngine, fakeTcpEngine } from './support/fake-engine.ts';
import { failureOf, hostWith } from './support/load-from-engine.ts';

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

	test('is shown the certificate of the user, and has its own checked', async (t) => {
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

	test('that nobody trusts is not talked to', async (t) => {
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

suite('an engine that is reached through ssh', () => {
	/** A program in the place of ssh, which runs at this end what ssh would have run at the other. */
	async function withProgram(
		t: Parameters<typeof temporaryFolder>[0],
		lines: readonly string[],
	): Promise<string> {
		const folder = await temporaryFolder(t);
		await writeFile(join(folder, 'ssh'), ['#!/bin/sh', ...lines, ''].join('\n'));
		await chmod(join(folder, 'ssh'), 0o755);
		return folder;
	}

	test('is talked to by what ssh runs there', async (t) => {
		const engine = await fakeEngine(t, classicImage());
		const connect = `const s = require('net').connect('${engine.address.replace('unix://', '')}'); process.stdin.pipe(s).pipe(process.stdout)`;
		const folder = await withProgram(t, [
			`echo "$@" >> "\${0}.log"`,
			`exec '${process.execPath}' -e "${connect}"`,
		]);
		const host = hostWith({ DOCKER_HOST: 'ssh://me@lab:2222', PATH: `${folder}:/usr/bin:/bin` });
		const { image } = await loadImage('docker:app:1', { host });
		equal(image.foundIn, 'Docker Engine 20.10.24 at ssh://me@lab:2222');
		const line = '-T -o BatchMode=yes -o ConnectTimeout=30 -l me -p 2222 -- lab docker system dial-stdio';
		deepEqual((await readFile(join(folder, 'ssh.log'), 'utf8')).trim().split('\n'), [line, line, line]);
	});

	test('says in the words of ssh why it does not come about', async (t) => {
		const folder = await withProgram(t, ['echo "me@lab: Permission denied (publickey)." >&2', 'exit 255']);
		const host = hostWith({ DOCKER_HOST: 'ssh://me@lab', PATH: `${folder}:/usr/bin:/bin` });
		equal(
			await failureOf({ address: 'ssh://me@lab' }, { host }),
			'unavailable: Docker Engine at ADDRESS does not answer: me@lab: Permission denied (publickey). [It has to work without a question: try ssh with the same host, with a key in ssh-agent.]',
		);
	});

	test('takes the program ssh', async () => {
		const host = hostWith({ DOCKER_HOST: 'ssh://lab', PATH: '/nowhere' });
		equal(
			await failureOf({ address: 'ssh://lab' }, { host }),
			'unavailable: Docker Engine at ADDRESS does not answer: the program ssh is not installed. [Install the OpenSSH client.]',
		);
	});
});

test('an engine that accepts and says nothing is not waited for', async (t) => {
	const path = join(await temporaryFolder(t), 'engine.sock');
	const server = createServer(() => {});
	await new Promise<void>((resolve) => server.listen(path, resolve));
	t.after(() => server.close());
	const endpoint = { kind: 'socket', path, address: 'unix:///engine.sock' } as const;
	await rejects(
		meetEngine({ endpoint, engine: 'Docker Engine', dial: dockerDial, environment: {}, patience: 100 }),
		{
			code: 'unavailable',
			message: 'Docker Engine at unix:///engine.sock gave no answer within 0.1 seconds.',
		},
	);
});
