import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { FileTree } from '../../source/filetree/file-tree.ts';
import { matchPattern } from '../../source/filter/match-pattern.ts';
import { parsePattern } from '../../source/filter/pattern/parse-pattern.ts';
import { stringAt } from '../../source/tar/changeset.ts';
import { decodeName } from '../../source/text/decode-name.ts';
import { file } from '../support/archives/tar-entry.ts';
import { loadLayers } from '../support/load-layers.ts';
import { arbitraryPattern } from './pattern/arbitrary-pattern.ts';

/** Enough names in directories of the same kind that the results of each name are cached, and many states between them. */
const folders = [
	'a',
	'b',
	'a/b',
	'a/cab',
	'c',
	'c/É',
	'c/é/日',
	'c.c/a.b',
	'lib/a',
	'lib/b',
	'lib/c',
	'lib/日',
];
const names = Array.from({ length: 60 }, (_, index) => {
	const letters = ['a', 'B', 'c', 'é', '日', '.', '-'];
	return `${letters[index % 7]}${letters[(index >> 1) % 7]}${index % 4 === 0 ? index : ''}.${letters[index % 3]}`;
});
const { tree } = await loadLayers([
	[
		...folders.flatMap((folder) => names.map((name) => file(`${folder}/${name}`))),
		file(Buffer.from('lib/caf\xe9', 'latin1')),
	],
]);

describe('the paths that a pattern finds', () => {
	const patterns = [
		'a',
		'\\d',
		'^/a/',
		'/[^/]*$',
		'^/[^/]*/[^/]*$',
		'^.{9}$',
		'^.{12,19}$',
		'^(/[a-z.]+){3}$',
		'(ab?)+\\.[bc]$',
		'b.*/.*é',
		'[^a-z/]$',
		'É',
		'[A-Z]\\d',
		'\\\\xe9$',
		'\\\\xE9$',
		'x|y',
		'[]',
		'',
	];
	for (const source of patterns) {
		test(`${source} are those whose text it matches`, (t) => {
			t.assert.deepEqual(found(source), expected(source));
		});
	}

	test('are those that JavaScript finds', () => {
		fc.assert(
			fc.property(arbitraryPattern, (source) => found(source).join() === expected(source).join()),
			{ numRuns: 300, seed: 7 },
		);
	});

	test('are looked for in the subtrees alone that are given', (t) => {
		const lib = topNode('lib');
		t.assert.deepEqual(
			found('\\.c$', new Int32Array([lib])),
			expected('\\.c$').filter((node) => node >= lib && node < tree.subtreeEnds[lib]),
		);
		t.assert.deepEqual(found('^/lib/a/', new Int32Array([lib])), expected('^/lib/a/'));
	});
});

function found(source: string, within: Int32Array | null = null): readonly number[] {
	return [...matchPattern(tree, { pattern: parsePattern(source), anyCase: !hasUpperCase(source), within })];
}

/** By the whole path of each node. */
function expected(source: string): readonly number[] {
	const expression = new RegExp(source, 'u');
	const anyCase = !hasUpperCase(source);
	const matches: number[] = [];
	let next = 1;
	for (let node = 1; node < tree.nodeCount; node++) {
		const path = shownPath(tree, node);
		if (node < next || !expression.test(anyCase ? path.toLowerCase() : path)) continue;
		matches.push(node);
		next = tree.subtreeEnds[node];
	}
	return matches;
}

function shownPath({ names, parents }: FileTree, node: number): string {
	return node === 0 ? '' : `${shownPath(tree, parents[node])}/${decodeName(stringAt(names, node))}`;
}

function topNode(name: string): number {
	for (let node = 1; node < tree.nodeCount; node = tree.subtreeEnds[node]) {
		if (shownPath(tree, node) === `/${name}`) return node;
	}
	throw new Error(`there is no ${name}`);
}

function hasUpperCase(source: string): boolean {
	return /[A-ZÉ]/.test(source.replace(/\\./gu, ''));
}
