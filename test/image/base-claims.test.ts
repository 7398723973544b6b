import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { baseClaimsOf } from '../../source/image/base-claims.ts';
import { parseReference } from '../../source/image/reference.ts';
import { anyText } from '../support/any-text.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const other = `sha256:${'b'.repeat(64)}`;
const nothing = { annotations: {}, labels: {}, materials: [] };

function keysOf(name: string, of = digest) {
	return { 'org.opencontainers.image.base.name': name, 'org.opencontainers.image.base.digest': of };
}

describe('what an image says it is built on', () => {
	test('is what its builder attests, then its annotations, then its labels', () => {
		const uri = 'pkg:docker/ghcr.io/acme/base@1?platform=linux%2Famd64';
		const found = baseClaimsOf({
			annotations: keysOf('python:3.12'),
			labels: keysOf('debian:12', other),
			materials: [{ uri, digest }],
		});
		assert.deepEqual(found, [
			{ name: 'ghcr.io/acme/base:1', digest, saidBy: 'provenance' },
			{ name: 'python:3.12', digest, saidBy: 'annotation' },
			{ name: 'debian:12', digest: other, saidBy: 'annotation' },
		]);
	});

	test('may be a name or a digest alone', () => {
		const labels = { 'org.opencontainers.image.base.name': `debian@${other}` };
		const annotations = { 'org.opencontainers.image.base.digest': digest };
		assert.deepEqual(baseClaimsOf({ ...nothing, annotations, labels }), [
			{ name: null, digest, saidBy: 'annotation' },
			{ name: 'debian', digest: other, saidBy: 'annotation' },
		]);
	});

	test('has hosts with ports, and images without a tag', () => {
		const uris = ['pkg:docker/localhost%3A5000/a@1', 'pkg:docker/alpine?digest=sha256:x', 'pkg:github/a/b@1'];
		const materials = uris.map((uri) => ({ uri, digest }));
		assert.deepEqual(
			baseClaimsOf({ ...nothing, materials }).map(({ name }) => name),
			['localhost:5000/a:1', 'alpine'],
		);
	});

	test('is nothing where it is no valid name', () => {
		for (const name of ['scratch', '', 'A B', '../x', '\u001b[2J', 'a\nb', `a${'/b'.repeat(100_000)}`])
			assert.deepEqual(
				baseClaimsOf({ ...nothing, labels: keysOf(name, 'sha256:short') }),
				[],
				name.slice(0, 50),
			);
		const materials = [{ uri: 'pkg:docker/%E0%A4%A@1', digest }];
		assert.deepEqual(baseClaimsOf({ ...nothing, materials }), []);
	});

	test('is bounded and valid, whatever the image says', () => {
		const text = fc.oneof(anyText(), fc.constantFrom('debian:12', 'a/b@1', digest));
		fc.assert(
			fc.property(text, text, fc.array(text, { maxLength: 30 }), (name, of, uris) => {
				const materials = uris.map((uri) => ({ uri: `pkg:docker/${uri}`, digest }));
				const claims = baseClaimsOf({ annotations: keysOf(name, of), labels: {}, materials });
				assert.ok(claims.length <= 22);
				for (const claim of claims) if (claim.name !== null) parseReference(claim.name);
			}),
		);
	});
});
