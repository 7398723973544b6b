import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { describe, type TestContext, test } from 'node:test';
import { FathomError } from '../../source/errors.ts';
import type { SourceName } from '../../source/sources/image-source.ts';
import { resolveSource } from '../../source/sources/resolve-source.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const everywhere = ['docker', 'podman', 'containerd', 'registry'];
const id = '4bd8d6c1e3f2'.repeat(6).slice(0, 64);

/** What a reference means where none of its files are. */
const meanings: readonly (readonly [string, object])[] = [
	['-', { kind: 'standard-input' }],
	['nginx', { kind: 'search', sourceNames: everywhere, name: 'nginx' }],
	['nginx:1.27', { kind: 'search', sourceNames: everywhere, name: 'nginx:1.27' }],
	[
		'registry.example/acme/app',
		{ kind: 'search', sourceNames: everywhere, name: 'registry.example/acme/app' },
	],
	['localhost/app', { kind: 'search', sourceNames: everywhere, name: 'localhost/app' }],
	['localhost:5000/app:1', { kind: 'search', sourceNames: everywhere, name: 'localhost:5000/app:1' }],
	[`app@sha256:${id}`, { kind: 'search', sourceNames: everywhere, name: `app@sha256:${id}` }],
	[id, { kind: 'search', sourceNames: everywhere.slice(0, 3), name: id }],
	[`sha256:${id}`, { kind: 'search', sourceNames: everywhere.slice(0, 3), name: `sha256:${id}` }],
	['docker:nginx', { kind: 'one', sourceName: 'docker', name: 'nginx' }],
	['docker:registry:2', { kind: 'one', sourceName: 'docker', name: 'registry:2' }],
	['podman:localhost/app:1', { kind: 'one', sourceName: 'podman', name: 'localhost/app:1' }],
	['containerd:app', { kind: 'one', sourceName: 'containerd', name: 'app' }],
	['registry:2', { kind: 'one', sourceName: 'registry', name: '2' }],
	['registry:localhost:5000/app', { kind: 'one', sourceName: 'registry', name: 'localhost:5000/app' }],
	['registry:5000/app', { kind: 'search', sourceNames: everywhere, name: 'registry:5000/app' }],
	['docker:2375/app:1', { kind: 'search', sourceNames: everywhere, name: 'docker:2375/app:1' }],
	['docker://nginx:1', { kind: 'one', sourceName: 'registry', name: 'nginx:1' }],
	['registry://localhost:5000/app', { kind: 'one', sourceName: 'registry', name: 'localhost:5000/app' }],
	['docker-daemon:nginx:1', { kind: 'one', sourceName: 'docker', name: 'nginx:1' }],
	['podman://localhost/app', { kind: 'one', sourceName: 'podman', name: 'localhost/app' }],
	['containerd://app', { kind: 'one', sourceName: 'containerd', name: 'app' }],
	['containers-storage:localhost/app:1', { kind: 'one', sourceName: 'podman', name: 'localhost/app:1' }],
	[
		'containers-storage:[overlay@/var/lib/containers+/run]app',
		{ kind: 'one', sourceName: 'podman', name: 'app' },
	],
	['dir:1', { kind: 'search', sourceNames: everywhere, name: 'dir:1' }],
	['archives:nginx', { kind: 'search', sourceNames: everywhere, name: 'archives:nginx' }],
];

/** Can be nothing but paths. */
const paths = [
	'./app',
	'../app',
	'/app',
	'~/app',
	'app.tar',
	'app.TAR',
	'images/app.tar.gz',
	'app.tgz',
	'app.tar.zst',
	'app/',
	'app\\image',
	'C:\\app',
	'C:/app',
	'.',
];

/** Neither a path that is there nor a name that an image can have. */
const neither = ['My App', 'app:', 'app:v1:2', 'acme//app', 'app@sha256:12', 'acme/Upper', 'n'.repeat(300)];

describe('a reference', () => {
	for (const [reference, meaning] of meanings) {
		test(`${reference} means ${JSON.stringify(meaning)}`, (t) => {
			t.assert.deepEqual(resolveSource(reference, undefined), meaning);
		});
	}

	for (const reference of paths) {
		test(`${reference} is no image when there is no such file`, async (t) => {
			await inFolder(t, async () => {
				if (reference === '.') t.assert.equal(describeMeaning(reference), 'oci .');
				else t.assert.throws(() => resolveSource(reference, undefined), /^Error: ENOENT/);
			});
		});
	}

	for (const reference of neither) {
		test(`${reference.slice(0, 20)} is no path and no image`, (t) => {
			t.assert.throws(
				() => resolveSource(reference, undefined),
				(error) =>
					error instanceof FathomError &&
					error.code === 'not-found' &&
					/: there is no such file or folder, and no image can have this name\.$/.test(error.message),
			);
		});
	}
});

describe('a path that is there', () => {
	test('goes before an image of that name', async (t) => {
		await inFolder(t, async () => {
			await writeFile('nginx', '');
			await mkdir('acme/app', { recursive: true });
			t.assert.equal(describeMeaning('nginx'), 'archive nginx');
			t.assert.equal(describeMeaning('acme/app'), 'oci acme/app');
		});
	});

	test('goes before an image of that name even when it is a link that leads nowhere', async (t) => {
		await inFolder(t, async () => {
			await symlink('gone', 'nginx');
			t.assert.throws(() => resolveSource('nginx', undefined), /^Error: ENOENT/);
		});
	});

	test('does not go before the name of a source, which always means the same', async (t) => {
		await inFolder(t, async () => {
			await writeFile('docker:x', '');
			t.assert.equal(describeMeaning('docker:x'), 'docker x');
			t.assert.equal(describeMeaning('./docker:x'), 'archive ./docker:x');
			t.assert.equal(describeMeaning('archive:docker:x'), 'archive docker:x');
		});
	});

	test('is named by archive: or oci: as well, which may be followed by a year', async (t) => {
		await inFolder(t, async () => {
			await mkdir('2024/layout', { recursive: true });
			await writeFile('2024/app', '');
			t.assert.equal(describeMeaning('archive:2024/app'), 'archive 2024/app');
			t.assert.equal(describeMeaning('oci:2024/layout'), 'oci 2024/layout');
		});
	});

	test('is refused as what it is not', async (t) => {
		await inFolder(t, async () => {
			await mkdir('folder');
			await writeFile('file', '');
			t.assert.throws(() => resolveSource('archive:folder', undefined), { hint: 'oci:folder' });
			t.assert.throws(() => resolveSource('oci:file', undefined), { hint: 'archive:file' });
			t.assert.throws(() => resolveSource('file', 'oci'), { hint: 'archive:file' });
		});
	});
});

describe('a path as other tools write it', () => {
	const meanings: readonly (readonly [string, object])[] = [
		['oci:layout', { sourceName: 'oci', name: 'layout' }],
		['oci:layout:1.0', { sourceName: 'oci', name: 'layout', imageName: '1.0' }],
		['oci:layout:acme/app:1.0', { sourceName: 'oci', name: 'layout', imageName: 'acme/app:1.0' }],
		['oci-archive:app', { sourceName: 'archive', name: 'app' }],
		['oci-archive:app:1.0', { sourceName: 'archive', name: 'app', imageName: '1.0' }],
		['docker-archive:app:nginx:1', { sourceName: 'archive', name: 'app', imageName: 'nginx:1' }],
		['docker-archive://app', { sourceName: 'archive', name: 'app' }],
		['docker-archive:a:b', { sourceName: 'archive', name: 'a:b' }],
		['archive:app:1.0', { sourceName: 'archive', name: 'app', imageName: '1.0' }],
		['dir:layout', { sourceName: 'oci', name: 'layout' }],
		['file://app', { sourceName: 'archive', name: 'app' }],
		['layout/index.json', { sourceName: 'oci', name: 'layout' }],
		['oci:layout/index.json', { sourceName: 'oci', name: 'layout' }],
		['layout/manifest.json', { sourceName: 'oci', name: 'layout' }],
	];
	for (const [reference, meaning] of meanings) {
		test(`${reference} is ${JSON.stringify(meaning)}`, async (t) => {
			await inFolder(t, async () => {
				await mkdir('layout');
				for (const path of ['app', 'a:b', 'layout/index.json', 'layout/manifest.json'])
					await writeFile(path, '');
				t.assert.deepEqual(resolveSource(reference, undefined), { kind: 'one', ...meaning });
			});
		});
	}

	test('is an error where there is no such path', (t) => {
		for (const reference of ['oci:gone:1', 'docker-archive:gone', 'dir:/gone/x', 'file:///gone/x'])
			t.assert.throws(() => resolveSource(reference, undefined), /^Error: ENOENT/);
	});
});

describe('an address that is no reference', () => {
	test('of an artifact in a registry says how to write it', (t) => {
		t.assert.throws(() => resolveSource('oci://registry.example/chart', undefined), {
			code: 'usage',
			hint: 'registry:registry.example/chart for the registry, docker:registry.example/chart for Docker.',
		});
	});

	test('of a web page says so', (t) => {
		t.assert.throws(() => resolveSource('https://registry.example/app', undefined), {
			code: 'not-found',
			hint: 'Write the name of the image without https://, as in registry:HOST/NAME.',
		});
	});
});

describe('a source that the user fixed', () => {
	test('is the only one, whatever the reference looks like', async (t) => {
		await inFolder(t, async () => {
			await writeFile('nginx', '');
			t.assert.equal(describeMeaning('nginx', 'docker'), 'docker nginx');
			t.assert.equal(describeMeaning('registry:5000/app', 'registry'), 'registry registry:5000/app');
			t.assert.equal(describeMeaning('registry:2', 'docker'), 'docker registry:2');
		});
	});

	test('may stand in front of the reference as well', (t) => {
		t.assert.equal(describeMeaning('docker:nginx', 'docker'), 'docker nginx');
	});

	test('goes with standard input only where that can come from it', (t) => {
		t.assert.deepEqual(resolveSource('-', 'archive'), { kind: 'standard-input' });
		t.assert.throws(() => resolveSource('-', 'docker'), {
			code: 'usage',
			message: '--source docker: standard input is always read as an archive.',
		});
	});

	test('needs a name', (t) => {
		t.assert.throws(() => resolveSource('podman:', undefined), {
			code: 'usage',
			message: 'podman: is not followed by the name of an image.',
			hint: 'podman:NAME, such as podman:nginx:1.27.',
		});
		t.assert.throws(() => resolveSource('archive:', undefined), { hint: 'archive:PATH' });
	});
});

/** The one source that a reference means, and the name in it. */
function describeMeaning(reference: string, fixed?: SourceName): string {
	const resolution = resolveSource(reference, fixed);
	return resolution.kind === 'one' ? `${resolution.sourceName} ${resolution.name}` : resolution.kind;
}

/** Paths are looked for in the current folder. */
async function inFolder(t: TestContext, work: () => Promise<void>): Promise<void> {
	const before = process.cwd();
	process.chdir(await temporaryFolder(t));
	try {
		await work();
	} finally {
		process.chdir(before);
	}
}
