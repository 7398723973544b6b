import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findFindings } from '../../source/analysis/findings/find-findings.ts';
import type { FindingInput, FoundFinding } from '../../source/analysis/findings/finding.ts';
import { findingRules } from '../../source/analysis/findings/finding-rules.ts';
import { liveBytesByNode } from '../../source/analysis/packages/live-bytes.ts';
import { pathOf } from '../../source/filetree/paths.ts';
import type { ImageSession } from '../../source/session/image-session.ts';
import { finish } from '../../source/steps.ts';
import { arbitraryLayers } from '../support/archives/arbitrary-layers.ts';
import type { TarEntry } from '../support/archives/tar-entry.ts';
import { loadLayers } from '../support/load-layers.ts';
import { sizeOfAll } from '../support/plain/plain-figures.ts';
import {
	bytesAsText,
	type PlainInode,
	type PlainLayer,
	type PlainState,
	stackPlainly,
} from '../support/plain/plain-model.ts';
import { runs } from '../support/runs.ts';

/** Checks a statement about the findings of many images, in which files lie in folders that builds leave things in. */
async function forManyImages(check: (loaded: Loaded) => void): Promise<void> {
	await fc.assert(
		fc.asyncProperty(arbitraryLayers, async (layers) => {
			const renamed = layers.map((entries) => entries.map(inBuildFolders));
			const session = await loadLayers(renamed);
			const { tree, figures, recorded } = session;
			const { description } = session.image;
			const input = { tree, description, recorded, base: figures.base, packages: null, executables: null };
			check({ session, input, model: stackPlainly(renamed) });
		}),
		{ numRuns: runs(200) },
	);
}

interface Loaded {
	readonly session: ImageSession;
	readonly input: FindingInput;
	readonly model: readonly PlainLayer[];
}

const names: Readonly<Record<string, string>> = { a: 'tmp', b: 'var', c: 'log' };
/** So that what is left is above the size from which it is told of. */
const REPEATED = 300;

function inBuildFolders(entry: TarEntry): TarEntry {
	const renamed = (text: string): string =>
		text.replaceAll(/(?<![\w.-])[abc](?=\/|$)/g, (name) => names[name]);
	const name = renamed(bytesAsText(entry.name)).replace(/\.wh\.([abc])$/, (_, each) => `.wh.${names[each]}`);
	const target = renamed(bytesAsText(entry.target));
	return {
		...entry,
		name,
		target,
		content: Buffer.from(bytesAsText(entry.content).repeat(REPEATED), 'latin1'),
	};
}

function claimsOf(input: FindingInput): readonly FoundFinding[] {
	const liveBytes = finish(liveBytesByNode(input.tree));
	return findingRules
		.flatMap((rule) => finish(rule({ ...input, liveBytes })))
		.filter(({ level }) => level !== 'risk');
}

test('fixing all findings of level waste leaves what is visible, and the size that is predicted', () =>
	forManyImages(({ session: { figures, tree }, input, model }) => {
		const alive = inodesOf(model[model.length - 1].after);
		const left = model.map(({ inodes }) => [...inodes]);
		const rows = new Set<number>();
		for (const { claim } of claimsOf(input)) {
			if (claim.kind !== 'dead') continue;
			for (const row of claim.rows) {
				assert.ok(!rows.has(row), 'claimed twice');
				rows.add(row);
				takeDead(tree, row, { left, alive });
			}
		}
		const waste = finish(findFindings(input)).findings.filter(({ level }) => level === 'waste');
		const saved = waste.reduce((sum, { savedBytes }) => sum + savedBytes, 0);
		const remaining = left.flat().filter(({ content }) => content !== '');
		assert.deepEqual(new Set(remaining), new Set([...alive].filter(({ content }) => content !== '')));
		assert.equal(sizeOfAll(remaining), figures.totalBytes - saved);
		assert.equal(saved, figures.wastedBytes);
	}));

test('no byte is saved twice: fixing all leaves what no finding claims', () =>
	forManyImages(({ session: { figures, tree }, input, model }) => {
		const { after } = model[model.length - 1];
		const alive = inodesOf(after);
		const left = model.map(({ inodes }) => [...inodes]);
		const removed = new Set<PlainInode>();
		for (const { claim } of claimsOf(input)) {
			if (claim.kind === 'dead') for (const row of claim.rows) takeDead(tree, row, { left, alive });
			if (claim.kind !== 'live') continue;
			for (const node of claim.nodes) removed.add(inodeAt(after, pathOf(tree, node)));
		}
		const { savedBytes } = finish(findFindings(input));
		const remaining = left.flat().filter((inode) => !removed.has(inode));
		assert.equal(sizeOfAll(remaining), figures.totalBytes - savedBytes);
	}));

test('a file is a leftover where all of its names are in folders of that kind', () =>
	forManyImages(({ input, model }) => {
		const { after } = model[model.length - 1];
		for (const { code, claim } of claimsOf(input)) {
			if (claim.kind !== 'live') continue;
			const folder = code === 'logs-left' ? /^var\/log(?:\/|$)/ : /^(?:var\/)?tmp(?:\/|$)/;
			for (const node of claim.nodes) {
				const inode = inodeAt(after, pathOf(input.tree, node));
				for (const [path, other] of after) if (other.inode === inode) assert.match(path, folder);
			}
		}
	}));

function inodesOf(state: PlainState): ReadonlySet<PlainInode> {
	return new Set([...state.values()].flatMap(({ inode }) => inode ?? []));
}

function inodeAt(state: PlainState, path: string): PlainInode {
	const inode = state.get(path)?.inode;
	assert.ok(inode, path);
	return inode;
}

interface Left {
	/** What is left of each layer. */
	readonly left: readonly PlainInode[][];
	readonly alive: ReadonlySet<PlainInode>;
}

/** Takes a dead inode out of the layer that shipped it. */
function takeDead(tree: ImageSession['tree'], row: number, { left, alive }: Left): void {
	const { waste } = tree;
	const inodes = left[waste.layers[row]];
	const path = pathOf(tree, waste.nodes[row]);
	const index = inodes.findIndex(
		(inode) => inode.path === path && inode.content.length === waste.bytes[row] && !alive.has(inode),
	);
	assert.ok(index !== -1, `${path} is not dead`);
	inodes.splice(index, 1);
}
