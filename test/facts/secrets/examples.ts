import { createHash } from 'node:crypto';
import type { SecretKind } from '../../../source/facts/secrets/rules/rules.ts';

interface Example {
	readonly path: string;
	readonly content: string | Uint8Array;
	/** Where the secret begins, 1-based; null where it is the file as a whole. Of what only looks like a secret it says nothing. */
	readonly line?: number | null;
	/** What must be in no fact; by default all of the content but short words. */
	readonly value?: string;
}

interface Examples {
	readonly secret: Example;
	readonly harmless: Example;
}

const letters = 'abcdefghijklmnopqrstuvwxyz';
const alphanumeric = `${letters}${letters.toUpperCase()}0123456789`;
const base64 = `${alphanumeric}+/`;
const hex = '0123456789abcdef';
const base32 = `${letters.toUpperCase()}234567`;

/** Text that looks random and is the same in every run. Nothing here is a secret of anybody's, and no scanner finds one in this file. */
function random(length: number, alphabet = alphanumeric): string {
	let text = '';
	for (let round = 0; text.length < length; round++)
		for (const byte of createHash('sha256').update(`${alphabet}${length}.${round}`).digest())
			text += alphabet[byte % alphabet.length];
	return text.slice(0, length);
}

function inSource(value: string, around: (value: string) => string = (text) => `token = "${text}"`): Example {
	return { path: 'srv/app/config.js', content: `// settings\n${around(value)}\n`, line: 2, value };
}

/** A token after its prefix, and the same with words of a documentation. */
function token(prefix: string, length: number, alphabet = alphanumeric, after = ''): Examples {
	return {
		secret: inSource(`${prefix}${random(length, alphabet)}${after}`),
		harmless: inSource(`${prefix}${'x'.repeat(length)}${after}`),
	};
}

function inFile(path: string, value: string, text: (value: string) => string, placeholder: string): Examples {
	return {
		secret: { path, content: text(value), line: 2, value },
		harmless: { path, content: text(placeholder) },
	};
}

function pem(label: string, first: string): string {
	const body = `${first}${random(64 * 4, base64)}`.match(/.{1,64}/g)?.join('\n');
	return `${dashes}BEGIN ${label}${dashes}\n${body}\n${dashes}END ${label}${dashes}\n`;
}

const dashes = '-----';
const openssh = Buffer.from('openssh-key-v1\0\0\0\0').toString('base64');
const header = `${dashes}BEGIN PRIVATE ${'KEY'}${dashes}`;
const bytes = (...values: readonly (number | string)[]) =>
	Buffer.concat(
		values.map((value) => (typeof value === 'string' ? Buffer.from(value, 'hex') : Buffer.of(value))),
	);
const keyBag = '060b2a864886f70d010c0a0102';
const certificateBag = '060b2a864886f70d010c0a0103';

export const examples: Readonly<Record<SecretKind, Examples>> = {
	'private-key': {
		secret: {
			path: 'root/.ssh/id_rsa',
			content: `# mine\n${pem('RSA PRIVATE KEY', 'MIIE')}`,
			line: 2,
			value: random(256, base64).slice(60, 124),
		},
		harmless: { path: 'usr/lib/pem.py', content: `if text.startswith("${header}"):\n    return "a key"\n` },
	},
	'encrypted-private-key': {
		secret: {
			path: 'etc/ssl/private/site.pem',
			content: pem('ENCRYPTED PRIVATE KEY', 'MIIF'),
			line: 1,
			value: random(256, base64).slice(60, 124),
		},
		harmless: {
			path: 'etc/ssl/private/site.pem',
			content: `${dashes}BEGIN ENCRYPTED PRIVATE KEY${dashes}\n...\n`,
		},
	},
	'putty-private-key': {
		secret: {
			path: 'root/key.ppk',
			content: `PuTTY-User-Key-File-${3}: ssh-ed25519\nEncryption: none\nComment: a\n`,
			line: 1,
			value: 'Comment',
		},
		harmless: { path: 'usr/lib/putty.c', content: '"PuTTY-User-Key-File-%d: %s\\nEncryption: %s\\n"' },
	},
	'pgp-private-key': {
		secret: {
			path: 'root/key.asc',
			content: `${dashes}BEGIN PGP PRIVATE ${'KEY'} BLOCK${dashes}\nVersion: GnuPG v2\n\n${random(64, base64)}\n`,
			line: 1,
			value: random(64, base64),
		},
		harmless: {
			path: 'root/key.asc',
			content: `${dashes}BEGIN PGP PUBLIC KEY BLOCK${dashes}\n\n${random(64, base64)}\n`,
		},
	},
	'age-secret-key': token('AGE-SECRET-KEY-1', 58, base32),
	'wireguard-key': inFile(
		'etc/wireguard/wg0.conf',
		`${random(43, base64)}=`,
		(value) => `[Interface]\nPrivateKey = ${value}\n`,
		'PRIVATE_KEY_OF_SERVER',
	),
	'key-store': {
		secret: { path: 'srv/app/server.p12', content: bytes('30820400', keyBag, 0), line: null, value: keyBag },
		harmless: { path: 'etc/ssl/trust.p12', content: bytes('30820400', certificateBag, 0) },
	},
	'password-database': {
		secret: { path: 'root/own.kdbx', content: bytes('03d9a29a67fb4bb500000400'), line: null, value: '03d9' },
		harmless: { path: 'root/own.kdbx', content: 'a note about KeePass' },
	},
	'kerberos-keytab': {
		secret: { path: 'etc/krb5.keytab', content: bytes('0502', '00'.repeat(40)), line: null, value: '0502' },
		harmless: { path: 'etc/krb5.keytab', content: bytes('0502') },
	},
	'aws-access-key': {
		secret: inSource(`AKIA${random(16, base32)}`, (value) => `keys = ["${value}", "${random(40, base64)}"]`),
		harmless: inSource(`AKIA${random(16, base32)}`, (value) => `the policy allows ${value} to read`),
	},
	'github-token': token('ghp_', 36),
	'gitlab-token': token('glpat-', 20),
	'slack-token': {
		secret: inSource(`xoxb-${random(12, '0123456789')}-${random(24)}`),
		harmless: inSource('xoxb-your-token-goes-into-this-place'),
	},
	'stripe-key': token('sk_live_', 24),
	'npm-token': token('npm_', 36),
	'pypi-token': token('pypi-AgEI', 80),
	'google-api-key': token('AIza', 35),
	'google-client-secret': token('GOCSPX-', 28),
	'azure-storage-key': token('AccountKey=', 86, base64, '=='),
	'sendgrid-key': {
		secret: inSource(`SG.${random(22)}.${random(43)}`),
		harmless: inSource(`SG.${random(22)}${random(43)}`),
	},
	'digitalocean-token': token('dop_v1_', 64, hex),
	'hugging-face-token': token('hf_', 34),
	'openai-key': {
		secret: inSource(`sk-${random(20)}T3BlbkFJ${random(21)}`),
		harmless: inSource(`data:${random(20)}T3BlbkFJ${random(21)}`),
	},
	'anthropic-key': token('sk-ant-api03-', 95),
	'docker-hub-token': token('dckr_pat_', 27),
	'telegram-token': {
		secret: inSource(`${random(10, '123456789')}:AA${random(33)}`),
		harmless: inSource(`sha256:AA${random(33)}`),
	},
	'shopify-token': token('shpat_', 32, hex),
	'vault-token': token('hvs.', 95),
	'npm-credentials': inFile(
		'root/.npmrc',
		random(36, hex),
		(value) => `audit=false\n//registry.npmjs.org/:_authToken=${value}\n`,
		`$${'{NPM_TOKEN}'}`,
	),
	'python-index-password': inFile(
		'root/.pypirc',
		random(14),
		(value) => `[pypi]\npassword = ${value}\n`,
		'<password>',
	),
	'netrc-password': inFile(
		'root/.netrc',
		random(14),
		(value) => `machine example.org\nlogin me password ${value}\n`,
		'yourpassword',
	),
	'registry-credentials': inFile(
		'root/.docker/config.json',
		Buffer.from(`me:${random(12)}`).toString('base64'),
		(value) => `{"auths":{"r.io":{\n"auth": "${value}"}}}`,
		'xxxxxxxxxxxxxxxx',
	),
	'kubernetes-credentials': inFile(
		'root/.kube/config',
		random(400, base64),
		(value) => `users:\n- client-key-data: ${value}\n`,
		'REDACTED',
	),
	'git-credentials': inFile(
		'root/.git-credentials',
		random(12),
		(value) => `\nhttps://me:${value}@git.acme.org\n`,
		'password',
	),
	'aws-credentials': inFile(
		'root/.aws/credentials',
		random(40, base64),
		(value) => `[default]\naws_secret_access_key = ${value}\n`,
		'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
	),
	'cloud-login': inFile(
		'root/.config/gcloud/application_default_credentials.json',
		`1//${random(60)}`,
		(value) => `{\n"refresh_token": "${value}"}`,
		'your-refresh-token-comes-here',
	),
	'environment-file': inFile(
		'srv/app/.env',
		random(20),
		(value) => `PORT=80\nDB_PASSWORD='${value}'\n`,
		'changeme',
	),
	'wordpress-password': inFile(
		'srv/www/wp-config.php',
		random(16),
		(value) => `<?php\ndefine( 'DB_PASSWORD', '${value}' );\n`,
		'password_here',
	),
	'terraform-state': inFile(
		'srv/infra/terraform.tfstate',
		random(24),
		(value) => `{\n"master_password": "${value}"}`,
		'placeholder',
	),
	'password-hash': inFile(
		'etc/shadow',
		`$6$${random(8)}$${random(86)}`,
		(value) => `daemon:*:19000:0:99999:7:::\nroot:${value}:19000:0:99999:7:::\n`,
		'!*',
	),
	'database-password': inFile(
		'root/.pgpass',
		random(16),
		(value) => `# own\ndb.acme.org:5432:*:me:${value}\n`,
		'password',
	),
	'package-manager-credentials': inFile(
		'root/.composer/auth.json',
		random(40, hex),
		(value) => `{"github-oauth": {\n"github.com": "${value}"}}`,
		'your-token-comes-here',
	),
	'rails-master-key': {
		secret: {
			path: 'srv/app/config/master.key',
			content: `${random(32, hex)}\n`,
			line: 1,
			value: random(32, hex),
		},
		harmless: { path: 'srv/app/config/master.key', content: 'not here\n' },
	},
	'url-password': {
		secret: inSource(random(14), (value) => `"postgres://shop:${value}@db.acme.org/shop"`),
		harmless: inSource('password', (value) => `"postgres://user:${value}@db.acme.org/shop"`),
	},
};

/** More that is secret, where one example does not show all of a rule. */
export const furtherSecrets: readonly (Example & { readonly kind: SecretKind })[] = [
	{
		kind: 'private-key',
		path: 'a/key.json',
		content: `{"private_key": "${pem('PRIVATE KEY', 'MIIE').replaceAll('\n', '\\n')}"}`,
	},
	{
		kind: 'private-key',
		path: 'root/.ssh/id_ed25519',
		content: pem('OPENSSH PRIVATE KEY', `${openssh.slice(0, 20)}AAAABG5vbmUAAAAEbm9uZQ`),
	},
	{
		kind: 'private-key',
		path: 'etc/site.key',
		content: bytes('308204a4', '0201', '00', '0282', '11'.repeat(60)),
	},
	{
		kind: 'encrypted-private-key',
		path: 'root/.ssh/id_ed25519',
		content: pem('OPENSSH PRIVATE KEY', `${openssh.slice(0, 20)}AAAACmFlczI1Ni1jdHI`),
	},
	{
		kind: 'encrypted-private-key',
		path: 'etc/a.pem',
		content: `${dashes}BEGIN RSA PRIVATE ${'KEY'}${dashes}\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n${random(64, base64)}\n`,
	},
	{
		kind: 'encrypted-private-key',
		path: 'root/key.ppk',
		content: `PuTTY-User-Key-File-${2}: ssh-rsa\r\nEncryption: aes256-cbc\r\nComment: a\r\n`,
	},
	{ kind: 'github-token', path: 'a/b', content: `github_pat_${random(22)}_${random(59)}` },
	{ kind: 'github-token', path: 'srv/.env', content: `GITHUB_TOKEN=ghs_${random(36)}` },
	{
		kind: 'slack-token',
		path: 'a/b',
		content: `https://hooks.slack.com/services/T${random(9, base32)}/B${random(9, base32)}/${random(24)}`,
	},
	{
		kind: 'aws-access-key',
		path: 'a/b',
		content: `secret ${random(40, base64)}\nid ASIA${random(16, base32)}`,
	},
	{
		kind: 'aws-access-key',
		path: 'srv/run.sh',
		content: `export AWS_ACCESS_KEY_ID=AKIA${random(16, base32)}\nexport AWS_SECRET_ACCESS_KEY=${random(40, base64)}\n`,
	},
	{
		kind: 'aws-access-key',
		path: 'srv/other.sh',
		content: `AWS_SECRET_ACCESS_KEY=${random(40, base64)} AWS_ACCESS_KEY_ID=AKIA${random(16, base32)} ./run\n`,
	},
	{
		kind: 'pgp-private-key',
		path: 'root/.gnupg/private-keys-v1.d/0A.key',
		content: 'Created: 20240101T000000\nKey: (private-key (rsa (n 1)))',
	},
	{ kind: 'pgp-private-key', path: 'root/.gnupg/secring.gpg', content: bytes('95', '01'.repeat(50)) },
	{
		kind: 'key-store',
		path: 'srv/app.jks',
		content: bytes('feedfeed', '00000002', '00000001', '00000001', '0003'),
	},
	{
		kind: 'kubernetes-credentials',
		path: 'var/run/secrets/kubernetes.io/serviceaccount/token',
		content: `eyJ${random(30)}.${random(80)}.${random(50)}`,
	},
	{ kind: 'password-hash', path: 'etc/nginx/.htpasswd', content: `me:$apr1$${random(8)}$${random(22)}` },
	{ kind: 'password-hash', path: 'etc/shadow-', content: `root:$y$j9T$${random(22)}$${random(43)}:1:::::` },
	{ kind: 'password-hash', path: 'mnt/root/etc/shadow', content: `root:${random(13)}:1:::::` },
	{
		kind: 'package-manager-credentials',
		path: 'root/.cargo/credentials.toml',
		content: `[registry]\ntoken = "${random(30)}"`,
	},
	{
		kind: 'package-manager-credentials',
		path: 'root/.m2/settings.xml',
		content: `<password>${random(12)}</password>`,
	},
	{
		kind: 'package-manager-credentials',
		path: 'root/.gem/credentials',
		content: `---\n:rubygems_api_key: rubygems_${random(48, hex)}`,
	},
	{
		kind: 'environment-file',
		path: 'srv/.env.production',
		content: `export STRIPE_SECRET_KEY=${random(30)}`,
	},
	{
		kind: 'url-password',
		path: 'etc/apt/apt.conf',
		content: `Acquire::http::Proxy "http://build:${random(12)}@proxy.acme.org:8080";`,
	},
];

/** More that only looks secret. */
export const furtherHarmless: readonly Example[] = [
	{
		path: 'srv/.env',
		content:
			'PUBLIC_KEY=abcdef0123456789\nSECRET_FILE=/run/secrets/a\nTOKEN=$OTHER\nPASSWORD=\nAPI_KEY=<your key>\n',
	},
	{ path: 'etc/trust.jks', content: bytes('feedfeed', '00000002', '00000001', '00000002', '0003') },
	{ path: 'etc/ssl/certs/site.pem', content: pem('CERTIFICATE', 'MIID') },
	{ path: 'etc/site.key', content: bytes('308204a4', '3082', '0201', '11'.repeat(60)) },
	{
		path: 'a/policy.json',
		content: `{"AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "SecretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}`,
	},
	{
		path: 'a/README',
		content:
			'https://user:p%40ssword@github.com https://me:My%20Pass@db.acme.org git+ssh://git@github.com:a/b.git',
	},
	{ path: 'a/b.js', content: `const url = "https://$${'{user}'}:$${'{password}'}@db.acme.org"` },
	{ path: 'root/.ssh/id_rsa.pub', content: `ssh-rsa AAAAB3NzaC1yc2E${random(300, base64)} me` },
	{ path: 'etc/shadow', content: 'root:*:1:::::\nbin:!:1:::::\nnew:!!:1:::::\n' },
	{ path: 'a/hash.txt', content: `npm_${random(37)} ghp_${random(35)} xghp_${random(36)}` },
];
