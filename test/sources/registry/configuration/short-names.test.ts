import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { FathomError } from '../../../../source/errors.ts';
import { parseReference } from '../../../../source/image/reference.ts';
import type { Host } from '../../../../source/sources/host.ts';
import { fullNames } from '../../../../source/sources/registry/configuration/full-names.ts';
import { pullSources } from '../../../../source/sources/registry/configuration/pull-sources.ts';
import { readRegistriesConfig } from '../../../../source/sources/registry/configuration/registries-config.ts';
import { file } from '../../../support/archives/tar-entry.ts';
import { loadImage } from '../../../support/load-image.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { contentOf, startRegistry } from '../fake-registry.ts';
import { hostWith } from '../load-from-registry.ts';

const content = contentOf({ layers: [[file('a', 'one')]] });

/** Writes files below a folder of the test's own; gives a user whose home is `home` in it, and the system's folder. */
async function machineWith(
	t: TestContext,
	files: Readonly<Record<string, string>>,
	environment: Host['environment'] = {},
): Promise<{ readonly host: Host; readonly system: string; readonly root: string }> {
	const root = await temporaryFolder(t);
	for (const [name, text] of Object.entries(files)) {
		await mkdir(join(root, name, '..'), { recursive: true });
		await writeFile(join(root, name), text);
	}
	const named = Object.entries(environment).map(([name, path]) => [name, join(root, path ?? '')]);
	const host = hostWith(Object.fromEntries(named), join(root, 'home'));
	return { host, system: join(root, 'etc'), root };
}

const USER = 'home/.config/containers';

async function namesOf(machine: { readonly host: Host; readonly system: string }, text: string) {
	const config = await readRegistriesConfig(machine.host, machine.system);
	return fullNames(text, config).map(
		({ reference: { registry, repository, tag, digest } }) =>
			`${registry}/${repository}${tag === null ? '' : `:${tag}`}${digest === null ? '' : `@${digest.slice(0, 9)}`}`,
	);
}

const search = (...registries: readonly string[]): string =>
	`unqualified-search-registries = ${JSON.stringify(registries)}\n`;

describe('a short name', () => {
	test('is on Docker Hub where no file says anything', async (t) => {
		t.assert.deepEqual(await namesOf(await machineWith(t, {}), 'nginx'), ['docker.io/library/nginx:latest']);
	});

	test('has an alias, to which its tag and its digest are added', async (t) => {
		const machine = await machineWith(t, {
			'etc/registries.conf': search('quay.io'),
			'etc/registries.conf.d/shortnames.conf': '[aliases]\nfedora = "registry.example.com/fedora"\n',
		});
		const digest = `sha256:${'0'.repeat(64)}`;
		t.assert.deepEqual(await namesOf(machine, 'fedora'), ['registry.example.com/fedora:latest']);
		t.assert.deepEqual(await namesOf(machine, 'fedora:40'), ['registry.example.com/fedora:40']);
		t.assert.deepEqual(await namesOf(machine, `fedora@${digest}`), ['registry.example.com/fedora@sha256:00']);
	});

	test('is looked for in each of the registries in which to search', async (t) => {
		const machine = await machineWith(t, { 'etc/registries.conf': search('quay.io', 'docker.io') });
		t.assert.deepEqual(await namesOf(machine, 'team/app:1'), ['quay.io/team/app:1', 'docker.io/team/app:1']);
		t.assert.deepEqual(await namesOf(machine, 'nginx'), [
			'quay.io/nginx:latest',
			'docker.io/library/nginx:latest',
		]);
	});

	test('that is full already is left alone', async (t) => {
		const machine = await machineWith(t, { 'etc/registries.conf': search('quay.io') });
		t.assert.deepEqual(await namesOf(machine, 'localhost/app:1'), ['localhost/app:1']);
	});

	test('is not guessed where the files want the user to choose', async (t) => {
		const machine = await machineWith(t, {
			'etc/registries.conf': `short-name-mode = "enforcing"\n${search('quay.io', 'docker.io')}`,
		});
		await t.assert.rejects(namesOf(machine, 'nginx'), {
			code: 'usage',
			message: `nginx may be in quay.io, docker.io, and ${machine.system}/registries.conf does not allow fathom to choose (short-name-mode).`,
			hint: 'Write the full name: quay.io/nginx',
		});
	});

	test('opens from the second registry where the first does not have it', async (t) => {
		const [first, second] = [
			await startRegistry(t, { content: new Map() }),
			await startRegistry(t, { content }),
		];
		const { host, root } = await machineWith(t, {
			[`${USER}/registries.conf`]: search(first.address, second.address),
		});
		const { image } = await loadImage('registry:app:1', { host });
		t.assert.deepEqual(image.description.names, [`${second.address}/app:1`]);
		t.assert.equal(
			image.foundIn,
			`the registry ${second.address} (unqualified-search-registries in ${root}/${USER}/registries.conf)`,
		);
	});
});

describe('of several files', () => {
	test('the one that the environment names comes instead of the main one', async (t) => {
		const machine = await machineWith(
			t,
			{
				named: search('named.example'),
				[`${USER}/registries.conf`]: search('user.example'),
				'etc/registries.conf': search('system.example'),
			},
			{ CONTAINERS_REGISTRIES_CONF: 'named' },
		);
		t.assert.deepEqual(await namesOf(machine, 'app'), ['named.example/app:latest']);
	});

	test("the user's own comes instead of all of the system's", async (t) => {
		const machine = await machineWith(t, {
			[`${USER}/registries.conf`]: search('user.example'),
			'etc/registries.conf': search('system.example'),
			'etc/registries.conf.d/10.conf': search('drop-in.example'),
		});
		t.assert.deepEqual(await namesOf(machine, 'app'), ['user.example/app:latest']);
	});

	test('drop-in files come after the main one by name, and those of the user last', async (t) => {
		const files = {
			'etc/registries.conf': `${search('system.example')}[aliases]\na = "one.example/a"\n`,
			'etc/registries.conf.d/20.conf': search('twenty.example'),
			'etc/registries.conf.d/10.conf': search('ten.example'),
			'etc/registries.conf.d/30.ignored': search('ignored.example'),
		};
		t.assert.deepEqual(await namesOf(await machineWith(t, files), 'app'), ['twenty.example/app:latest']);
		const machine = await machineWith(t, {
			...files,
			[`${USER}/registries.conf.d/05.conf`]: '[aliases]\na = ""\nb = "two.example/b"\n',
		});
		t.assert.deepEqual(await namesOf(machine, 'a'), ['twenty.example/a:latest']);
		t.assert.deepEqual(await namesOf(machine, 'b'), ['two.example/b:latest']);
	});

	test('a rule of a later one replaces that of an earlier one for the same prefix', async (t) => {
		const machine = await machineWith(t, {
			'etc/registries.conf': '[[registry]]\nlocation = "a.example"\nblocked = true\n',
			'etc/registries.conf.d/10.conf': '[[registry]]\nprefix = "a.example"\nlocation = "b.example/x"\n',
		});
		const config = await readRegistriesConfig(machine.host, machine.system);
		const [place, ...rest] = pullSources(parseReference('a.example/app:1'), config);
		t.assert.deepEqual(rest, []);
		t.assert.equal(place.blockedBy, null);
		t.assert.deepEqual([place.reference.registry, place.reference.repository], ['b.example', 'x/app']);
	});

	test('the aliases that Podman has recorded come last', async (t) => {
		const machine = await machineWith(t, {
			'etc/registries.conf': '[aliases]\na = "one.example/a"\n',
			'home/.cache/containers/short-name-aliases.conf': '[aliases]\na = "chosen.example/a"\n',
		});
		t.assert.deepEqual(await namesOf(machine, 'a'), ['chosen.example/a:latest']);
	});
});

describe('a file that cannot be used', () => {
	const broken: Readonly<Record<string, readonly [text: string, reason: RegExp]>> = {
		'is not TOML': ['[[registry', /Invalid TOML document/],
		'has a value of another type': [
			'[[registry]]\nlocation = "a"\nblocked = "yes"',
			/blocked is not true or false/,
		],
		'has a URL for a location': [
			'[[registry]]\nlocation = "https://a"',
			/https:\/\/a is a URL instead of a host/,
		],
		'has a rule without a location': ['[[registry]]\nprefix = "a.example"', /registry 1 has no location/],
		'mixes both versions': [
			`${search('a')}[registries.search]\nregistries = ["b"]`,
			/versions 1 and 2 .* are mixed/,
		],
		'contradicts itself': [
			'[[registry]]\nprefix = "a"\nlocation = "x"\n[[registry]]\nprefix = "b"\nlocation = "x"\nblocked = true',
			/x is there twice and differs in insecure or blocked/,
		],
		'has an alias with a tag': ['[aliases]\na = "b.example/c:1"', /the alias a has a tag or a digest/],
	};
	for (const [what, [text, reason]] of Object.entries(broken)) {
		test(`because it ${what} is named, and does not matter to anything else`, async (t) => {
			const machine = await machineWith(t, {
				'etc/registries.conf': text,
				'etc/registries.conf.d/10.conf': search('quay.io'),
			});
			const { problems } = await readRegistriesConfig(machine.host, machine.system);
			t.assert.equal(problems.length, 1);
			t.assert.equal(problems[0].startsWith(`${machine.system}/registries.conf is ignored: `), true);
			t.assert.match(problems[0], reason);
			t.assert.deepEqual(await namesOf(machine, 'app'), ['quay.io/app:latest']);
		});
	}

	test('is named in a notice when an image is opened, and in the hint when it is not', async (t) => {
		const server = await startRegistry(t, { content });
		const { host, root } = await machineWith(t, { [`${USER}/registries.conf`]: 'no' });
		const { image } = await loadImage(`registry:${server.address}/app:1`, { host });
		const [{ code, message }, ...more] = image.notices;
		t.assert.deepEqual(more, []);
		t.assert.equal(code, 'configuration-ignored');
		t.assert.equal(message.startsWith(`${root}/${USER}/registries.conf is ignored: `), true);
		await t.assert.rejects(loadImage(`registry:${server.address}/app:2`, { host }), (error: FathomError) => {
			t.assert.match(error.hint ?? '', /^Check the name and the tag\. .*registries\.conf is ignored: /);
			return true;
		});
	});

	test('is named when the environment names it and it is not there', async (t) => {
		const machine = await machineWith(t, {}, { CONTAINERS_REGISTRIES_CONF: 'nowhere' });
		const { problems } = await readRegistriesConfig(machine.host, machine.system);
		t.assert.deepEqual(problems, [`${machine.root}/nowhere is ignored: it cannot be read (ENOENT).`]);
	});

	test('may be a named pipe that nobody writes to', async (t) => {
		const machine = await machineWith(t, {}, { CONTAINERS_REGISTRIES_CONF: 'pipe' });
		execFileSync('mkfifo', [join(machine.root, 'pipe')]);
		const { problems } = await readRegistriesConfig(machine.host, machine.system);
		t.assert.deepEqual(problems, [`${machine.root}/pipe is ignored: it is not a regular file.`]);
	});

	test('among drop-in files is one of version 1', async (t) => {
		const machine = await machineWith(t, {
			'etc/registries.conf.d/10.conf': '[registries.search]\nregistries = ["b"]',
		});
		const { problems } = await readRegistriesConfig(machine.host, machine.system);
		t.assert.deepEqual(problems, [
			`${machine.system}/registries.conf.d/10.conf is ignored: it has version 1 of the format.`,
		]);
	});
});
