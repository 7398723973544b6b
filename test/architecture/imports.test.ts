import { posix } from 'node:path';
import { describe, test } from 'node:test';
import { isAllowed, roomOf } from './arrows.ts';
import { readSourceFiles, type SourceFile, sourceFileOf } from './source-files.ts';

const files = readSourceFiles();

describe('the rooms of source/', () => {
	test('every file stands in a room', (t) => {
		t.assert.deepEqual(
			files.filter(({ path }) => roomOf(path) === undefined).map(({ path }) => path),
			[],
		);
	});

	test('every file imports only what its room may', (t) => {
		t.assert.deepEqual(files.flatMap(forbiddenArrows), []);
	});

	test('an arrow against the flow is found', (t) => {
		const file = sourceFileOf('tar/header.ts', "import { compare } from '../filetree/compare.ts';\n");
		t.assert.deepEqual(forbiddenArrows(file), ['tar/header.ts -> filetree/compare.ts']);
	});

	test('no import leads to a file that is not there', (t) => {
		const known = new Set(files.map(({ path }) => path));
		const missing = ownImports(files).filter(({ target }) => !known.has(target));
		t.assert.deepEqual(missing, []);
	});

	test('no file imports itself by way of others', (t) => {
		t.assert.equal(findCycle(files), null);
	});

	test('a circle is found', (t) => {
		const circle = [
			sourceFileOf('text/a.ts', "import type { B } from './b.ts';\n"),
			sourceFileOf('text/b.ts', "export { c } from './c.ts';\n"),
			sourceFileOf('text/c.ts', "const a = await import('./a.ts');\n"),
		];
		t.assert.equal(findCycle(circle), 'text/a.ts -> text/b.ts -> text/c.ts -> text/a.ts');
	});
});

describe('what is kept out of where', () => {
	test('Ink and React are imported by the view alone', (t) => {
		const outside = files.filter(({ path }) => !path.startsWith('tui/view/'));
		const painters = outside.filter(({ imports }) =>
			imports.some(({ target }) => /^(?:ink|react)(?:\/|$)/.test(target)),
		);
		t.assert.deepEqual(
			painters.map(({ path }) => path),
			[],
		);
	});

	test('the view is loaded with import(), so that ci and report never pay for React', (t) => {
		const outside = files.filter(({ path }) => !path.startsWith('tui/view/'));
		const eager = ownImports(outside).filter(
			({ target, form }) => target.startsWith('tui/view/') && form === 'static',
		);
		t.assert.deepEqual(eager, []);
	});

	test('nothing below main.ts touches the process: no exit, environment, console or standard stream', (t) => {
		const top = ['cli.ts', 'main.ts', 'interruption.ts'];
		const below = files.filter(({ path }) => !top.includes(path));
		const forbidden = /\bprocess\.(?:exit|exitCode|env|argv|stdin|stdout|stderr)\b|\bconsole\./;
		t.assert.deepEqual(
			below.filter(({ code }) => forbidden.test(code)).map(({ path }) => path),
			[],
		);
	});
});

describe('the shape of files', () => {
	test('none has a default export', (t) => {
		t.assert.deepEqual(
			files.filter(({ code }) => /\bexport\s+default\b|\bas\s+default\b/.test(code)).map(({ path }) => path),
			[],
		);
	});

	test('none is longer than 250 lines', (t) => {
		t.assert.deepEqual(
			files.filter(({ lineCount }) => lineCount > 250).map(({ path, lineCount }) => `${path}: ${lineCount}`),
			[],
		);
	});

	test('no folder holds more than 20 files', (t) => {
		const folders = Map.groupBy(files, ({ path }) => posix.dirname(path));
		t.assert.deepEqual(
			[...folders].filter(([, inside]) => inside.length > 20).map(([folder]) => folder),
			[],
		);
	});

	test('all are named in kebab-case', (t) => {
		const kebab = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*\/)*[a-z0-9]+(?:-[a-z0-9]+)*\.tsx?$/;
		t.assert.deepEqual(
			files.filter(({ path }) => !kebab.test(path)).map(({ path }) => path),
			[],
		);
	});
});

function ownImports(sources: readonly SourceFile[]) {
	return sources.flatMap(({ path, imports }) =>
		imports.filter(({ own }) => own).map(({ target, form }) => ({ path, target, form })),
	);
}

function forbiddenArrows(file: SourceFile): readonly string[] {
	const room = roomOf(file.path) ?? file.path;
	return ownImports([file])
		.filter(({ target }) => !isAllowed(room, target))
		.map(({ target }) => `${file.path} -> ${target}`);
}

/** A circle as text, the first that is found; null when there is none. */
function findCycle(sources: readonly SourceFile[]): string | null {
	const targets = new Map(sources.map((file) => [file.path, ownImports([file]).map(({ target }) => target)]));
	const finished = new Set<string>();
	const visit = (path: string, trail: readonly string[]): string | null => {
		if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path].join(' -> ');
		if (finished.has(path)) return null;
		for (const target of targets.get(path) ?? []) {
			const cycle = visit(target, [...trail, path]);
			if (cycle !== null) return cycle;
		}
		finished.add(path);
		return null;
	};
	for (const { path } of sources) {
		const cycle = visit(path, []);
		if (cycle !== null) return cycle;
	}
	return null;
}
