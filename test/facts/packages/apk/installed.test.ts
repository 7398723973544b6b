import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apkInstalledReader } from '../../../../source/facts/packages/apk/installed.ts';
import { factData, factOf, packagesOf, pathsIn, problemOf } from '../../../support/facts/facts.ts';

const path = 'lib/apk/db/installed';
const read = (content: Uint8Array | string, pieceBytes = 65_536) =>
	packagesOf(apkInstalledReader, { path, content, pieceBytes });

describe('the packages of an Alpine image', () => {
	const packages = read(factData('apk/installed'));
	const named = (name: string) => packages.find((one) => one.name === name);

	test('are those of `apk info -v`', () => {
		assert.deepEqual(packages.map(({ name, version }) => `${name}-${version}`).sort(), [
			'alpine-baselayout-3.2.0-r16',
			'alpine-keys-2.4-r0',
			'apk-tools-2.12.7-r0',
			'busybox-1.33.1-r8',
			'ca-certificates-bundle-20220614-r0',
			'libc-utils-0.7.2-r3',
			'libcrypto1.1-1.1.1t-r0',
			'libretls-3.3.3p1-r3',
			'libssl1.1-1.1.1t-r0',
			'musl-1.2.2-r3',
			'musl-utils-1.2.2-r3',
			'scanelf-1.3.2-r0',
			'ssl_client-1.33.1-r8',
			'zlib-1.2.12-r3',
		]);
	});

	test('need and provide others by name, without versions and conflicts', () => {
		assert.deepEqual(named('musl')?.provides, ['so:libc.musl-x86_64.so.1']);
		assert.deepEqual(named('libretls')?.dependsOn, [
			['ca-certificates-bundle'],
			['so:libc.musl-x86_64.so.1'],
			['so:libcrypto.so.1.1'],
			['so:libssl.so.1.1'],
		]);
		const [one] = read('P:a\nV:1\nD:b>=1 !c d@edge so:x.so~2 pc:e<3\np:cmd:a=1 so:y.so.1=1.2\n\n');
		assert.deepEqual(one.dependsOn, [['b'], ['d'], ['so:x.so'], ['pc:e']]);
		assert.deepEqual(one.provides, ['cmd:a', 'so:y.so.1']);
	});

	test('have their files, those of the root folder too', () => {
		const claim = named('musl')?.claim;
		assert.deepEqual(claim?.kind === 'paths' && pathsIn(claim.paths), [
			'lib/ld-musl-x86_64.so.1',
			'lib/libc.musl-x86_64.so.1',
		]);
		const [one, other] = read('P:a\nF:\nR:x\nF:d\nR:y\n\nP:b\nR:z\n');
		assert.deepEqual(one.claim.kind === 'paths' && pathsIn(one.claim.paths), ['x', 'd/y']);
		assert.deepEqual(other.claim.kind === 'paths' && pathsIn(other.claim.paths), ['z']);
	});

	test('have the source that they were built from', () => {
		assert.equal(named('libssl1.1')?.source, 'openssl');
		assert.equal(named('musl')?.source, null);
		assert.equal(named('musl')?.architecture, 'x86_64');
	});

	test('are the same however the bytes come', () => {
		for (const pieceBytes of [1, 13, 1000])
			assert.deepEqual(read(factData('apk/installed'), pieceBytes), packages);
	});
});

test('the database may lie below /usr', () => {
	assert.ok(factOf(apkInstalledReader, { path: 'usr/lib/apk/db/installed', content: '' }));
	assert.equal(factOf(apkInstalledReader, { path: 'lib/apk/db/scripts.tar', content: '' }), undefined);
});

test('a damaged database is without the damaged package alone', () => {
	const long = 'F:'.concat('d'.repeat(3000), '\n', 'R:x\n'.repeat(30_000));
	for (const [content, message] of [
		['P:a\nnonsense\n', /^line 2: /],
		['V:1\n\n', /^line 2: the package before it has no name/],
		[`P:a\n${long}`, /more than 67108864 bytes of paths/],
		[`P:a\nD:${'b '.repeat(30_000)}\n\n`, /more than 20000 dependencies/],
	] as const) {
		assert.match(problemOf(apkInstalledReader, { path, content }) ?? '', message);
		const around = read(`P:before\nF:a\nR:b\n\n${content}\n\nP:behind\nF:c\nR:d\n`);
		assert.deepEqual(
			around.map(({ name, claim }) => [name, claim.kind === 'paths' && pathsIn(claim.paths)]),
			[
				['before', ['a/b']],
				['behind', ['c/d']],
			],
		);
	}
});
