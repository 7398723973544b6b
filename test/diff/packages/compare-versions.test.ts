import { describe, test } from 'node:test';
import fc from 'fast-check';
import { compareVersions } from '../../../source/diff/packages/compare-versions.ts';

/** Type, an earlier version, a later one. */
const ascending: readonly (readonly [string, string, string])[] = [
	// Debian Policy 5.6.12.
	['deb', '1.0~rc1-1', '1.0-1'],
	['deb', '1.0', '1.0-1'],
	['deb', '1.0-1', '1.0-1+deb12u1'],
	['deb', '1.0-9', '1.0-10'],
	['deb', '2.0-1', '1:1.0-1'],
	['deb', '5.36.0-7+deb12u3', '5.36.0-7+deb12u4'],
	['deb', '1.10.0-3+b1', '1.10.0-3+deb12u1'],
	['deb', '1.0~~', '1.0~'],
	['deb', '1.0a', '1.0+'],
	// rpm, rpmvercmp.
	['rpm', '1.0~rc1-1', '1.0-1'],
	['rpm', '1.0-1', '1.0^git1-1'],
	['rpm', '1.9-1', '1.10-1'],
	['rpm', '1.0a', '1.0.1'],
	['rpm', '4.0-1', '1:3.0-1'],
	// Semantic Versioning 11, PEP 440, Maven, Alpine.
	['npm', '1.0.0-alpha', '1.0.0-alpha.1'],
	['npm', '1.0.0-alpha.1', '1.0.0-beta'],
	['npm', '1.0.0-rc.1', '1.0.0'],
	['npm', '1.9.0', '1.10.0'],
	['pypi', '1.0.dev1', '1.0a1'],
	['pypi', '1.0rc2', '1.0'],
	['pypi', '1.0', '1.0.post1'],
	['maven', '1.0-SNAPSHOT', '1.0'],
	['maven', '1.0', '1.0-sp1'],
	['apk', '1.2.3_rc1-r0', '1.2.3-r0'],
	['apk', '1.36.1-r2', '1.36.1-r15'],
	['golang', 'v0.0.0-20230101000000-abcdefabcdef', 'v0.0.0-20240101000000-0123456789ab'],
	['npm', '99999999999999999998.0.0', '99999999999999999999.0.0'],
];

describe('of two versions', () => {
	for (const [type, older, newer] of ascending)
		test(`${type} ${older} is earlier than ${newer}`, (t) => {
			t.assert.equal((compareVersions(type, older, newer) ?? 0) < 0, true);
			t.assert.equal((compareVersions(type, newer, older) ?? 0) > 0, true);
		});

	for (const [type, older, newer] of [
		['npm', '1.0.0+build1', '1.0.0+build2'],
		['npm', '1.0.0-feature', '1.0.0-other'],
		['golang', '(devel)', 'v1.0.0'],
		['maven', '1.0-jre', '1.0-android'],
	] as const)
		test(`${type}: nothing tells which of ${older} and ${newer} is the later one`, (t) => {
			t.assert.equal(compareVersions(type, older, newer), null);
		});

	test('of any text, the order the other way round is the opposite', () => {
		const version = fc.string({ unit: fc.constantFrom(...'019.~^-+:_arcbz') });
		fc.assert(
			fc.property(fc.constantFrom('deb', 'rpm', 'npm'), version, version, (type, one, other) => {
				const [there, back] = [compareVersions(type, one, other), compareVersions(type, other, one)];
				return there === null
					? back === null
					: Math.sign(there) === -Math.sign(back ?? Number.NaN) || there === 0;
			}),
		);
	});
});
