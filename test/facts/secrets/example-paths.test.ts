import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isExamplePath } from '../../../source/facts/secrets/example-paths.ts';

const examples = [
	'usr/share/doc/libxmlsec1-dev/examples/rsakey.pem',
	'usr/share/go/src/crypto/tls/testdata/example-key.pem',
	'usr/share/go/src/crypto/tls/example_test.go',
	'app/node_modules/request/tests/ssl/key.pem',
	'app/node_modules/url/test.js',
	'srv/app/.env.example',
	'srv/app/config.sample.json',
	'usr/lib/python3/test/test_ssl.py',
	'app/README.md',
];

const others = [
	'root/.ssh/id_rsa',
	'srv/app/.env',
	'srv/app/.env.production',
	'srv/latest/key.pem',
	'etc/ssl/private/contest.key',
	'srv/app/attest.js',
	'home/me/documents/key.pem',
	'srv/manual/key.pem',
];

for (const path of examples)
	test(`${path} is most likely an example`, () => assert.equal(isExamplePath(path), true));
for (const path of others) test(`${path} is none`, () => assert.equal(isExamplePath(path), false));

test('a path of any length is told at once', () => {
	for (const part of ['test_', '/test', 'a.', '._-', 'example.'])
		assert.equal(typeof isExamplePath(part.repeat(100_000)), 'boolean');
});
