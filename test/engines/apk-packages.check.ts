import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { claimedPaths } from '../support/analysis/claims.ts';
import { fixturesFolder } from '../support/fixtures.ts';
import { loadImage } from '../support/load-image.ts';
import { run } from './support/engine-image.ts';

/** The images are no part of the project. */
for (const name of fixturesFolder === null ? [] : ['alpine-310.tar.gz', 'alpine-311.tar.gz']) {
	test(`${name} has the packages and files that apk lists`, async () => {
		const archive = join(fixturesFolder ?? '', 'images/alpine', name);
		const loaded = await run('docker', 'load', '--input', archive);
		const image = loaded.replace(/^Loaded image(?: ID)?: /, '').trim();
		try {
			const inside = (script: string) => run('docker', 'run', '--rm', image, 'sh', '-c', script);
			const lines = (text: string) => text.trim().split('\n').sort();
			const session = await loadImage(archive);
			const { packages: facts } = await session.facts.ask(['packages']);
			const claims = await claimedPaths(session);
			await session.close();
			const records = facts.layers.flatMap((layer) => (layer ?? []).flatMap(({ fact }) => packagesIn(fact)));
			assert.deepEqual(
				records.map(({ name, version }) => `${name}-${version}`).sort(),
				lines(await inside('apk info -v')),
			);
			for (const { name, architecture } of records) {
				const listed = lines(await inside(`apk info -q -L ${name}`));
				const there = lines(
					await inside(`cd /; for f in ${listed.map((path) => `'${path}'`).join(' ')}; do
					test -e "$f" -o -L "$f" && echo "$f"; done; true`),
				);
				assert.deepEqual(
					claims.get(`${name}:${architecture}`),
					there.filter((path) => path !== ''),
					name,
				);
			}
		} finally {
			await run('docker', 'rmi', '--force', image);
		}
	});
}

interface Named {
	readonly name: string;
	readonly version: string;
	readonly architecture: string | null;
}

function packagesIn(fact: unknown): readonly Named[] {
	const { packages = [] } = fact as { readonly packages?: readonly Named[] };
	return packages;
}
