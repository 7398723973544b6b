import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { leftoverRules } from '../../../../source/analysis/findings/leftovers/leftover-rules.ts';
import { findingsOf, type InstructedImage } from '../../../support/analysis/findings-of.ts';
import { file, hardLink, type TarEntry, whiteout } from '../../../support/archives/tar-entry.ts';

const content = 'x'.repeat(100_000);

/** Of each kind what is one, and what only looks like it. */
const examples: Readonly<
	Record<string, { readonly are: readonly string[]; readonly arent: readonly string[] }>
> = {
	'apt-lists-left': {
		are: ['var/lib/apt/lists/deb.debian.org_main_Packages'],
		arent: ['var/lib/apt/extended_states', 'srv/var/lib/apt/lists/x'],
	},
	'apt-archives-left': {
		are: ['var/cache/apt/archives/curl_8.deb', 'var/cache/apt/pkgcache.bin'],
		arent: ['var/cache/app/data'],
	},
	'apk-cache-left': { are: ['var/cache/apk/APKINDEX.1.tar.gz'], arent: ['lib/apk/db/installed'] },
	'dnf-cache-left': {
		are: ['var/cache/dnf/fedora.solv', 'var/cache/yum/x/primary.sqlite'],
		arent: ['var/lib/dnf/history.sqlite'],
	},
	'pacman-cache-left': {
		are: ['var/cache/pacman/pkg/zlib.pkg.tar.zst'],
		arent: ['var/lib/pacman/local/x/desc'],
	},
	'pip-cache-left': {
		are: ['root/.cache/pip/http/a', 'home/app/.cache/uv/wheels/b'],
		arent: ['usr/lib/python3/site-packages/pip/main.py', 'root/.cache/pipx'],
	},
	'npm-cache-left': {
		are: ['root/.npm/_cacache/index', 'srv/app/.npm/_logs/a.log'],
		arent: ['srv/app/.npmrc'],
	},
	'yarn-cache-left': {
		are: ['usr/local/share/.cache/yarn/v6/npm-a', 'root/.yarn/berry/cache/a.zip'],
		arent: ['srv/app/.yarn/cache/a.zip'],
	},
	'pnpm-store-left': {
		are: ['root/.local/share/pnpm/store/v3/files/00'],
		arent: ['srv/app/node_modules/.pnpm/a/node_modules/a/index.js'],
	},
	'go-cache-left': {
		are: ['root/.cache/go-build/00/a', 'go/pkg/mod/cache/x.zip', 'home/me/go/pkg/mod/y.go'],
		arent: ['srv/go/pkg/mod/y.go', 'go/bin/tool'],
	},
	'cargo-registry-left': {
		are: ['usr/local/cargo/registry/cache/a.crate', 'root/.cargo/registry/src/a.rs'],
		arent: ['usr/local/cargo/bin/cargo'],
	},
	'maven-repository-left': {
		are: ['root/.m2/repository/org/a/a.jar', 'root/.m2/wrapper/dists/apache-maven/a.jar'],
		arent: ['root/.m2/settings.xml'],
	},
	'gradle-cache-left': {
		are: ['home/gradle/.gradle/caches/x', 'root/.gradle/wrapper/dists/gradle-9/a.jar'],
		arent: ['root/.gradle/gradle.properties'],
	},
	'nuget-packages-left': { are: ['root/.nuget/packages/a/a.nupkg'], arent: ['srv/app/a.dll'] },
	'composer-cache-left': {
		are: ['root/.composer/cache/files/a.zip'],
		arent: ['srv/app/vendor/composer/a.php'],
	},
	'gem-cache-left': {
		are: ['usr/local/lib/ruby/gems/3.3.0/cache/rack-3.gem', 'usr/local/bundle/cache/puma.gem'],
		arent: ['usr/local/lib/ruby/gems/3.3.0/gems/rack-3/cache/store.rb'],
	},
	'conda-packages-left': { are: ['opt/conda/pkgs/numpy.conda'], arent: ['opt/conda/lib/python3.12/pkgs.py'] },
	'build-cache-left': {
		are: [
			'srv/app/node_modules/.cache/babel/a.json',
			'srv/app/node_modules/.vite/deps/a.js',
			'srv/app/.next/cache/b.pack',
			'srv/app/.nuxt/cache/c',
			'srv/app/.angular/cache/18.0.0/d.pack',
			'srv/app/.nx/cache/1.tar',
			'srv/app/.turbo/cache/2.tar.zst',
			'srv/app/.parcel-cache/data.mdb',
			'srv/app/dist/tsconfig.tsbuildinfo',
			'root/.cache/sccache/0/1/2',
			'srv/app/target/release/deps/libserde.rlib',
			'srv/app/target/debug/incremental/app/x.o',
		],
		arent: [
			'srv/app/.next/static/b.js',
			'srv/app/.nuxt/dist/client/c.js',
			'srv/app/.angular/settings.json',
			'srv/app/.nx/nxw.js',
			'srv/app/parcel-cache/a',
			'srv/app/.tsbuildinfo',
			'srv/app/target/release/app',
			'srv/app/target/deps/a.jar',
		],
	},
	'check-cache-left': {
		are: [
			'srv/app/.mypy_cache/3.12/os.data.json',
			'srv/app/.pytest_cache/v/cache/nodeids',
			'srv/app/.ruff_cache/0.5/1',
			'srv/app/.tox/py312/lib/python3.12/site-packages/a.py',
			'srv/notebooks/.ipynb_checkpoints/a-checkpoint.ipynb',
			'srv/app/.eslintcache',
		],
		arent: [
			'srv/app/mypy_cache/x',
			'srv/app/tox/a.py',
			'srv/app/tox.ini',
			'srv/app/.eslintcache.js',
			'srv/app/__pycache__/main.cpython-312.pyc',
		],
	},
	'core-dumps-left': {
		are: ['srv/app/core.4711', 'core'],
		arent: ['srv/app/core.js', 'srv/app/core', 'srv/app/core.d', 'srv/app/score.1'],
	},
	'temporary-files-left': { are: ['tmp/node.tar', 'var/tmp/x'], arent: ['srv/tmp/x'] },
	'logs-left': { are: ['var/log/dpkg.log'], arent: ['srv/app/log/app.log'] },
	'git-folder-left': {
		are: ['srv/app/.git/objects/pack/a.pack'],
		arent: ['srv/app/.gitignore', 'srv/git/a'],
	},
	'editor-files-left': {
		are: ['srv/app/.main.c.swp', 'srv/app/main.c~', 'srv/.DS_Store', 'srv/app/.idea/workspace.xml'],
		arent: ['srv/app/swp', 'srv/app/~main', 'srv/idea/x'],
	},
	'source-maps-left': {
		are: ['srv/app/dist/main.js.map', 'srv/a.css.map', 'srv/jquery.min.map', 'srv/types/a.d.mts.map'],
		arent: ['srv/app/world.map', 'srv/.js.map2'],
	},
	'test-data-left': {
		are: [
			'srv/node_modules/a/test/b.js',
			'srv/node_modules/@scope/a/__tests__/b.js',
			'srv/node_modules/a/node_modules/b/tests/c',
			'usr/lib/python3/dist-packages/pandas/tests/a.csv',
			'usr/lib/python3/dist-packages/scipy/stats/tests/b.npy',
			'usr/local/lib/python3.12/site-packages/scipy/io/matlab/tests/c.mat',
		],
		arent: [
			'srv/test/b.js',
			'srv/node_modules/test/index.js',
			'srv/node_modules/@types/test/index.d.ts',
			'srv/node_modules/.bin/test',
			'usr/lib/python3/site-packages/django/test/client.py',
		],
	},
	'documentation-left': {
		are: ['usr/share/doc/curl/changelog.gz', 'usr/share/man/man1/curl.1.gz'],
		arent: ['usr/share/doc/curl/copyright', 'srv/doc/index.html'],
	},
	'locales-left': {
		are: ['usr/share/locale/de/LC_MESSAGES/a.mo'],
		arent: ['usr/lib/locale/C.utf8/LC_CTYPE'],
	},
};

/** What is found in a layer on a base, beside its user. */
async function foundIn(
	entries: readonly TarEntry[],
	by = 'RUN /bin/sh -c make',
	more: Partial<InstructedImage> = {},
) {
	return findingsOf({
		layers: [
			{ by: 'ADD rootfs.tar /', entries: [file('etc/os', 'x')] },
			{ by, entries },
		],
		...more,
	});
}

describe('what builds leave behind', () => {
	test('has an example of each kind', () => {
		const codes = leftoverRules.map(({ code }) => code);
		assert.deepEqual(Object.keys(examples), codes);
	});

	for (const [code, { are, arent }] of Object.entries(examples)) {
		test(`${code}: what it is, and what only looks like it`, async () => {
			const found = await foundIn([...are, ...arent].map((path) => file(path, content)));
			assert.deepEqual(
				found.map(({ code: each, level, bytes, shippedIn, wastedIn }) => [
					each,
					level,
					bytes,
					shippedIn,
					wastedIn,
				]),
				[[code, 'hint', are.length * content.length, 1, null]],
			);
		});
	}

	test('is told by the layer that brought it, and nothing is told of a few bytes', async () => {
		const found = await findingsOf({
			layers: [
				{ by: 'ADD rootfs.tar /', entries: [file('var/log/a', content)] },
				{ by: 'RUN make', entries: [file('var/log/b', content), file('tmp/small', 'x'.repeat(999))] },
			],
		});
		assert.deepEqual(
			found.map(({ title, isOfBase, places }) => [title, isOfBase, ...places]),
			[
				['layer 1 leaves logs of the build in the image: 100 kB', true, '/var/log/a 1 100000'],
				['layer 2 leaves logs of the build in the image: 100 kB', false, '/var/log/b 1 100000'],
			],
		);
	});

	test('is of the layer that brought the content, whoever ships it again', async () => {
		const log = file('var/log/a', content);
		const found = await findingsOf({
			layers: [
				{ by: 'ADD rootfs.tar /', entries: [file('etc/os', 'x')] },
				{ by: 'RUN /bin/sh -c make # buildkit', entries: [log] },
				{ by: 'RUN /bin/sh -c chown 1:1 /var/log/a # buildkit', entries: [{ ...log, uid: 1, gid: 1 }] },
			],
		});
		const left = found.find(({ code }) => code === 'logs-left');
		assert.deepEqual([left?.bytes, left?.shippedIn, left?.advice.edit], [content.length, 1, null]);
	});

	test('counts where several layers have it: once as it is, and what nobody sees as waste', async () => {
		const lists = 'var/lib/apt/lists/a_Packages';
		const found = await findingsOf({
			layers: [
				{ by: 'ADD rootfs.tar /', entries: [file(lists, 'x'.repeat(50_000))] },
				{ by: 'RUN /bin/sh -c apt-get update # buildkit', entries: [file(lists, content)] },
			],
		});
		assert.deepEqual(
			found.map(({ code, level, savedBytes }) => [code, level, savedBytes]),
			[
				['apt-lists-left', 'hint', content.length],
				['replaced-later', 'waste', 50_000],
			],
		);
	});

	test('leaves the program that cargo built beside its parts', async () => {
		const found = await foundIn([
			file('srv/target/release/app', content),
			hardLink('srv/target/release/deps/app-0a1b', 'srv/target/release/app'),
			file('srv/target/release/deps/libserde.rlib', content),
		]);
		assert.deepEqual(
			found.map(({ code, places }) => [code, ...places]),
			[['build-cache-left', `/srv/target/release/deps/libserde.rlib 1 ${content.length}`]],
		);
	});

	test('is nothing that stays under another name', async () => {
		const store = 'root/.local/share/pnpm/store/v3/files';
		const found = await foundIn([
			file(`${store}/00`, content),
			hardLink('srv/node_modules/a/index.js', `${store}/00`),
			file(`${store}/01`, content),
			hardLink(`${store}/02`, `${store}/01`),
		]);
		assert.deepEqual(
			found.map(({ code, bytes }) => [code, bytes]),
			[['pnpm-store-left', content.length]],
		);
	});
});

describe('advice on what builds leave behind', () => {
	const apt = [file('var/lib/apt/lists/a', content)];
	const cache = [file('root/.cache/pip/a b/c', content), file('home/me/.cache/pip/d', content)];

	test('ends the RUN that leaves it', async () => {
		const [{ advice }] = await foundIn(
			apt,
			'RUN /bin/sh -c apt-get update && apt-get install -y curl # buildkit',
		);
		assert.deepEqual(advice.edit, {
			from: 'RUN apt-get update && apt-get install -y curl',
			to: 'RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*',
		});
	});

	test('names the folders that hold it', async () => {
		const [{ advice }] = await foundIn(cache, 'RUN /bin/sh -c pip install flask # buildkit');
		assert.equal(advice.edit?.to, 'RUN pip install flask && rm -rf /home/me/.cache/pip /root/.cache/pip');
	});

	test('quotes them for the shell, and names none that a Dockerfile cannot have', async () => {
		const odd = (name: string) => [file(`srv/${name}/.git/pack`, content)];
		const [quoted] = await foundIn(odd("it's $(here)"), 'RUN /bin/sh -c git clone x # buildkit');
		assert.equal(quoted.advice.edit?.to, "RUN git clone x && rm -rf '/srv/it'\\''s $(here)/.git'");
		const [broken] = await foundIn(odd('a\nRUN b'), 'RUN /bin/sh -c git clone x # buildkit');
		assert.equal(broken.advice.edit, null);
	});

	test('names .dockerignore for a COPY, and the other stage for one from it', async () => {
		const git = [file('srv/.git/pack', content)];
		const [copied] = await foundIn(git, 'COPY . /srv # buildkit');
		assert.match(copied.advice.text, /\.dockerignore/);
		const [fromStage] = await foundIn(git, 'COPY --chown=1:1 --from=build /srv /srv # buildkit');
		assert.match(fromStage.advice.text, /other stage/);
		const [temporary] = await foundIn([file('tmp/setup', content)], 'COPY setup /tmp/ # buildkit');
		assert.match(temporary.advice.text, /--mount=type=bind/);
		assert.deepEqual([copied.advice.edit, fromStage.advice.edit], [null, null]);
	});

	test('changes no instruction of a base that the user names', async () => {
		const [{ advice, isOfBase }] = await foundIn(apt, 'RUN /bin/sh -c apt-get update # buildkit', {
			baseLayers: 2,
		});
		assert.equal(isOfBase, true);
		assert.equal(advice.edit, null);
		assert.match(advice.text, /comes with the base image/);
	});
});

describe('a removed cache of a package manager', () => {
	test('is told from other things that a later layer removes', async () => {
		const found = await findingsOf({
			layers: [
				{ by: 'ADD rootfs.tar /', entries: [file('etc/os', 'x')] },
				{
					by: 'RUN /bin/sh -c apt-get update # buildkit',
					entries: [file('var/lib/apt/lists/a', content), file('var/log/apt.log', content)],
				},
				{
					by: 'RUN /bin/sh -c rm -rf /var/lib/apt/lists/* /var/log/* # buildkit',
					entries: [whiteout('var/lib/apt/lists/a'), whiteout('var/log/apt.log')],
				},
			],
		});
		assert.deepEqual(
			found.map(({ code, level, bytes, advice }) => [code, level, bytes, advice.edit?.to]).sort(),
			['package-cache-removed', 'removed-later'].map((code) => [
				code,
				'waste',
				content.length,
				'RUN apt-get update && rm -rf /var/lib/apt/lists/* /var/log/*',
			]),
		);
	});
});
