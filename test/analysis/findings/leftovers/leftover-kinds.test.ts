import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { leftoverKindsOf } from '../../../../source/analysis/findings/leftovers/leftover-kinds.ts';
import { leftoverRules } from '../../../../source/analysis/findings/leftovers/leftover-rules.ts';
import { finish } from '../../../../source/steps.ts';
import { file } from '../../../support/archives/tar-entry.ts';
import { dockerArchive } from '../../../support/archives/write-archive.ts';
import { fromFile } from '../../../support/load-layers.ts';
import { rawPath } from '../../../support/tree-view.ts';

/** A pattern as a regular expression, said plainly. */
function plainPattern(pattern: string): RegExp {
	const [, start, rest] = /^(\/|~\/)?(.*)$/.exec(pattern) ?? ['', '', ''];
	const components = rest.split('/').map((component) => {
		if (component === '*') return '(?![.@])[^/]+';
		if (component === '@*') return '@[^/]+';
		return component.replace(/\./g, '\\.').replace('#', '\\d+').replace('*', '[^/]+');
	});
	const before = start === '/' ? '' : start === '~/' ? '(?:root|home/(?![.@])[^/]+)/' : '(?:.*/)?';
	return new RegExp(`^${before}${components.join('/')}$`);
}

const plainRules = leftoverRules.map(({ paths }) => paths.map(plainPattern));

/** The code of the first rule that the topmost folder on the way matches which matches any. */
function plainCode(path: string): string | null {
	const components = path.split('/');
	for (let count = 1; count <= components.length; count++) {
		const prefix = components.slice(0, count).join('/');
		const rule = plainRules.findIndex((patterns) => patterns.some((pattern) => pattern.test(prefix)));
		if (rule !== -1) return leftoverRules[rule].code;
	}
	return null;
}

/** Names out of the patterns, some that fit their wildcards, and some that nearly do. */
const names = [
	...new Set(leftoverRules.flatMap(({ paths }) => paths.flatMap((path) => path.split('/')))),
	...[
		'root',
		'home',
		'me',
		'.hidden',
		'@scope',
		'a.js.map',
		'.js.map',
		'b.swp',
		'.swp',
		'c~',
		'~',
		'core.12',
		'core.',
		'core.1a',
	],
	...['x.gem', 'é.swp', 'n'.repeat(100), `${'n'.repeat(80)}.css.map`],
].filter((name) => name !== '' && name !== '~' && !name.includes('#') && name !== '*');

const path = fc
	.array(fc.constantFrom(...names), { minLength: 1, maxLength: 7 })
	.map((parts) => parts.join('/'));
/** A whole pattern with something before and after it. */
const nearPath = fc
	.tuple(
		fc.constantFrom('', 'srv/', 'root/', 'home/me/', 'home/.me/'),
		fc.constantFrom(...leftoverRules.flatMap(({ paths }) => paths)),
		fc.constantFrom('', '/x'),
	)
	.map(
		([before, pattern, after]) =>
			`${before}${pattern
				.replace(/^(?:\/|~\/)/, '')
				.replaceAll('*', 'any')
				.replaceAll('#', '7')}${after}`,
	);

test('the pass over the tree finds what each pattern says, by the topmost folder that fits', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.oneof(path, nearPath), { minLength: 1, maxLength: 20 }), async (paths) => {
			const archive = dockerArchive([{ layers: [paths.map((each) => file(each, 'x'))] }]);
			const session = await fromFile(archive, {});
			const kinds = finish(leftoverKindsOf(session.tree));
			for (let node = 1; node < session.tree.nodeCount; node++) {
				const at = rawPath(session.tree, node);
				assert.equal(kinds[node] === 0 ? null : leftoverRules[kinds[node] - 1].code, plainCode(at), at);
			}
			await session.close();
		}),
	);
});
