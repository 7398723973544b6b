import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { file } from '../../../support/archives/tar-entry.ts';
import { dockerArchive } from '../../../support/archives/write-archive.ts';
import type { LoadOptions } from '../../../support/load-image.ts';
import { fromFile } from '../../../support/load-layers.ts';

const plainImage = dockerArchive([{ layers: [[file('app', 'x')]] }]);

async function titlesOf(archive: Uint8Array, options: LoadOptions = {}): Promise<readonly string[]> {
	const session = await fromFile(archive, options);
	const { findings } = await session.details.findings({ withContents: false });
	return findings.filter(({ code }) => code.startsWith('secret-')).map(({ title }) => title);
}

function dockerfile(source: string): LoadOptions {
	return {
		dockerfile: { name: 'Dockerfile', source: `FROM scratch\n${source}\nCOPY app /app\n`, target: null },
	};
}

describe('build arguments that look secret', () => {
	for (const version of ['v0.2', 'v1'])
		test(`are named by the provenance ${version}, and their values are nowhere`, async () => {
			const path = new URL(`../../../image/data/buildkit/provenance-${version}.tar`, import.meta.url);
			const titles = await titlesOf(readFileSync(fileURLToPath(path)));
			assert.match(titles.join('\n'), /build argument API_TOKEN/);
			assert.doesNotMatch(titles.join('\n'), /hidden-value/);
		});

	test('are named where the Dockerfile of the user asks for them', async () => {
		const titles = await titlesOf(plainImage, dockerfile('ARG NPM_TOKEN\nARG DB_PASSWORD="kX8vQ2mP7tR4w"'));
		assert.deepEqual(titles, [
			'the build takes what looks like a secret as an argument: build argument NPM_TOKEN, build argument DB_PASSWORD',
		]);
	});

	test('are none that only sound so', async () => {
		const source = 'ARG TOKEN_URL=https://a.example/\nARG GPG_KEY\nARG PASSWORD=changeme\nARG AUTHOR';
		assert.deepEqual(await titlesOf(plainImage, dockerfile(source)), []);
	});
});
