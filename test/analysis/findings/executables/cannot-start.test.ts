import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { findingsOf } from '../../../support/analysis/executable-findings.ts';
import {
	directory,
	file,
	hardLink,
	symlink,
	type TarEntry,
	whiteout,
} from '../../../support/archives/tar-entry.ts';
import type { TestImage } from '../../../support/archives/write-archive.ts';
import { elfFile } from '../../../support/facts/elf-file.ts';
import { factData } from '../../../support/facts/facts.ts';

const run = { mode: 0o755 };
/** A program of GCC that needs libm.so.6 and libc.so.6. */
const dynamic = gunzipSync(factData('c-program.gz'));
const staticProgram = elfFile({ segments: [{ content: Buffer.alloc(2000) }] });
const loader = [
	symlink('lib64', 'usr/lib64'),
	file('usr/lib64/ld-linux-x86-64.so.2', staticProgram, run),
	file('usr/lib/libc.so.6', staticProgram),
	file('opt/own/libm.so.6', staticProgram),
];
const shell = [file('bin/busybox', staticProgram, run), symlink('bin/sh', 'busybox')];
const env = file('usr/bin/env', staticProgram, run);

interface Case {
	readonly entries: readonly TarEntry[];
	readonly config: Readonly<Record<string, unknown>>;
	readonly image?: Partial<TestImage>;
	/** What it says after "the image cannot start: "; null where nothing is found. */
	readonly found: string | null;
	readonly withoutContents?: string | null;
}

const cases: Readonly<Record<string, Case>> = {
	'a static program in an image of nothing else': {
		entries: [file('app', staticProgram, run)],
		config: { Entrypoint: ['/app'], User: '1000' },
		found: null,
	},
	'a program that is not there': {
		entries: [file('app', staticProgram, run)],
		config: { Entrypoint: ['/server', '-v'] },
		found: '/server is not in the image',
	},
	'a program that a later layer removes': {
		entries: [file('app', staticProgram, run)],
		image: { layers: [[file('app', staticProgram, run)], [whiteout('app')]] },
		config: { Cmd: ['/app'] },
		found: '/app is not in the image',
	},
	'a symlink that leads nowhere': {
		entries: [symlink('app', 'gone')],
		config: { Entrypoint: ['/app'] },
		found: '/app is a symlink that leads nowhere',
	},
	'symlinks that lead in a circle, by a name in a folder of PATH': {
		entries: [symlink('usr/bin/app', 'other'), symlink('usr/bin/other', 'app')],
		config: { Cmd: ['app'] },
		found: '/usr/bin/app is a symlink that leads nowhere',
	},
	'a loader that is a symlink to nowhere': {
		entries: [
			file('app', dynamic, run),
			symlink('lib64', 'usr/lib64'),
			symlink('usr/lib64/ld-linux-x86-64.so.2', 'gone'),
		],
		config: { Cmd: ['/app'] },
		found: '/app needs the loader /lib64/ld-linux-x86-64.so.2, which is a symlink that leads nowhere',
		withoutContents: null,
	},
	'a name that is in a folder of PATH, by a symlink to another name of a file': {
		entries: [
			file('opt/a', staticProgram, run),
			hardLink('opt/b', 'opt/a', run),
			symlink('bin/run', '../opt/b'),
		],
		config: { Entrypoint: [], Cmd: ['run'] },
		found: null,
	},
	'a name that is in no folder of PATH': {
		entries: [file('bin/run', staticProgram, run)],
		config: { Cmd: ['run'], Env: ['PATH=/opt/bin:/usr/bin'] },
		found: 'run is in no folder of PATH',
	},
	'a PATH with a variable': { entries: [], config: { Cmd: ['run'], Env: ['PATH=$HOME/bin'] }, found: null },
	'a path that is relative to the working directory': {
		entries: [file('app/run', staticProgram, run)],
		config: { Cmd: ['./run'], WorkingDir: '/app' },
		found: null,
	},
	'a program that is not executable': {
		entries: [file('run', '#!/bin/sh\n'), ...shell],
		config: { Entrypoint: ['/run'] },
		found: '/run is not executable (mode 0644)',
	},
	'a folder': { entries: [directory('run')], config: { Cmd: ['/run'] }, found: '/run is a folder' },
	'nothing to start': { entries: [], config: {}, found: null },
	'what a volume may bring': {
		entries: [symlink('app', '/data/bin')],
		config: { Cmd: ['/app/run'], Volumes: { '/data/': {} } },
		found: null,
	},
	'what the engine brings': { entries: [], config: { Cmd: ['/dev/init'] }, found: null },
	'an image of Windows': { entries: [], config: { Cmd: ['cmd'] }, image: { os: 'windows' }, found: null },
	'the shell form, of which only the shell is looked at': {
		entries: shell,
		config: { Cmd: ['/bin/sh', '-c', 'gone --now'] },
		found: null,
	},
	'the shell form without a shell': {
		entries: [file('app', staticProgram, run)],
		config: { Cmd: ['/bin/sh', '-c', '/app'] },
		found: '/bin/sh is not in the image',
	},
	'a script whose interpreter is there': {
		entries: [file('run', '#!/bin/sh -e\n', run), ...shell],
		config: { Cmd: ['/run'] },
		found: null,
	},
	'a script whose interpreter is not there': {
		entries: [file('run', '#!/bin/bash\n', run), ...shell],
		config: { Cmd: ['/run'] },
		found: '/run needs /bin/bash, which is not in the image',
		withoutContents: null,
	},
	'a script whose interpreter needs a loader that is not there': {
		entries: [file('run', '#!/bin/x\n', run), file('bin/x', dynamic, run)],
		config: { Cmd: ['/run'] },
		found: '/bin/x needs the loader /lib64/ld-linux-x86-64.so.2, which is not in the image',
		withoutContents: null,
	},
	'a script with line ends of Windows': {
		entries: [file('run', '#!/bin/sh\r\n', run), ...shell],
		config: { Cmd: ['/run'] },
		found: '/run has a carriage return in its first line, which becomes part of the name of its interpreter',
		withoutContents: null,
	},
	'a script whose interpreter env does not find': {
		entries: [file('run', '#!/usr/bin/env python3\n', run), env],
		config: { Cmd: ['/run'] },
		found: '/run needs python3, which is not in the image',
		withoutContents: null,
	},
	'a script with options of env': {
		entries: [file('run', '#!/usr/bin/env -S python3 -u\n', run), env],
		config: { Cmd: ['/run'] },
		found: null,
	},
	'scripts that are their own interpreters': {
		entries: [file('a', '#!/b\n', run), file('b', '#!/a\n', run)],
		config: { Cmd: ['/a'] },
		found: null,
	},
	'a program whose loader and libraries are there, in any folder': {
		entries: [file('app', dynamic, run), ...loader],
		config: { Cmd: ['/app'] },
		found: null,
	},
	'a program whose loader is not there': {
		entries: [file('app', dynamic, run)],
		config: { Cmd: ['/app'] },
		found: '/app needs the loader /lib64/ld-linux-x86-64.so.2, which is not in the image',
		withoutContents: null,
	},
	'a program of which a library is not there': {
		entries: [file('app', dynamic, run), ...loader.slice(0, 3)],
		config: { Cmd: ['/app'] },
		found: '/app needs the library libm.so.6, which is nowhere in the image',
		withoutContents: null,
	},
	'a library that a volume may bring': {
		entries: [file('app', dynamic, run), ...loader.slice(0, 3)],
		config: { Cmd: ['/app'], Env: ['LD_LIBRARY_PATH=/lib:/data/lib'], Volumes: { '/data': {} } },
		found: null,
	},
	'a program for another machine': {
		entries: [file('app', elfFile({ machine: 183 }), run)],
		config: { Cmd: ['/app'] },
		found: '/app is a program for ARM64, and the image is for linux/amd64',
		withoutContents: null,
	},
	'a program of 32 bits for the same family': {
		entries: [file('app', elfFile({ machine: 3, bits: 32 }), run)],
		config: { Cmd: ['/app'] },
		found: null,
	},
	'a program for a machine that nobody knows': {
		entries: [file('app', elfFile({ machine: 9999 }), run)],
		config: { Cmd: ['/app'] },
		found: null,
	},
};

async function startProblems(
	t: TestContext,
	{ entries, config, image }: Case,
	withContents: boolean,
): Promise<readonly string[]> {
	const found = await findingsOf(t, { layers: [entries], config: { config }, ...image }, { withContents });
	return found.filter(({ code }) => code === 'cannot-start').map(({ title }) => title);
}

describe('an image that cannot start', () => {
	for (const [name, each] of Object.entries(cases))
		test(`${name}: ${each.found ?? 'nothing is found'}`, async (t) => {
			const titles = (found: string | null) => (found === null ? [] : [`the image cannot start: ${found}`]);
			assert.deepEqual(await startProblems(t, each, true), titles(each.found));
			const known = each.withoutContents === undefined ? each.found : each.withoutContents;
			assert.deepEqual(await startProblems(t, each, false), titles(known));
		});

	test('is a risk that saves nothing, at the program and in the layer that is to blame', async (t) => {
		const [finding] = await findingsOf(t, {
			layers: [shell, [file('run', '#!/bin/sh\n')]],
			config: { config: { Entrypoint: ['/run'] } },
		});
		const { code, level, shippedIn, savedBytes, advice } = finding;
		assert.deepEqual(
			{ code, level, shippedIn, savedBytes, advice },
			{
				code: 'cannot-start',
				level: 'risk',
				shippedIn: 1,
				savedBytes: 0,
				advice: {
					text: 'Set its mode where it is made: COPY --chmod=0755, or chmod in the same RUN.',
					edit: null,
				},
			},
		);
	});
});
