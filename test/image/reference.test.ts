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

	const faults: readonly (readonly [string, RegExp])[] = [
		['', /it is empty/],
		[hex, /the ID of an image/],
		['Nginx', /no capital letters/],
		['a//b', /a part of its path is empty/],
		['registry.example/', /a part of its path is empty/],
		['/nginx', /a part of its path is empty/],
		['nginx:', /no tag after the colon/],
		['nginx:-1', /"-1" is no tag/],
		[`nginx:${'x'.repeat(129)}`, /129 characters/],
		['nginx@sha256:12', /"sha256:12" is no digest/],
		['nginx@md5:12', /no digest/],
		['a_-b', /"a_-b" is no part of a path/],
		['a___b', /no part of a path/],
		['bad-.host/app', /"bad-\.host" is no name of a registry/],
		['localhost:99999/app', /99999 is no port/],
		[`docker.io/${'a'.repeat(300)}`, /at most 255/],
		['./image.tar', /"\." is no name of a registry/],
		['a b', /"a b" is no part of a path/],
	];
	for (const [text, expected] of faults) {
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
