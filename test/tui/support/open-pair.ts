import { openedDifference } from '../../../source/commands/explorer/opened-difference.ts';
import type { DifferencePart } from '../../../source/diff/differing-parts.ts';
import { findPath } from '../../../source/diff/listing/find-path.ts';
import { finish } from '../../../source/steps.ts';
import type { OpenedDifference } from '../../../source/tui/model/opened-difference.ts';
import { directory, file, hardLink, symlink } from '../../support/archives/tar-entry.ts';
import type { TestImage } from '../../support/archives/write-archive.ts';
import { compareArchived } from '../../support/pair/compare-archived.ts';

/** What the explorer shows of two images, which it calls old.tar and new.tar. */
export async function openPair(
	older: TestImage,
	newer: TestImage,
	{ ignore = [], folder, part = 'files' }: AskedFor = {},
): Promise<OpenedDifference> {
	const { images, difference, packages, findings } = await compareArchived(older, newer);
	const found = folder === undefined ? null : finish(findPath(difference.tree, folder));
	const node = found?.kind === 'found' ? found.node : null;
	const opened = await openedDifference(images, difference, { ignore, part, folder: node });
	const [oldSide, newSide] = opened.images;
	return {
		...opened,
		details: {
			packages: { kind: 'known', value: packages },
			findings: { kind: 'known', value: findings },
		},
		images: [
			{ ...oldSide, reference: 'old.tar' },
			{ ...newSide, reference: 'new.tar' },
		],
	};
}

interface AskedFor {
	readonly ignore?: readonly string[];
	readonly part?: DifferencePart;
	/** A path that one of the images has. */
	readonly folder?: string;
}

const base = [
	directory('etc'),
	file('etc/hosts', 'localhost'),
	file('etc/passwd', 'root:x:0:0'),
	symlink('sh', 'ash'),
];
const step = (created_by: string, empty_layer = false) => ({
	created_by,
	empty_layer,
	created: '2025-03-02T11:04:00Z',
});

/** Two images in which everything happens that a row can show. */
export const before: TestImage = {
	names: ['orders:1.8.2'],
	layers: [
		base,
		[
			directory('srv'),
			file('srv/report.js', 'a'.repeat(1200)),
			file('srv/index.html', 'i'.repeat(82)),
			file('srv/README.md', 'r'.repeat(49)),
			file('srv/VERSION', 'v'.repeat(12)),
			file('srv/current', 'c'.repeat(30)),
			directory('srv/static'),
			file('srv/static/logo.svg', 'l'.repeat(4000)),
			file('srv/static/font.woff', 'f'.repeat(2000)),
			file('srv/old-name.txt', 'n'.repeat(700)),
		],
	],
	config: {
		created: '2025-03-02T11:04:00Z',
		config: {
			Env: ['PATH=/usr/bin', 'NODE_ENV=development', 'REMOVED=1'],
			Cmd: ['node', 'server.js'],
			Labels: { version: '1.8.2' },
		},
		history: [step('ADD base.tar /'), step('ENV NODE_ENV=development', true), step('COPY srv /srv')],
	},
};

export const after: TestImage = {
	names: ['orders:1.9.0'],
	layers: [
		base,
		[directory('opt'), file('opt/tool', 't'.repeat(5000), { mode: 0o755 })],
		[
			directory('srv'),
			file('srv/report.js', 'b'.repeat(1200)),
			file('srv/index.html', 'i'.repeat(1290)),
			file('srv/README.md', 'r'.repeat(49), { mode: 0o600, uid: 1000 }),
			symlink('srv/current', 'index.html'),
			directory('srv/assets'),
			file('srv/assets/logo.svg', 'l'.repeat(4000)),
			file('srv/assets/font.woff', 'f'.repeat(2000)),
			file('srv/new-name.txt', 'n'.repeat(700)),
			hardLink('srv/same-name.txt', 'srv/new-name.txt'),
		],
	],
	config: {
		created: '2025-04-01T08:00:00Z',
		config: {
			Env: ['PATH=/usr/bin', 'NODE_ENV=production', 'ADDED=two words'],
			Cmd: ['node', '--enable-source-maps', 'server.js'],
			Labels: { version: '1.9.0' },
			User: 'node',
		},
		history: [
			step('ADD base.tar /'),
			step('ENV NODE_ENV=production', true),
			step('RUN curl -fsSL https://tools.example/tool -o /opt/tool && chmod +x /opt/tool'),
			step('COPY srv /srv'),
		],
	},
};
