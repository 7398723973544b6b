import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deletedSection, secretSection } from '../../../source/report/text/contents/hidden.ts';
import { plain } from '../../../source/text/paint.ts';
import { examples } from '../../facts/secrets/examples.ts';
import { file, type TarEntry, whiteout } from '../../support/archives/tar-entry.ts';
import { loadLayers } from '../../support/load-layers.ts';

const { content: key } = examples['private-key'].secret;
const { content: environment } = examples['environment-file'].secret;
const { content: store } = examples['key-store'].secret;

async function textOf(layers: readonly (readonly TarEntry[])[], width: number | null = null) {
	const lines: { deleted: readonly string[]; secrets: readonly string[] } = { deleted: [], secrets: [] };
	await loadLayers(layers, async ({ tree, details }) => {
		const secrets = await details.secrets();
		const layout = { width, paint: plain, mostRows: 20 };
		lines.deleted = deletedSection(tree, await details.deleted(), layout);
		lines.secrets = secretSection(tree, secrets, layout);
	});
	return lines;
}

const layers = [
	[
		file('srv/.env', environment),
		file('root/key', key),
		file('test/key.p12', store),
		file('big', 'x'.repeat(3000)),
	],
	[whiteout('root/key'), whiteout('big')],
	[file('srv/.env', `${environment}\n`)],
];

describe('the text report', () => {
	test('has the deleted files, the largest first, and marks those that look secret', async (t) => {
		const { deleted } = await textOf(layers);
		t.assert.deepEqual(deleted, [
			'Deleted but shipped',
			'  3 files, 3.38 kB: gone in the end, and still in the layer that ships them',
			'   size  layer  gone in  path',
			'   3 kB      1        2  /big',
			'  334 B      1        2  /root/key (looks secret)',
			'   43 B      1        3  /srv/.env (looks secret)',
		]);
	});

	test('has the secrets with what they look like and where, and no value', async (t) => {
		const { secrets } = await textOf(layers);
		t.assert.deepEqual(secrets, [
			'Secrets',
			'  layer  state      path           looks like',
			'      1  gone in 2  /root/key      a private key (PEM or OpenSSH), line 2',
			'      1  gone in 3  /srv/.env      an environment file with a secret, line 2',
			'      3  visible    /srv/.env      an environment file with a secret, line 2',
			'      1  visible    /test/key.p12  a key store with a private key (PKCS #12 or Java) (likely an example)',
		]);
	});

	test('says that there is nothing, escapes names, and keeps within the terminal', async (t) => {
		const none = await textOf([[file('a', 'a')]]);
		t.assert.deepEqual(none.deleted, ['Deleted but shipped', '  No file is shipped and gone in the end.']);
		t.assert.deepEqual(none.secrets, ['Secrets', '  Nothing looks secret.']);
		const path = `srv/\x1b[2J${'long/'.repeat(30)}key`;
		const { deleted, secrets } = await textOf([[file(path, key)], [whiteout(path)]], 80);
		for (const line of [...deleted, ...secrets]) {
			assert.ok(line.length <= 80, line);
			assert.ok(!line.includes('\x1b'));
		}
	});
});
