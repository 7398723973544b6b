import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withoutDevelopment } from '../../../../source/text/dockerfile/omit-development.ts';
import { findingsOf, type InstructedImage, type SeenFinding } from '../../../support/analysis/findings-of.ts';
import { npmPackage } from '../../../support/analysis/packages.ts';
import { file, type TarEntry } from '../../../support/archives/tar-entry.ts';

const base = { by: 'ADD rootfs.tar /', entries: [file('etc/os', 'x')] };

/** An application of which `compiler` and `helper` are of its development, `shared` is of both, and `extra` is there for nobody. */
function installed(manifest: Readonly<Record<string, unknown>> = {}): readonly TarEntry[] {
	const packages = [
		{ name: 'server', bytes: 10, more: { dependencies: { shared: '1' }, peerDependencies: { peer: '1' } } },
		{ name: 'shared', bytes: 10 },
		{ name: 'peer', bytes: 10 },
		{ name: 'compiler', bytes: 1_000_000, more: { dependencies: { helper: '1', shared: '1', kept: '1' } } },
		{ name: 'helper', bytes: 500_000 },
		{ name: 'extra', bytes: 10, more: { dependencies: { kept: '1' } } },
		{ name: 'kept', bytes: 10 },
	];
	const own = {
		dependencies: { server: '1' },
		devDependencies: { compiler: '1', peer: '1', shared: '1' },
		...manifest,
	};
	return [
		file('app/package.json', JSON.stringify(own)),
		...packages.flatMap(({ name, bytes, more }) => [
			npmPackage(`app/node_modules/${name}`, { name, version: '1.0.0', ...more }),
			file(`app/node_modules/${name}/index.js`, 'x'.repeat(bytes)),
		]),
	];
}

async function found(image: Partial<InstructedImage>): Promise<readonly SeenFinding[]> {
	const layers = [base, ...(image.layers ?? [{ by: 'RUN npm ci', entries: installed() }])];
	const all = await findingsOf({ withPackages: true, ...image, layers });
	return all.filter(({ code }) => code === 'dev-dependencies-left');
}

describe('npm packages that only development needs', () => {
	test('are those that nothing else asks for, with what only they need', async () => {
		const [{ level, title, places, shippedIn, advice }] = await found({});
		assert.deepEqual([level, shippedIn], ['hint', 1]);
		assert.equal(title, 'layer 2 brings npm packages that only development needs: 1.5 MB');
		assert.deepEqual(places, ['/app/node_modules 4 1500126']);
		assert.equal(
			advice.text,
			'Leave them out of what is installed: npm ci --omit=dev. The largest of them: compiler, helper.',
		);
		assert.deepEqual(advice.edit, { from: 'RUN npm ci', to: 'RUN npm ci --omit=dev' });
	});

	test('are none where they were left out, where the application needs them, and without contents', async () => {
		const entries = installed().filter(({ name }) => !/compiler|helper/.test(String(name)));
		assert.deepEqual(await found({ layers: [{ by: 'RUN npm ci', entries }] }), []);
		const needed = installed({ dependencies: { server: '1', compiler: '1' } });
		assert.deepEqual(await found({ layers: [{ by: 'RUN npm ci', entries: needed }] }), []);
		assert.deepEqual(await found({ withPackages: false }), []);
	});

	test('are none where another application of the image needs them', async () => {
		const other = file('app/packages/b/package.json', JSON.stringify({ dependencies: { compiler: '1' } }));
		assert.deepEqual(await found({ layers: [{ by: 'RUN npm ci', entries: [...installed(), other] }] }), []);
	});

	for (const [by, above, advice] of [
		['RUN npm ci', 'RUN npm run build', /^Build in a first stage/],
		['RUN npm ci && npm run build', 'RUN true', /^Build in a first stage/],
		['COPY . .', 'RUN true', /^List node_modules in \.dockerignore/],
		['COPY --from=build /app /app', 'RUN true', /^Run npm prune --omit=dev in the stage/],
	] as const)
		test(`are not to be left out by one line of ${by}, then ${above}`, async () => {
			const [finding] = await found({
				layers: [
					{ by, entries: installed() },
					{ by: above, entries: [file('x', 'x')] },
				],
			});
			assert.match(finding.advice.text, advice);
			assert.equal(finding.advice.edit, null);
		});
});

describe('a line that leaves them out', () => {
	for (const [from, to] of [
		['RUN npm ci', 'RUN npm ci --omit=dev'],
		[
			'RUN npm install --no-audit && npm cache clean --force',
			'RUN npm install --omit=dev --no-audit && npm cache clean --force',
		],
		[
			'RUN --mount=type=cache,target=/root/.npm \\\n    npm ci',
			'RUN --mount=type=cache,target=/root/.npm \\\n    npm ci --omit=dev',
		],
		['RUN cd /app && npm i; rm -rf /tmp/*', 'RUN cd /app && npm i --omit=dev; rm -rf /tmp/*'],
		['RUN (npm ci)', 'RUN (npm ci --omit=dev)'],
	])
		test(`differs only there: ${from}`, () => {
			assert.deepEqual(withoutDevelopment(from), { from, to });
		});

	for (const text of [
		'RUN npm ci --omit=dev',
		'RUN npm ci --production',
		'RUN npm install -g typescript',
		'RUN npm install express',
		'RUN npm ci && npx tsc',
		'RUN npm ci && npm test',
		'RUN npm ci && npm ci',
		'RUN echo "npm ci"',
		'RUN ["npm", "ci"]',
		'RUN <<EOF\nnpm ci\nEOF',
		'RUN yarn install',
		'COPY npm ci',
	])
		test(`is none for ${text.replace('\n', ' ')}`, () => {
			assert.equal(withoutDevelopment(text), null);
		});
});
