import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findingsOf, type SeenFinding } from '../../../support/analysis/findings-of.ts';
import {
	directory,
	file,
	hardLink,
	symlink,
	type TarEntry,
	whiteout,
} from '../../../support/archives/tar-entry.ts';

interface Given {
	readonly base?: readonly TarEntry[];
	readonly added?: readonly TarEntry[];
	readonly by?: string;
	readonly config?: Readonly<Record<string, unknown>>;
	readonly createdBy?: string;
	readonly os?: string;
}

async function foundIn({
	base = [],
	added = [],
	by = 'RUN make',
	config,
	createdBy,
	os,
}: Given): Promise<readonly SeenFinding[]> {
	const found = await findingsOf({
		layers: [
			{ by: 'ADD rootfs.tar /', entries: [file('etc/passwd', 'x'), ...base] },
			{ by, entries: [file('srv/app', 'y'), ...added] },
		],
		...(createdBy !== undefined && {
			history: [
				{ created_by: createdBy, empty_layer: true },
				{ created_by: 'ADD rootfs.tar /' },
				{ created_by: by },
			],
		}),
		...(config && { config }),
		...(os && { os }),
	});
	return found.filter(({ level }) => level !== 'waste');
}

/** `CODE LEVEL: PLACES` */
function inShort(found: readonly SeenFinding[]): readonly string[] {
	return found.map(
		({ code, level, places }) =>
			`${code} ${level}:${places.map((place) => ` ${place.split(' ')[0]}`).join('')}`,
	);
}

describe('a directory in the place of a symlink', () => {
	const merged = [file('usr/lib/libc.so', 'x'), symlink('lib', 'usr/lib')];

	test('is found where a layer has only what is in it', async () => {
		const found = await foundIn({ base: merged, added: [file('lib/new.so', 'x')] });
		assert.deepEqual(inShort(found), ['folder-replaced risk: /lib']);
		assert.deepEqual(
			[found[0].wastedIn, found[0].title],
			[1, 'layer 2 puts a directory in the place of the symlink /lib'],
		);
	});

	test('is found where a layer has it by name, if the symlink led to files', async () => {
		const found = await foundIn({ base: merged, added: [directory('lib'), file('lib/new.so', 'x')] });
		assert.deepEqual(inShort(found), ['folder-replaced risk: /lib']);
		const run = [directory('run'), symlink('var/run', '/run')];
		assert.deepEqual(await foundIn({ base: run, added: [directory('var/run')] }), []);
	});

	test('is none where it was meant, nor where the symlink is back', async () => {
		const current = [file('srv/v1/app', 'x'), symlink('srv/current', 'v1')];
		assert.deepEqual(await foundIn({ base: current, added: [directory('srv/current')] }), []);
		assert.deepEqual(await foundIn({ base: merged, added: [whiteout('lib')] }), []);
		assert.deepEqual(await foundIn({ base: [directory('lib')], added: [file('lib/new.so', 'x')] }), []);
	});
});

describe('files that everybody may write', () => {
	test('are files and folders without the sticky bit that are above the base', async () => {
		const found = await foundIn({
			base: [file('etc/open', 'x', { mode: 0o666 }), file('etc/opened', 'x')],
			added: [
				file('etc/opened', 'x', { mode: 0o666 }),
				directory('srv/data', { mode: 0o777 }),
				directory('srv/tmp', { mode: 0o1777 }),
				symlink('srv/link', 'app'),
				file('srv/group', 'x', { mode: 0o664 }),
			],
			by: 'RUN /bin/sh -c chmod -R 777 /srv # buildkit',
		});
		assert.deepEqual(inShort(found), ['world-writable risk: /etc/opened /srv/data']);
		assert.equal(found[0].title, 'layer 2 adds 2 files and folders that everybody may write');
		assert.equal(found[0].advice.edit?.to, 'RUN chmod -R 777 /srv && chmod o-w /etc/opened /srv/data');
	});

	test('are none of the base, though a layer ships them again, and none in an image of Windows', async () => {
		const open = file('etc/open', 'x', { mode: 0o666 });
		assert.deepEqual(await foundIn({ base: [open], added: [{ ...open, uid: 5 }] }), []);
		assert.deepEqual(await foundIn({ added: [open], os: 'windows' }), []);
	});
});

describe('set-user-ID and set-group-ID files', () => {
	test('are found above the base, under each of their names', async () => {
		const found = await foundIn({
			base: [file('bin/su', 'x', { mode: 0o4755 })],
			added: [
				file('bin/su', 'a newer one', { mode: 0o4755 }),
				file('bin/sudo', 'x', { mode: 0o4755 }),
				hardLink('bin/sudoedit', 'bin/sudo', { mode: 0o4755 }),
				file('bin/wall', 'x', { mode: 0o2755 }),
				file('srv/data', 'x', { mode: 0o4644 }),
				directory('srv/shared', { mode: 0o2775 }),
			],
		});
		assert.deepEqual(inShort(found), ['set-id-added risk: /bin/sudo /bin/sudoedit /bin/wall']);
		assert.equal(found[0].title, 'layer 2 adds 3 set-user-ID or set-group-ID files');
	});
});

describe('files with capabilities', () => {
	const xattrs = { 'security.capability': '\u0001\0\0\u0002\0\u0004\0\0' };

	test('are found above the base, and no other attributes are', async () => {
		const found = await foundIn({
			base: [file('bin/ping', 'x', { xattrs })],
			added: [
				file('bin/ping', 'newer', { xattrs: { ...xattrs, 'security.selinux': 'bin_t' } }),
				file('bin/web', 'x', { xattrs: { ...xattrs, 'user.note': 'y' } }),
				...[...'abcdefgh'].map((name) => file(`bin/${name}`, 'x', { xattrs: { 'user.note': name } })),
				directory('srv/data', { xattrs }),
			],
		});
		assert.deepEqual(inShort(found), ['capabilities-added risk: /bin/web']);
		assert.equal(found[0].title, 'layer 2 adds 1 file with capabilities');
	});
});

describe('an image that runs as root', () => {
	const config = { Entrypoint: ['/srv/app'] };
	const rootUserIn = (found: Parameters<typeof inShort>[0]) =>
		inShort(found.filter(({ code }) => code === 'runs-as-root'));
	const cases: readonly (readonly [string, Given, readonly string[]])[] = [
		['by no user', { config }, ['runs-as-root risk:']],
		['by name', { config: { ...config, User: 'root' } }, ['runs-as-root risk:']],
		['by number, with a group', { config: { ...config, User: '0:0' } }, ['runs-as-root risk:']],
		['as an image to build on', { config: { Cmd: ['/bin/bash'] } }, ['runs-as-root hint:']],
		['is none with another user', { config: { ...config, User: '65532' } }, []],
		['is none with the name of another user', { config: { ...config, User: 'rooty' } }, []],
		['is none without a command', { config: {} }, []],
		['is none on Windows', { config, os: 'windows' }, []],
	];
	for (const [name, given, expected] of cases)
		test(name, async () => assert.deepEqual(rootUserIn(await foundIn(given)), expected));

	test('is a hint for a program without a system', async () => {
		const found = await findingsOf({
			layers: [{ by: 'COPY app /app', entries: [file('app', 'x')] }],
			config: { Entrypoint: ['/app'] },
		});
		assert.deepEqual(rootUserIn(found), ['runs-as-root hint:']);
	});
});

describe('a secret in the config', () => {
	/** In pieces, so that no scanner takes this file for one with a secret in it. */
	const token = ['ghp', 'R7kQ2vX9bLm4TzW8nYc3JfHs6DpA1gEu5KtV'].join('_');
	const value = 'g7Qz1vR9xT2mK4wB';
	const variable = (name: string, content = value) => ({ config: { Env: [`${name}=${content}`] } });
	const are: readonly (readonly [string, Given])[] = [
		['environment variable NPM_TOKEN', variable('NPM_TOKEN')],
		['environment variable DB_PASSWORD', variable('DB_PASSWORD')],
		['environment variable API_KEY', variable('API_KEY')],
		['environment variable AWS_SECRET_ACCESS_KEY', variable('AWS_SECRET_ACCESS_KEY')],
		['environment variable GONE_TOKEN', { createdBy: `/bin/sh -c #(nop)  ENV GONE_TOKEN=${value}` }],
		['label com.example.token', { config: { Labels: { 'com.example.token': value } } }],
		[
			'build argument NPM_TOKEN',
			{ createdBy: `RUN |2 VERSION=1 NPM_TOKEN=${value} /bin/sh -c npm ci # buildkit` },
		],
		['build argument NPM_TOKEN', { createdBy: `|1 NPM_TOKEN=${value} /bin/sh -c npm ci` }],
		['build argument NPM_TOKEN', { createdBy: `ARG NPM_TOKEN=${value}` }],
		['build argument NPM_TOKEN', { createdBy: `/bin/sh -c #(nop)  ARG NPM_TOKEN=${value}` }],
	];
	for (const [name, given] of are)
		test(`is told by its name alone: ${name}, ${given.createdBy?.slice(0, 12) ?? 'config'}`, async () => {
			const found = await foundIn(given);
			assert.deepEqual(inShort(found), ['secret-in-config risk:']);
			assert.equal(found[0].title, `the config or the history has what looks like a secret: ${name}`);
			assert.equal(JSON.stringify(found).includes(value), false);
		});

	test('is known by what it looks like, under any name and in any instruction', async () => {
		const [inVariable] = await foundIn(variable('FORGE', token));
		assert.match(inVariable.title, /: environment variable FORGE$/);
		const [inCommand] = await foundIn({
			createdBy: `RUN /bin/sh -c git clone https://x:${token}@github.com/a/b # buildkit`,
		});
		assert.match(inCommand.title, /: the instruction RUN git clone https:\/\/x:\*\*\*@github\.com\/a\/b$/);
		const [inName] = await foundIn({ config: { Labels: { [token]: token } } });
		assert.match(inName.title, /: label of a name that is not shown$/);
		const [inAddress] = await foundIn({ createdBy: `ENV https://x:${token}@github.com/?a=${token}` });
		assert.match(inAddress.title, /: environment variable of a name that is not shown$/);
		assert.equal(JSON.stringify([inVariable, inCommand, inName, inAddress]).includes(token), false);
	});

	const arent: readonly Given[] = [
		variable('GPG_KEY', 'E3FF2839C048B25C084DEBE9B26995E310250568'),
		variable('NPM_TOKEN', ''),
		variable('NPM_TOKEN', '$TOKEN'),
		variable('DB_PASSWORD', 'changeme'),
		variable('DB_PASSWORD_FILE', '/run/secrets/db'),
		variable('DB_PASSWORD', '/run/secrets/db'),
		variable('MAX_TOKEN', '4096'),
		variable('TOKEN_URL', 'https://example.com/oauth'),
		variable('OAUTH_TOKEN', 'https://login.test/oauth'),
		variable('TOKENIZER', value),
		{ createdBy: 'ARG NPM_TOKEN' },
		{ createdBy: `RUN |1 VERSION=1 /bin/sh -c NPM_TOKEN=$(cat /run/secrets/npm) npm ci # buildkit` },
	];
	for (const given of arent)
		test(`is none in ${given.createdBy ?? JSON.stringify(given.config)}`, async () => {
			assert.deepEqual(await foundIn(given), []);
		});
});
