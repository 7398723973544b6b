import { describe, test } from 'node:test';
import type { FindingChange } from '../../../source/analysis/findings/compare-findings.ts';
import type { KnownFinding } from '../../../source/analysis/findings/known-findings.ts';
import { findingSection } from '../../../source/report/diff/text/findings.ts';

const finding = (parts: Partial<KnownFinding>): KnownFinding => ({
	...{ code: 'owner-changed', level: 'waste', bytes: 1000 },
	...{ shippedBy: 'COPY . /app', wastedBy: 'RUN chown -R app /app' },
	...{ shippedIn: 3, layerIndex: 5, paths: ['app'] },
	...parts,
});

const found = (parts: Partial<KnownFinding>): FindingChange<KnownFinding> => ({
	kind: 'new',
	finding: finding(parts),
	older: null,
});

const sectionOf = (
	changes: readonly FindingChange<KnownFinding>[],
	{ width = 80, isFull = false }: { readonly width?: number; readonly isFull?: boolean } = {},
): readonly string[] => findingSection(changes, { width, isFull, paint: (_, text) => text }).slice(1);

describe('the findings of a difference', () => {
	test('of one layer are told apart by their paths, cut in the middle where they have to be', (t) => {
		const paths = ['app', 'srv/orders/node_modules/express/package.json'];
		t.assert.deepEqual(
			sectionOf(
				paths.map((path) => found({ paths: [path] })),
				{ width: 60 },
			),
			[
				'       old   new  finding        layer  path',
				'  new    -  1 kB  owner-changed      6  /app',
				'  new    -  1 kB  owner-changed      6  /srv/order…kage.json',
			],
		);
	});

	test('of one layer and path are told apart by the layers whose bytes they are', (t) => {
		t.assert.deepEqual(sectionOf([found({}), found({ shippedIn: 1 }), found({ paths: ['srv', 'opt'] })]), [
			'       old   new  finding        layer  path',
			'  new    -  1 kB  owner-changed      6  /app of layer 4',
			'  new    -  1 kB  owner-changed      6  /app of layer 2',
			'  new    -  1 kB  owner-changed      6  /srv and 1 more',
		]);
	});

	test('have their instructions where there is room', (t) => {
		t.assert.match(sectionOf([found({})], { width: 120 })[1], / 6 {2}\/app {2}RUN chown -R app \/app$/);
	});

	test('are the ten greatest and every risk, and all of them where that is asked for', (t) => {
		const changes = [
			...Array.from({ length: 14 }, (_, index) => found({ paths: [`f${index}`] })),
			found({ code: 'runs-as-root', level: 'risk', bytes: 0, shippedIn: null, layerIndex: null, paths: [] }),
		];
		const some = sectionOf(changes);
		t.assert.match(some[10], /\/f9$/);
		t.assert.deepEqual(
			some.slice(11),
			['  new    -   0 B  runs-as-root          ', '  and 4 more; --full lists all of them'].map((line) =>
				line.trimEnd(),
			),
		);
		t.assert.equal(sectionOf(changes, { isFull: true }).length, 16);
	});
});
