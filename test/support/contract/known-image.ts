import type { ImageDescription } from '../../../source/image/image.ts';
import { hostPlatform } from '../../../source/image/platform.ts';
import type { Notice } from '../../../source/warning.ts';
import {
	directory,
	file,
	hardLink,
	opaque,
	symlink,
	type TarEntry,
	whiteout,
} from '../archives/tar-entry.ts';
import { layerTar, sha256, type TestImage } from '../archives/write-archive.ts';

/** An image of which everything is known without reading it. Bytes are exact. */
export interface KnownImage {
	readonly image: TestImage;
	readonly description: Pick<ImageDescription, 'platform' | 'created' | 'author' | 'config' | 'history'>;
	/** Their codes. */
	readonly notices: readonly Notice['code'][];
	/** Lowest first. */
	readonly diffIds: readonly (string | null)[];
	readonly layerBytes: readonly number[];
	readonly totalBytes: number;
	readonly wastedBytes: number;
	readonly efficiency: number;
	readonly dive: { readonly efficiency: number; readonly wastedBytes: number };
	/** Files to open: what they hold after a layer, which is counted from 0. */
	readonly files: Readonly<Record<string, KnownFile>>;
}

export interface KnownFile {
	readonly layerIndex: number;
	readonly path: string;
	readonly content: Uint8Array;
}

/** What the image is called; engines and registries put more in front. */
export const knownImageName = 'fathom-contract:1';

const large = Buffer.alloc(300_000, 'a large file, whose content is told by more than a hash ');
const changed = Buffer.from(large).fill('b', 299_999);
const repeated = [directory('opt/'), file('opt/same', 'in two layers\n')];

const layers: readonly (readonly TarEntry[])[] = [
	[
		...[directory('etc/'), file('etc/motd', 'hello\n'), file('etc/hosts', 'localhost\n', { mode: 0o600 })],
		...[directory('lib/'), file('lib/large', large), hardLink('lib/linked', 'lib/large')],
		...[directory('tmp/'), file('tmp/cache', large), symlink('bin', 'lib')],
	],
	repeated,
	[file('etc/motd', 'hullo\n'), file('lib/large', changed), whiteout('etc/hosts')],
	repeated,
	[directory('tmp/'), opaque('tmp'), file('tmp/new', ''), file('lib/copy', large)],
];

const created = '2026-01-02T03:04:05Z';
const author = 'somebody';
const { architecture } = hostPlatform();

/** What a config says that says nothing. */
const nothing: ImageDescription['config'] = {
	user: null,
	exposedPorts: [],
	env: [],
	entrypoint: null,
	cmd: null,
	volumes: [],
	workingDir: null,
	labels: {},
	stopSignal: null,
	healthcheck: null,
	shell: null,
	onBuild: [],
};

/** An image with everything that layers do to each other: files changed, replaced, removed, hidden, linked, and one layer twice. */
export const knownImage: KnownImage = {
	image: {
		names: [knownImageName],
		os: 'linux',
		architecture,
		layers,
		config: {
			...{ created, author },
			config: {
				Env: ['PATH=/bin'],
				Cmd: ['/lib/large'],
				Labels: { of: 'the test' },
				ExposedPorts: { '80/tcp': {} },
			},
			history: [1, 2, 3, 4, 5].map((step) => ({
				created: `2026-01-02T03:04:0${step}Z`,
				created_by: `COPY step ${step}`,
				comment: 'made by a test',
			})),
		},
	},
	description: {
		platform: { os: 'linux', architecture, variant: null },
		...{ created, author },
		config: {
			...nothing,
			exposedPorts: ['80/tcp'],
			env: ['PATH=/bin'],
			cmd: ['/lib/large'],
			labels: { of: 'the test' },
		},
		history: [1, 2, 3, 4, 5].map((step) => ({
			createdBy: `COPY step ${step}`,
			instruction: `COPY step ${step}`,
			created: `2026-01-02T03:04:0${step}Z`,
			comment: 'made by a test',
			author: null,
			layerIndex: step - 1,
		})),
	},
	notices: [],
	diffIds: layers.map((entries) => sha256(layerTar(entries))),
	layerBytes: [600_016, 14, 300_006, 14, 300_000],
	totalBytes: 1_200_050,
	// The first etc/motd, etc/hosts, tmp/cache, and the first opt/same. The first lib/large lives on as lib/linked.
	wastedBytes: 6 + 10 + 300_000 + 14,
	efficiency: 900_020 / 1_200_050,
	// dive takes all copies of etc/motd, lib/large and opt/same for waste, and 0 bytes for the smallest etc/hosts: its whiteout.
	dive: { efficiency: 900_020 / 1_200_050, wastedBytes: 12 + 600_000 + 28 + 10 },
	files: {
		'of the top layer': { layerIndex: 4, path: 'lib/copy', content: large },
		'of a layer below': { layerIndex: 4, path: 'lib/large', content: changed },
		'of the lowest layer, as it was then': {
			layerIndex: 0,
			path: 'etc/motd',
			content: Buffer.from('hello\n'),
		},
		'through a hard link': { layerIndex: 4, path: 'lib/linked', content: large },
		'without content': { layerIndex: 4, path: 'tmp/new', content: Buffer.alloc(0) },
	},
};

const [lowest] = layers;

/** The file system of a container: what the lowest layer of the known image leaves, as `docker export` writes it. */
export const knownSnapshot: KnownImage = {
	image: { layers: [lowest] },
	description: { platform: null, created: null, author: null, config: nothing, history: [] },
	notices: ['container-snapshot'],
	diffIds: [null],
	layerBytes: [600_016],
	totalBytes: 600_016,
	wastedBytes: 0,
	efficiency: 1,
	dive: { efficiency: 1, wastedBytes: 0 },
	files: {
		'of the layer': { layerIndex: 0, path: 'tmp/cache', content: large },
		'through a hard link': { layerIndex: 0, path: 'lib/linked', content: large },
	},
};
