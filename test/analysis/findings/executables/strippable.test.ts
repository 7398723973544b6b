import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { findingsOf } from '../../../support/analysis/executable-findings.ts';
import { dpkgFiles } from '../../../support/analysis/packages.ts';
import { file, hardLink, type TarEntry } from '../../../support/archives/tar-entry.ts';
import { elfFile } from '../../../support/facts/elf-file.ts';

const run = { mode: 0o755 };
const symbols = [
	{ name: '.symtab', type: 2, link: 1, content: Buffer.alloc(60_000) },
	{ name: '.strtab', type: 3, content: Buffer.alloc(50_000) },
];
const debug = { name: '.debug_info', content: Buffer.alloc(200_000) };
const withSymbols = elfFile({ sections: symbols });
const withBoth = elfFile({ sections: [...symbols, debug] });
const ofGo = elfFile({ sections: symbols, hasGoNote: true });
const stripped = elfFile({ sections: [{ name: '.comment', content: Buffer.alloc(9000) }] });
const strip = file('usr/bin/strip', stripped, run);

/** An image of one layer that an instruction made, which is recorded as BuildKit does. */
const madeBy = (created_by: string, entries: readonly TarEntry[]) => ({
	layers: [entries],
	config: { history: [{ created_by }] },
});
const ran = (command: string, entries: readonly TarEntry[]) =>
	madeBy(`RUN /bin/sh -c ${command} # buildkit`, entries);

describe('what only debuggers need', () => {
	test('debug sections are a hint, with the symbols of the same files', async (t) => {
		const entries = [
			file('opt/a', withBoth, run),
			file('opt/b', withSymbols, run),
			file('opt/c', stripped, run),
		];
		const found = await findingsOf(t, ran('make install', entries));
		assert.deepEqual(
			found.map(({ code, level, title, shortTitle, savedBytes, paths }) => ({
				code,
				level,
				title,
				shortTitle,
				savedBytes,
				paths,
			})),
			[
				{
					code: 'debug-sections',
					level: 'hint',
					title: 'layer 1 ships debug sections in 1 file: 310 kB',
					shortTitle: 'layer 1 ships debug sections in 1 file',
					savedBytes: 310_000,
					paths: ['opt/a'],
				},
				{
					code: 'symbol-tables',
					level: 'hint',
					title: 'layer 1 ships symbol tables in 1 file: 110 kB',
					shortTitle: 'layer 1 ships symbol tables in 1 file',
					savedBytes: 110_000,
					paths: ['opt/b'],
				},
			],
		);
	});

	test('a file with two names counts once, and each layer for itself', async (t) => {
		const layers = [[file('a', withSymbols, run), hardLink('b', 'a', run)], [file('c', withSymbols, run)]];
		const found = await findingsOf(t, { layers });
		assert.deepEqual(
			found.map(({ shippedIn, savedBytes }) => [shippedIn, savedBytes]),
			[
				[0, 110_000],
				[1, 110_000],
			],
		);
	});

	test('what is there for debuggers, has an archive behind it, or is small, is no finding', async (t) => {
		const entries = [
			file('usr/lib/debug/a.debug', withBoth, run),
			file('opt/.debug/a', withBoth, run),
			file('opt/unpacks-itself', Buffer.concat([withBoth, Buffer.alloc(5000)]), run),
			file('opt/small', elfFile({ sections: [{ ...debug, content: Buffer.alloc(90_000) }] }), run),
			file('opt/module.ko', elfFile({ type: 1, sections: [...symbols, debug] }), run),
		];
		assert.deepEqual(await findingsOf(t, { layers: [entries] }), []);
	});

	test('symbols that a distribution left in its package stay, and nothing is found without contents', async (t) => {
		const entries = [
			file('usr/lib/libjvm.so', withSymbols),
			...dpkgFiles([{ name: 'jre', paths: ['/usr/lib/libjvm.so'] }]),
		];
		assert.deepEqual(await findingsOf(t, { layers: [entries] }), []);
		const own = { layers: [[file('a', withSymbols, run)]] };
		assert.deepEqual(await findingsOf(t, own, { withContents: false }), []);
	});
});

describe('what to do about it', () => {
	const advised = async (...[t, image]: Parameters<typeof findingsOf>) => {
		const [{ advice }] = await findingsOf(t, image);
		return advice;
	};

	test('strip in the same RUN, where the image has it', async (t) => {
		const image = ran('make install', [strip, file('opt/a', withBoth, run)]);
		assert.deepEqual(await advised(t, image), {
			text: 'Strip them in the RUN that makes them: strip --strip-unneeded. Keep the originals if you debug crashes.',
			edit: { from: 'RUN make install', to: 'RUN make install && strip --strip-unneeded /opt/a' },
		});
	});

	test('no line where there is no strip, or a path is not for a shell', async (t) => {
		assert.equal((await advised(t, ran('make install', [file('opt/a', withBoth, run)]))).edit, null);
		const odd = ran('make install', [strip, file('opt/a b;c', withBoth, run)]);
		assert.equal((await advised(t, odd)).edit, null);
	});

	test('before it is copied', async (t) => {
		const { text, edit } = await advised(
			t,
			madeBy('COPY a /opt/a # buildkit', [strip, file('opt/a', withBoth, run)]),
		);
		assert.match(text, /^Strip them before they are copied: /);
		assert.equal(edit, null);
	});

	test('by the flags of Go', async (t) => {
		const { text, edit } = await advised(t, ran('go build -o /app .', [file('app', ofGo, run)]));
		assert.match(text, /^Build with go build -ldflags="-s -w"/);
		assert.deepEqual(edit, {
			from: 'RUN go build -o /app .',
			to: 'RUN go build -ldflags="-s -w" -o /app .',
		});
		const given = ran('go build -ldflags="-X a=b" -o /app .', [file('app', ofGo, run)]);
		assert.equal((await advised(t, given)).edit, null);
	});

	test('by the manifest of Cargo, where cargo-auditable left its list', async (t) => {
		const list = { packages: [{ name: 'hello', version: '1.0.0', source: 'local', root: true }] };
		const crates = { name: '.dep-v0', content: deflateSync(JSON.stringify(list)) };
		const program = elfFile({ sections: [...symbols, crates] });
		const { text } = await advised(t, ran('cargo build', [strip, file('app', program, run)]));
		assert.match(text, /^Set strip = true in \[profile\.release\] of Cargo\.toml\./);
	});
});
