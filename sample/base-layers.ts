import {
	baseGroup,
	basePasswd,
	binary,
	entrypointScript,
	json,
	license,
	osRelease,
	profile,
	rows,
} from './contents.ts';
import type { SampleEntry } from './tar.ts';

const applets =
	'ash cat chmod chown cp date df echo false grep gzip hostname kill ln ls mkdir mv ps pwd rm sed sh sleep tar true';
const userApplets = 'awk cut du env find head id less nc sort tail tee tr uniq wc wget xargs';

/** The base: one static toolbox with its many names, the C library and the package database. */
export const rootFileSystem: readonly SampleEntry[] = [
	{ type: 'file', path: 'bin/busybox', content: binary('busybox', 18_432), mode: 0o755 },
	...applets
		.split(' ')
		.map((name): SampleEntry => ({ type: 'symlink', path: `bin/${name}`, target: '/bin/busybox' })),
	...userApplets
		.split(' ')
		.map((name): SampleEntry => ({ type: 'symlink', path: `usr/bin/${name}`, target: '/bin/busybox' })),
	{ type: 'directory', path: 'dev' },
	{ type: 'file', path: 'etc/group', content: baseGroup },
	{ type: 'file', path: 'etc/hostname', content: 'localhost\n' },
	{ type: 'file', path: 'etc/os-release', content: osRelease },
	{ type: 'file', path: 'etc/passwd', content: basePasswd },
	{ type: 'file', path: 'etc/profile', content: profile },
	{ type: 'file', path: 'etc/shadow', content: 'root:*::0:::::\nnobody:!::0:::::\n', mode: 0o640, gid: 42 },
	{ type: 'symlink', path: 'etc/mtab', target: '../proc/mounts' },
	{
		type: 'file',
		path: 'etc/ssl/certs/ca-certificates.crt',
		content: rows(60, (row) => `sample certificate bundle, line ${row}: ${'0123456789abcdef'.repeat(3)}`),
	},
	{ type: 'directory', path: 'home' },
	{ type: 'file', path: 'lib/ld-musl-x86_64.so.1', content: binary('ld-musl', 12_288), mode: 0o755 },
	{ type: 'symlink', path: 'lib/libc.musl-x86_64.so.1', target: 'ld-musl-x86_64.so.1' },
	{
		type: 'file',
		path: 'lib/apk/db/installed',
		content: rows(30, (row) => `P:package-${row}\nV:1.${row}.0-r0\nA:x86_64\nS:${1024 * (row + 1)}`),
	},
	{ type: 'directory', path: 'proc' },
	{ type: 'directory', path: 'root', mode: 0o700 },
	{ type: 'directory', path: 'run' },
	{ type: 'file', path: 'sbin/apk', content: binary('apk', 6_144), mode: 0o755 },
	{ type: 'directory', path: 'srv' },
	{ type: 'directory', path: 'sys' },
	{ type: 'directory', path: 'tmp', mode: 0o1777 },
	{ type: 'directory', path: 'usr/local/bin' },
	{ type: 'directory', path: 'usr/local/lib' },
	{ type: 'directory', path: 'var/cache/apk' },
	{ type: 'symlink', path: 'var/run', target: '/run' },
];

/** The runtime, with a user to run as. Its package cache stays behind, for the next step to delete too late. */
export const runtime: readonly SampleEntry[] = [
	{ type: 'file', path: 'etc/group', content: `${baseGroup}node:x:1000:node\n` },
	{ type: 'file', path: 'etc/passwd', content: `${basePasswd}node:x:1000:1000::/home/node:/bin/sh\n` },
	{
		type: 'file',
		path: 'etc/shadow',
		content: 'root:*::0:::::\nnobody:!::0:::::\nnode:!::0:::::\n',
		mode: 0o640,
		gid: 42,
	},
	{ type: 'directory', path: 'home/node', mode: 0o750, uid: 1000, gid: 1000 },
	{ type: 'file', path: 'usr/lib/libstdc++.so.6.0.33', content: binary('libstdc++', 8_192), mode: 0o755 },
	{ type: 'symlink', path: 'usr/lib/libstdc++.so.6', target: 'libstdc++.so.6.0.33' },
	{ type: 'file', path: 'usr/local/bin/docker-entrypoint.sh', content: entrypointScript },
	{ type: 'file', path: 'usr/local/bin/node', content: binary('node', 26_624), mode: 0o755 },
	{ type: 'link', path: 'usr/local/bin/nodejs', target: 'usr/local/bin/node', mode: 0o755 },
	{ type: 'symlink', path: 'usr/local/bin/npm', target: '../lib/node_modules/npm/bin/npm-cli.js' },
	{
		type: 'file',
		path: 'usr/local/lib/node_modules/npm/bin/npm-cli.js',
		content: "#!/usr/bin/env node\nrequire('../lib/cli.js')(process)\n",
		mode: 0o755,
	},
	{
		type: 'file',
		path: 'usr/local/lib/node_modules/npm/lib/cli.js',
		content: rows(40, (row) => `step(${row});`),
	},
	{
		type: 'file',
		path: 'usr/local/lib/node_modules/npm/package.json',
		content: json({ name: 'npm', version: '11.6.2' }),
	},
	{ type: 'file', path: 'usr/local/lib/node_modules/npm/LICENSE', content: license },
	{ type: 'file', path: 'var/cache/apk/APKINDEX.6c2f1a0e.tar.gz', content: binary('apk index', 13_312) },
	{ type: 'file', path: 'var/cache/apk/APKINDEX.d41b77c3.tar.gz', content: binary('apk index 2', 5_120) },
	{ type: 'file', path: 'var/cache/apk/libstdc++-15.2.0-r2.apk', content: binary('apk package', 4_096) },
];

/** The package cache, deleted one layer too late. */
export const packageCacheRemoved: readonly SampleEntry[] = [
	{ type: 'file', path: 'var/cache/apk/.wh.APKINDEX.6c2f1a0e.tar.gz', content: '' },
	{ type: 'file', path: 'var/cache/apk/.wh.APKINDEX.d41b77c3.tar.gz', content: '' },
	{ type: 'file', path: 'var/cache/apk/.wh.libstdc++-15.2.0-r2.apk', content: '' },
];
