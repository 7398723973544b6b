import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { Access } from '../../../source/sources/image-source.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { newAuthority, newCertificate } from './certificate.ts';
import { contentOf, type FakeServer, startRegistry } from './fake-registry.ts';
import { failureOf, hostWith, loadFrom } from './load-from-registry.ts';

const content = contentOf({ layers: [[file('a', 'one')]] });
const authority = newAuthority('Authority of the test');
const insecure: Access = { username: null, password: null, insecure: true, namespace: null };

function startSecure(t: TestContext, name = '127.0.0.1', options = {}): Promise<FakeServer> {
	return startRegistry(t, { content, tls: { ...newCertificate(authority, name), ...options } });
}

/** Keeps files for a registry where Docker or Podman would. */
async function keepFor(
	folder: string,
	{ address }: FakeServer,
	files: Readonly<Record<string, string>>,
): Promise<void> {
	const place = join(folder, address);
	await mkdir(place, { recursive: true });
	for (const [name, text] of Object.entries(files)) await writeFile(join(place, name), text);
}

describe('a registry with a certificate of an own authority', () => {
	test('is not trusted', async (t) => {
		const server = await startSecure(t);
		t.assert.equal(
			await failureOf(server),
			'unavailable: REGISTRY: its certificate is signed by an unknown authority. [Add the certificate of its authority with SSL_CERT_FILE or in certs.d/HOST, or skip the check with --insecure.]',
		);
	});

	test('is trusted with the authority in SSL_CERT_FILE', async (t) => {
		const server = await startSecure(t);
		const path = join(await temporaryFolder(t), 'authorities.pem');
		await writeFile(path, authority.cert);
		await loadFrom(server, { host: hostWith({ SSL_CERT_FILE: path }) });
		t.assert.equal(server.requests[0].line, 'GET /v2/');
	});

	for (const tool of ['docker', 'containers']) {
		test(`is trusted with the authority in certs.d of ${tool}`, async (t) => {
			const server = await startSecure(t);
			const home = await temporaryFolder(t);
			await keepFor(join(home, '.config', tool, 'certs.d'), server, { 'ca.crt': authority.cert });
			await loadFrom(server, { host: hostWith({}, home) });
		});
	}

	test('gets the certificate that is kept for it', async (t) => {
		const server = await startSecure(t, '127.0.0.1', {
			ca: authority.cert,
			requestCert: true,
			rejectUnauthorized: true,
		});
		const home = await temporaryFolder(t);
		const mine = newCertificate(authority, 'me');
		await keepFor(join(home, '.config', 'docker', 'certs.d'), server, {
			'ca.crt': authority.cert,
			'client.cert': mine.cert,
			'client.key': mine.key,
		});
		await loadFrom(server, { host: hostWith({}, home) });
	});

	test('is taken as it is with --insecure', async (t) => {
		const server = await startSecure(t, 'other.example');
		await loadFrom(server, { access: insecure });
		t.assert.equal(server.requests[0].line, 'GET /v2/');
	});

	test('is not taken for one of another name', async (t) => {
		const server = await startSecure(t, 'other.example');
		const path = join(await temporaryFolder(t), 'authorities.pem');
		await writeFile(path, authority.cert);
		t.assert.match(
			await failureOf(server, { host: hostWith({ SSL_CERT_FILE: path }) }),
			/^unavailable: REGISTRY: its certificate is for another name\./,
		);
	});

	test('is not asked when SSL_CERT_FILE cannot be read', async (t) => {
		const server = await startSecure(t);
		t.assert.match(
			await failureOf(server, { host: hostWith({ SSL_CERT_FILE: '/nowhere/at/all.pem' }) }),
			/^unreadable: \/nowhere\/at\/all\.pem: the certificates that SSL_CERT_FILE names cannot be read\./,
		);
	});
});
