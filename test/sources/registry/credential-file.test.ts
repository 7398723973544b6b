import { describe, test } from 'node:test';
import { parseReference } from '../../../source/image/reference.ts';
import { lookUp } from '../../../source/sources/registry/auth/credential-file.ts';

const auth = (pair: string) => ({ auth: Buffer.from(pair).toString('base64') });

/** The name that is found for a reference. */
function nameFor(reference: string, auths: Readonly<Record<string, unknown>>): string | null {
	const { credentials } = lookUp({ auths }, parseReference(reference));
	return credentials?.kind === 'password' ? credentials.username : null;
}

describe('lookUp', () => {
	test('takes the longest part of the path', (t) => {
		const auths = {
			'r.example': auth('all:x'),
			'r.example/team': auth('team:x'),
			'r.example/team/app': auth('app:x'),
			'r.example/te': auth('wrong:x'),
		};
		t.assert.equal(nameFor('r.example/team/app:1', auths), 'app');
		t.assert.equal(nameFor('r.example/team/other', auths), 'team');
		t.assert.equal(nameFor('r.example/app', auths), 'all');
		t.assert.equal(nameFor('other.example/app', auths), null);
	});

	test('knows Docker Hub by its old names', (t) => {
		for (const key of [
			'https://index.docker.io/v1/',
			'index.docker.io',
			'docker.io',
			'registry-1.docker.io',
		]) {
			t.assert.equal(nameFor('nginx', { [key]: auth('hub:x') }), 'hub');
		}
	});

	test('knows a registry by its address', (t) => {
		t.assert.equal(nameFor('r.example:5000/app', { 'https://r.example:5000/v2/': auth('a:x') }), 'a');
		t.assert.equal(nameFor('r.example:5000/app', { 'r.example': auth('a:x') }), null);
	});

	test('takes a password with colons, and one that is written out', (t) => {
		const { credentials } = lookUp(
			{ auths: { 'r.example': auth('me:a:b') } },
			parseReference('r.example/app'),
		);
		t.assert.deepEqual(credentials, { kind: 'password', username: 'me', password: 'a:b' });
		t.assert.equal(nameFor('r.example/app', { 'r.example': { username: 'plain', password: 'x' } }), 'plain');
	});

	test('makes nothing of what is no entry', (t) => {
		for (const odd of [null, 'x', {}, { auth: 5 }, { auth: '' }, { auth: 'bm8gY29sb24=' }]) {
			t.assert.equal(nameFor('r.example/app', { 'r.example': odd }), null);
		}
	});

	test('asks the helper of a registry before the one for all', (t) => {
		const file = { credsStore: 'all', credHelpers: { 'r.example': 'one' } };
		t.assert.equal(lookUp(file, parseReference('r.example/app')).helper, 'one');
		t.assert.equal(lookUp(file, parseReference('other.example/app')).helper, 'all');
	});

	test('asks a helper for Docker Hub by the name that docker login uses', (t) => {
		t.assert.equal(
			lookUp({ credsStore: 'all' }, parseReference('nginx')).helperKey,
			'https://index.docker.io/v1/',
		);
	});
});
