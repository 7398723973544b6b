import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { FindingChange } from '../../source/analysis/findings/compare-findings.ts';
import type { KnownFinding } from '../../source/analysis/findings/known-findings.ts';
import type {
	ComparedPackage,
	PackageChange,
	PackageComparison,
	PackageDifference,
} from '../../source/diff/packages/compared-packages.ts';
import { findingSection } from '../../source/report/diff/text/findings.ts';
import { packageSection } from '../../source/report/diff/text/packages.ts';
import { compareArchived } from '../support/pair/compare-archived.ts';
import { textDifferenceOf } from '../support/pair/difference-reports.ts';
import { namedImages } from '../support/pair/named-images.ts';
import { newBuild, oldBuild } from '../support/pair/two-builds.ts';

const page = readFileSync(new URL('../../docs/diff.md', import.meta.url), 'utf8');
const layout = { width: 80, isFull: false, paint: (_: unknown, text: string) => text };

/** The text of the block that begins with a line. */
function blockAfter(start: string): string {
	return page.split(`\`\`\`console\n${start}`)[1]?.split('```')[0] ?? '';
}

describe('diff.md', () => {
	test('shows what fathom diff prints, with dots for what it leaves out', async (t) => {
		const compared = namedImages(await compareArchived(oldBuild, newBuild), ['app:1.0', 'app:1.1']);
		const printed = await textDifferenceOf(compared, { width: 80 });
		const parts = blockAfter('$ fathom diff app:1.0 app:1.1\n').split('  ...\n');
		t.assert.equal(parts.length, 7);
		let at = 0;
		for (const part of parts) {
			const start = printed.indexOf(part, at);
			t.assert.notEqual(start, -1, part);
			at = start + part.length;
		}
	});

	test('shows findings as fathom diff prints them', (t) => {
		const of = (code: string, layer: number, path: string, bytes: number): KnownFinding => ({
			...{ code, level: 'waste', bytes, shippedBy: null, wastedBy: null },
			...{ shippedIn: null, layerIndex: layer - 1, paths: [path] },
		});
		const changes: readonly FindingChange<KnownFinding>[] = [
			{ kind: 'gone', finding: null, older: of('apt-archives-left', 2, 'var/cache/apt', 90_800_000) },
			{ kind: 'new', finding: of('owner-changed', 5, 'srv/app', 640_000), older: null },
			{
				kind: 'grown',
				finding: of('package-cache-removed', 3, 'var/cache/apt', 488_000),
				older: of('package-cache-removed', 3, 'var/cache/apt', 32_900),
			},
		];
		t.assert.equal(
			`Findings\n${blockAfter('Findings\n')}`,
			`${findingSection(changes, layout).join('\n')}\n`,
		);
	});

	test('shows packages as fathom diff prints them', (t) => {
		const of = (name: string, version: string, bytes: number): ComparedPackage => ({
			...{ type: 'deb', name, version, architecture: null, purl: `pkg:deb/debian/${name}@${version}` },
			...{ layerIndex: 0, files: 1, bytes, addedBytes: bytes },
		});
		const changes: readonly PackageChange[] = [
			{
				...{ kind: 'added', differingFiles: 851, path: 'var/lib/dpkg/status' },
				packages: [null, of('git', '1:2.39.5-0+deb12u3', 45_300_000)],
			},
			{
				...{ kind: 'upgraded', differingFiles: 7, path: 'var/lib/dpkg/status' },
				packages: [
					of('perl-base', '5.36.0-7+deb12u3', 7_403_000),
					of('perl-base', '5.36.0-7+deb12u4', 7_407_560),
				],
			},
		];
		const difference: PackageDifference = { changes, totals: [1, 2], unreadLayers: [[], []] };
		const comparison: PackageComparison = { kind: 'compared', difference, warnings: [[], []] };
		const printed = packageSection(comparison, { ...layout, width: null }).join('\n');
		const [heading] = printed.split('\n');
		t.assert.equal(`${heading}\n${blockAfter(`${heading}\n`)}`, `${printed}\n`);
	});
});
