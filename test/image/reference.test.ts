import { deepStrictEqual, strictEqual, throws } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FathomError } from '../../source/errors.ts';
import {
	credentialNames,
	formatReference,
	parseReference,
	registryHost,
} from '../../source/image/reference.ts';

const hex = 'a'.repeat(64);

describe('parseReference', () => {
	const full: readonly (readonly [string, string])[] = [
		['nginx', 'docker.io/library/nginx:latest'],
		['nginx:1.27', 'docker.io/library/nginx:1.27'],
		['docker.io/nginx', 'docker.io/library/nginx:latest'],
		['index.docker.io/nginx', 'docker.io/library/nginx:latest'],
		['library/nginx', 'docker.io/library/nginx:latest'],
		['team/nginx', 'docker.io/team/nginx:latest'],
		['localhost/app', 'localhost/app:latest'],
		['localhost:5000/app', 'localhost:5000/app:latest'],
		['localhost:5000', 'docker.io/library/localhost:5000'],
		['127.0.0.1:5055/a/b/c:2', '127.0.0.1:5055/a/b/c:2'],
		['[2001:db8::1]:5000/app', '[2001:db8::1]:5000/app:latest'],
		['Registry/app', 'Registry/app:latest'],
		['registry.example/o/a__b.c-d--e:V1.0_x', 'registry.example/o/a__b.c-d--e:V1.0_x'],
		[`app@sha256:${hex}`, `docker.io/library/app@sha256:${hex}`],
		[`app:1@sha256:${hex}`, `docker.io/library/app:1@sha256:${hex}`],
		[`app@sha512:${hex}${hex}`, `docker.io/library/app@sha512:${hex}${hex}`],
	];
	for (const [text, expected] of full) {
		it(`reads ${text.slice(0, 40)} as ${expected.slice(0, 50)}`, () => {
			strictEqual(formatReference(parseReference(text)), expected);
		});
	}

	const errors: readonly (readonly [string, RegExp])[] = [
		['', /it is empty/],
		[hex, /an image ID/],
		['Nginx', /its path must be lowercase/],
		['a//b', /an empty path component/],
		['registry.example/', /an empty path component/],
		['/nginx', /an empty path component/],
		['nginx:', /the tag after the colon is empty/],
		['nginx:-1', /"-1" is not a tag/],
		[`nginx:${'x'.repeat(129)}`, /129 characters/],
		['nginx@sha256:12', /"sha256:12" is not a digest/],
		['nginx@md5:12', /not a digest/],
		['a_-b', /"a_-b" is not a path component/],
		['a___b', /not a path component/],
		['bad-.host/app', /"bad-\.host" is not the name of a registry/],
		['localhost:99999/app', /99999 is not a port/],
		[`docker.io/${'a'.repeat(300)}`, /the limit is 255/],
		['./image.tar', /"\." is not the name of a registry/],
		['a b', /"a b" is not a path component/],
	];
	for (const [text, expected] of errors) {
		it(`says what is wrong with "${text.slice(0, 30)}"`, () => {
			throws(
				() => parseReference(text),
				(error) => error instanceof FathomError && error.code === 'usage' && expected.test(error.message),
			);
		});
	}
});

describe('registryHost and credentialNames', () => {
	it('know what answers for Docker Hub, and what credential files call it', () => {
		const hub = parseReference('nginx');
		strictEqual(registryHost(hub), 'registry-1.docker.io');
		strictEqual(credentialNames(hub)[0], 'https://index.docker.io/v1/');
	});

	it('leave other registries as they are', () => {
		const other = parseReference('registry.example/o/app');
		strictEqual(registryHost(other), 'registry.example');
		deepStrictEqual(credentialNames(other), ['registry.example']);
	});
});
