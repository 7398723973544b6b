import { spawn, spawnSync } from 'node:child_process';
import { extract, type Header } from 'tar-stream';
import { compare } from '../source/filetree/compare.ts';
import { changeAt, kindAt } from '../source/filetree/comparison.ts';
import { ABSENT, type FileTree, IMPLIED_DIRECTORY } from '../source/filetree/file-tree.ts';
import { pathOf } from '../source/filetree/paths.ts';
import { entryKinds, HARD_LINK, stringAt } from '../source/tar/changeset.ts';
import { decodeName } from '../source/text/decode-name.ts';
import { loadImage } from '../test/support/load-image.ts';

/** What is compared of a path, as one line of text. A hard link counts as the file that it shares. */
type Listing = ReadonlyMap<string, string>;

interface Attributes {
	readonly kind: string;
	readonly size: number;
	readonly mode: number;
	readonly uid: number;
	readonly gid: number;
	readonly target: string;
}

/** What an engine puts into every container, whatever the image has there. */
const mountPoints = /^(?:\.dockerenv|etc\/(?:hosts|hostname|resolv\.conf|mtab)|(?:dev|proc|sys)(?:\/.*)?)$/;
const maximumShown = 20;

const [archive, image] = process.argv.slice(2);
if (!archive || !image) {
	console.error('usage: check-final-tree.ts ARCHIVE IMAGE (the same image, as a Docker engine knows it)');
	process.exitCode = 2;
} else {
	const [ours, engines] = [await listTree(archive), await listExport(image)];
	const differences = differencesBetween(ours, engines);
	for (const difference of differences.slice(0, maximumShown)) console.log(difference);
	console.log(`${ours.size} paths here, ${engines.size} in docker export, ${differences.length} differ`);
	process.exitCode = differences.length === 0 ? 0 : 1;
}

async function listTree(path: string): Promise<Listing> {
	const { tree } = await loadImage(path, {});
	const comparison = compare(tree, 0, tree.layerCount);
	const paths = Array.from({ length: tree.nodeCount }, (_, node) => pathOf(tree, node));
	const nodes = new Map(paths.map((name, node) => [name, node]));
	const listing = new Map<string, string>();
	for (let node = 1; node < tree.nodeCount; node++) {
		if (kindAt(comparison, node) === ABSENT) continue;
		add(listing, paths[node], attributesOf(tree, nodes, changeAt(comparison, node)));
	}
	return listing;
}

function attributesOf(tree: FileTree, nodes: ReadonlyMap<string, number>, change: number): Attributes {
	const entry = tree.changeEntries[change];
	const changeset = tree.changesets[tree.changeLayers[change]];
	if (entry === IMPLIED_DIRECTORY)
		return { kind: 'directory', size: 0, mode: 0o755, uid: 0, gid: 0, target: '' };
	const linked = changeset.kinds[entry] === HARD_LINK;
	return {
		kind: linked ? 'file' : entryKinds[changeset.kinds[entry]],
		size: sizeOf(tree, nodes, change),
		mode: changeset.modes[entry],
		uid: changeset.uids[entry],
		gid: changeset.gids[entry],
		target: linked ? '' : decodeName(stringAt(changeset.targets, entry)),
	};
}

/** A hard link has no size of its own: that of its content is what its target had when the link was made. */
function sizeOf(tree: FileTree, nodes: ReadonlyMap<string, number>, change: number): number {
	const layer = tree.changeLayers[change];
	const changeset = tree.changesets[layer];
	const entry = tree.changeEntries[change];
	if (changeset.kinds[entry] !== HARD_LINK) return changeset.sizes[entry];
	const target = nodes.get(decodeName(stringAt(changeset.targets, entry)).replace(/^\.?\//, '')) ?? 0;
	for (let before = tree.changeStarts[target + 1] - 1; before >= tree.changeStarts[target]; before--) {
		if (tree.changeLayers[before] <= layer) return sizeOf(tree, nodes, before);
	}
	return 0;
}

async function listExport(name: string): Promise<Listing> {
	const created = spawnSync('docker', ['create', name, 'true'], { encoding: 'utf8' });
	if (created.status !== 0) throw new Error(created.stderr);
	const container = created.stdout.trim();
	try {
		const tar = spawn('docker', ['export', container], { stdio: ['ignore', 'pipe', 'inherit'] });
		return await listTar(tar.stdout);
	} finally {
		spawnSync('docker', ['rm', container]);
	}
}

async function listTar(stream: NodeJS.ReadableStream): Promise<Listing> {
	const listing = new Map<string, string>();
	const sizes = new Map<string, number>();
	const entries = extract();
	stream.pipe(entries);
	for await (const entry of entries) {
		const { header } = entry;
		const path = header.name.replace(/\/$/, '');
		const size = header.type === 'link' ? (sizes.get(header.linkname ?? '') ?? 0) : (header.size ?? 0);
		sizes.set(path, size);
		entry.resume();
		if (path === '' || path === '.') continue;
		add(listing, path, {
			kind: header.type === 'link' ? 'file' : (header.type ?? ''),
			size,
			mode: (header.mode ?? 0) & 0o7777,
			uid: header.uid ?? 0,
			gid: header.gid ?? 0,
			target: targetOf(header),
		});
	}
	return listing;
}

function targetOf({ type, linkname, devmajor, devminor }: Header): string {
	if (type === 'symlink') return linkname ?? '';
	return type === 'character-device' || type === 'block-device' ? `${devmajor}:${devminor}` : '';
}

function add(listing: Map<string, string>, path: string, attributes: Attributes): void {
	if (mountPoints.test(path)) return;
	const { kind, size, mode, uid, gid, target } = attributes;
	const arrow = target === '' ? '' : ` -> ${target}`;
	listing.set(path, `${kind} ${mode.toString(8)} ${uid}:${gid} ${size}${arrow}`);
}

function differencesBetween(ours: Listing, engines: Listing): readonly string[] {
	const paths = new Set([...ours.keys(), ...engines.keys()]);
	return [...paths]
		.filter((path) => ours.get(path) !== engines.get(path))
		.sort()
		.map(
			(path) =>
				`${path}\n  here:   ${ours.get(path) ?? 'not there'}\n  engine: ${engines.get(path) ?? 'not there'}`,
		);
}
