import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isBuildTool } from '../../../../source/analysis/findings/build-tools/tool-names.ts';
import { findingsOf } from '../../../support/analysis/findings-of.ts';
import { type DebPackage, dpkgFiles } from '../../../support/analysis/packages.ts';
import { file, type TarEntry } from '../../../support/archives/tar-entry.ts';

interface SizedPackage extends Pick<DebPackage, 'name' | 'dependsOn'> {
	readonly bytes: number;
}

/** Packages of Debian with a file each. */
function installed(packages: readonly SizedPackage[]): readonly TarEntry[] {
	return [
		...packages.map(({ name, bytes }) => file(`usr/lib/${name}/all`, 'x'.repeat(bytes))),
		...dpkgFiles(packages.map((each) => ({ ...each, paths: [`/usr/lib/${each.name}/all`] }))),
	];
}

async function foundIn(packages: readonly SizedPackage[], withPackages = true) {
	return findingsOf({
		layers: [
			{ by: 'ADD rootfs.tar /', entries: [file('etc/os', 'x')] },
			{ by: 'RUN /bin/sh -c apt-get install -y gcc # buildkit', entries: installed(packages) },
		],
		withPackages,
	});
}

const compiler: readonly SizedPackage[] = [
	{ name: 'gcc', bytes: 100, dependsOn: 'gcc-12' },
	{ name: 'gcc-12', bytes: 900_000, dependsOn: 'libisl23, libgcc-s1' },
	{ name: 'libisl23', bytes: 200_000 },
	{ name: 'libgcc-s1', bytes: 50_000 },
	{ name: 'curl', bytes: 70_000, dependsOn: 'libgcc-s1' },
];

describe('build tools in an image', () => {
	test('are counted with what only they need', async () => {
		const [{ code, level, bytes, shippedIn, title, advice }] = await foundIn(compiler);
		assert.deepEqual(
			[code, level, bytes, shippedIn, title],
			['build-tools-left', 'hint', 1_100_100, 1, 'a second stage without the build tools saves 1.1 MB'],
		);
		assert.match(advice.text, /without gcc-12, libisl23, gcc\.$/);
	});

	test('are none where another package needs them', async () => {
		assert.deepEqual(
			await foundIn([...compiler, { name: 'python3-pythran', bytes: 1, dependsOn: 'gcc' }]),
			[],
		);
	});

	test('do not take with them the libraries that programs are linked to', async () => {
		const [{ bytes }] = await foundIn([
			{ name: 'libssl-dev', bytes: 1_500_000, dependsOn: 'libssl3' },
			{ name: 'libssl3', bytes: 2_000_000 },
			{ name: 'openjdk-17-jdk-headless', bytes: 3_000_000, dependsOn: 'openjdk-17-jre-headless' },
			{ name: 'openjdk-17-jre-headless', bytes: 4_000_000 },
		]);
		assert.equal(bytes, 4_500_000);
	});

	test('are not told of below a size, nor where packages are not known', async () => {
		assert.deepEqual(await foundIn([{ name: 'make', bytes: 999_000 }]), []);
		assert.deepEqual(await foundIn(compiler, false), []);
	});

	test('are known by the names that distributions give them', () => {
		const are = [
			...[
				'gcc',
				'gcc-12',
				'g++-12',
				'cpp-12-x86-64-linux-gnu',
				'binutils-x86-64-linux-gnu',
				'libc6-dev',
				'clang-14',
			],
			...['build-essential', 'golang-1.19-go', 'openjdk-17-jdk-headless', 'pkg-config', 'python3-dev'],
		];
		const arent = [
			'libgcc-s1',
			'gcc-12-base',
			'git',
			'python3',
			'openjdk-17-jre-headless',
			'cpp-httplib',
			'makedev',
			'gop',
		];
		assert.deepEqual(
			are.filter((name) => !isBuildTool('deb', name)),
			[],
		);
		assert.deepEqual(
			arent.filter((name) => isBuildTool('deb', name)),
			[],
		);
		assert.deepEqual(
			['musl-dev', 'build-base', '.build-deps', 'openjdk17-jdk'].map((name) => isBuildTool('apk', name)),
			[true, true, true, true],
		);
		assert.deepEqual(
			['.run-deps', 'musl', 'libstdc++'].map((name) => isBuildTool('apk', name)),
			[false, false, false],
		);
		assert.deepEqual(
			['gcc-c++', 'glibc-devel', 'kernel-headers'].map((name) => isBuildTool('rpm', name)),
			[true, true, true],
		);
		assert.deepEqual(
			['gcc', 'make', 'a-dev'].map((name) => isBuildTool('npm', name)),
			[false, false, false],
		);
	});
});
