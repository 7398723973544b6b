import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { JsonReport } from '../../source/report/json/schema.ts';
import { runProgram } from '../cli/run-program.ts';
import { newAuthority, newCertificate } from '../sources/registry/certificate.ts';
import { parseReport } from '../support/report.ts';
import { run, writeCheckImage } from './support/engine-image.ts';

/*
 * A registry of the check's own, with passwords and TLS, and images that skopeo pushed to it: with gzip layers, and with layers that have tables
 * of contents (zstd:chunked).
 */

const authority = newAuthority('Authority of the check');
/** `user` and `secret`, as htpasswd -B writes them. */
const passwords = 'user:$2b$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n';
const compressions = ['zstd:chunked', 'gzip'] as const;

describe('a registry with a password and a certificate', () => {
	let folder = '';
	let archive = '';
	let address = '';
	let registry: ChildProcess | null = null;
	let trusting: Readonly<Record<string, string>> = {};

	before(async () => {
		folder = await mkdtemp(join(tmpdir(), 'fathom-registry-'));
		archive = await writeCheckImage(folder);
		address = `127.0.0.1:${await freePort()}`;
		registry = await startRegistry(folder, address);
		trusting = { SSL_CERT_FILE: join(folder, 'authority.crt'), HOME: folder };
		const creds = ['--dest-creds', 'user:secret', '--dest-cert-dir', folder];
		for (const compression of compressions) {
			const how = ['copy', '--quiet', ...creds, '--format', 'oci', '--dest-compress-format', compression];
			await run('skopeo', ...how, `docker-archive:${archive}`, `docker://${nameOf(compression)}`);
		}
	});
	after(async () => {
		registry?.kill();
		await rm(folder, { recursive: true, force: true });
	});

	function nameOf(compression: string): string {
		return `${address}/fathom/${compression.replace(':', '-')}:1`;
	}

	function open(name: string, environment: Readonly<Record<string, string>>, ...more: readonly string[]) {
		const args = ['report', '--format', 'json', '--no-cache', `registry:${name}`, ...more];
		return runProgram(args, { environment });
	}

	async function report(...opening: Parameters<typeof open>): Promise<JsonReport> {
		const { status, stdout, stderr } = await open(...opening);
		assert.equal(status, 0, stderr);
		return parseReport(stdout);
	}

	const known = { FATHOM_USERNAME: 'user', FATHOM_PASSWORD: 'secret' };

	for (const compression of compressions) {
		test(`has the image with ${compression} layers that is in the archive`, async () => {
			const { status, stdout } = await runProgram(['report', '--format', 'json', '--no-cache', archive]);
			assert.equal(status, 0);
			const found = await report(nameOf(compression), { ...trusting, ...known });
			assert.deepEqual(figures(found), figures(parseReport(stdout)));
			const codes = compression === 'zstd:chunked' ? ['contents-by-toc'] : [];
			assert.deepEqual(
				found.notices.map(({ code }) => code),
				codes,
			);
		});
	}

	test('is refused to who has no password, with exit code 2 and one line', async () => {
		const { status, stdout, stderr } = await open(nameOf('gzip'), trusting);
		assert.equal(status, 2);
		assert.equal(stdout, '');
		assert.match(stderr, /^fathom: 127\.0\.0\.1:\d+: the manifest of .* requires a login, or does not exist/);
	});

	test('is refused to who has the wrong one, which is not told', async () => {
		const wrong = { FATHOM_USERNAME: 'user', FATHOM_PASSWORD: 'wrong-password' };
		const { status, stderr } = await open(nameOf('gzip'), { ...trusting, ...wrong });
		assert.equal(status, 2);
		assert.match(stderr, /it denies this user the manifest of /);
		assert.doesNotMatch(stderr, /wrong-password/);
	});

	test('opens with what skopeo login keeps', async () => {
		const file = join(folder, 'auth.json');
		await run(
			'skopeo',
			'login',
			'--authfile',
			file,
			'--cert-dir',
			folder,
			'-u',
			'user',
			'-p',
			'secret',
			address,
		);
		await report(nameOf('gzip'), { ...trusting, REGISTRY_AUTH_FILE: file });
	});

	test('opens with the authority where Docker and Podman look for it', async () => {
		for (const tool of ['docker', 'containers']) {
			const home = await mkdtemp(join(folder, 'home-'));
			const place = join(home, '.config', tool, 'certs.d', address);
			await mkdir(place, { recursive: true });
			await writeFile(join(place, 'ca.crt'), authority.cert);
			await report(nameOf('gzip'), { HOME: home, ...known });
		}
	});

	test('is not trusted without it, and taken with --insecure', async () => {
		const home = { HOME: folder, ...known };
		const { status, stderr } = await open(nameOf('gzip'), home);
		assert.equal(status, 2);
		assert.match(stderr, /its certificate is signed by an unknown authority/);
		await report(nameOf('gzip'), home, '--insecure');
	});

	test('has no such tag', async () => {
		const { status, stderr } = await open(`${address}/fathom/gzip:2`, { ...trusting, ...known });
		assert.equal(status, 2);
		assert.match(stderr, /the manifest of .* does not exist \(manifest unknown\)/);
	});

	test('has the image for no other platform', async () => {
		const { status, stderr } = await open(
			nameOf('gzip'),
			{ ...trusting, ...known },
			'--platform',
			'linux/s390x',
		);
		assert.equal(status, 2);
		assert.match(stderr, /has no image for linux\/s390x; it has linux\//);
	});
});

/** What is the same of an image however it is kept: all but names, digests, sizes as stored, and what only a whole layer can tell. */
function figures({
	image,
	layers,
	totals,
	notices: _,
	findings,
	ledger: _ledger,
	packagesNotReadInLayers: _packages,
	secretsNotReadInLayers: _secrets,
	...rest
}: JsonReport) {
	const { config, history, created, author, platform } = image;
	const { storedBytes: __, unpackedBytes: ___, ...sums } = totals;
	return {
		...rest,
		findings: findings && { ...findings, notReadInLayers: null },
		image: { config, history, created, author, platform },
		totals: sums,
		layers: layers.map(({ digest, mediaType, storedBytes, unpackedBytes, diffIdMatches, ...layer }) => layer),
	};
}

async function startRegistry(folder: string, address: string): Promise<ChildProcess> {
	const { cert, key } = newCertificate(authority, '127.0.0.1');
	const files = {
		'authority.crt': authority.cert,
		'server.pem': cert,
		'server.key.pem': key,
		htpasswd: passwords,
	};
	for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
	const config = {
		version: '0.1',
		storage: { filesystem: { rootdirectory: join(folder, 'registry') } },
		auth: { htpasswd: { realm: 'check', path: join(folder, 'htpasswd') } },
		http: {
			addr: address,
			tls: { certificate: join(folder, 'server.pem'), key: join(folder, 'server.key.pem') },
		},
	};
	await writeFile(join(folder, 'registry.yml'), JSON.stringify(config));
	const child = spawn('docker-registry', ['serve', join(folder, 'registry.yml')], { stdio: 'ignore' });
	await answering(address);
	return child;
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	return port;
}

async function answering(address: string): Promise<void> {
	const [host, port] = address.split(':');
	for (let tries = 0; tries < 100; tries++) {
		const socket = connect(Number(port), host);
		const isThere = await once(socket, 'connect').then(
			() => true,
			() => false,
		);
		socket.destroy();
		if (isThere) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error(`The registry does not answer at ${address}.`);
}
