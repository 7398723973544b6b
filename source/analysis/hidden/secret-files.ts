import type { ImageFacts } from '../../facts/image-facts.ts';
import { isExamplePath } from '../../facts/secrets/example-paths.ts';
import type { FoundSecret, SecretFact } from '../../facts/secrets/secret-facts.ts';
import { type FileTree, NO_ENTRY, wasteCauses } from '../../filetree/file-tree.ts';
import { contentEntryOf, isHardLink } from '../../filetree/links.ts';
import { pathOf } from '../../filetree/paths.ts';
import { inParts, type Steps } from '../../steps.ts';
import { factsByPath, type PathFact } from '../packages/path-facts.ts';

/** A file that looks secret: one content of one path, whether it can be seen in the end or not. */
export interface SecretFile {
	readonly node: number;
	/** The layers that ship it, 0-based, ascending: more than one where it was shipped again as it was. It can be pulled out of each. */
	readonly layers: readonly number[];
	/** What it looks like. Never the secret itself. */
	readonly secrets: readonly FoundSecret[];
	/** Where the final file system has it: its own node, or that of a hard link to it; null where it is deleted. */
	readonly visibleNode: number | null;
	/** The layer that took it away, by removing it or by other content, 0-based; null while it is visible. */
	readonly removedBy: number | null;
	/** Whether its path is that of a test, an example or documentation. */
	readonly isLikelyExample: boolean;
}

export interface SecretFiles {
	/** What is likely an example comes last; apart from that in path order, and of one path the lowest layer first. */
	readonly files: readonly SecretFile[];
	/** Layers, 0-based, whose contents were not read, so that their secrets are not known. */
	readonly unreadLayers: readonly number[];
}

const ITEMS_A_STEP = 4096;
const FILES_A_STEP = 256;

/** Finds the files of all layers that look secret, `facts` being those of the group `secrets`. */
export function* findSecretFiles(tree: FileTree, facts: ImageFacts): Steps<SecretFiles> {
	const found = (yield* factsByPath(tree, facts)).filter(({ fact }) => fact.fact !== null);
	const context = { tree, links: visibleLinks(tree), culprits: yield* culpritsAt(tree, found) };
	const files: SecretFile[] = [];
	for (let index = 0; index < found.length; ) {
		const { file, lastLayer } = secretFile(found[index], context);
		files.push(file);
		// The facts of the layers that shipped it again say the same.
		do index += 1;
		while (index < found.length && found[index].node === file.node && found[index].layerIndex <= lastLayer);
		if (files.length % FILES_A_STEP === 0) yield;
	}
	return {
		files: [
			...files.filter(({ isLikelyExample }) => !isLikelyExample),
			...files.filter(({ isLikelyExample }) => isLikelyExample),
		],
		unreadLayers: [...facts.layers.keys()].filter((layer) => facts.layers[layer] === null),
	};
}

interface Context {
	readonly tree: FileTree;
	/** The visible hard links, by the entries that have their contents. */
	readonly links: ReadonlyMap<number, number>;
	/** The layers that took away the last names of dead inodes, by the places of these. */
	readonly culprits: ReadonlyMap<number, number>;
}

/** One content of a path, from the first layer that shipped it on; `lastLayer` is the last one that left it as it was. */
function secretFile(
	{ node, layerIndex, fact }: PathFact,
	{ tree, links, culprits }: Context,
): { readonly file: SecretFile; readonly lastLayer: number } {
	const { changeEntries, changeLayers, changeStarts } = tree;
	const end = changeStarts[node + 1];
	let change = changeStarts[node];
	while (changeLayers[change] !== layerIndex) change += 1;
	const layers = [layerIndex];
	let linked = links.get(keyOf(layerIndex, fact.entry));
	for (; isSameContent(tree, change + 1, end); change++) {
		if (isHardLink(tree, change + 1)) continue;
		layers.push(changeLayers[change + 1]);
		linked ??= links.get(keyOf(changeLayers[change + 1], changeEntries[change + 1]));
	}
	const visibleNode = change + 1 === end ? node : (linked ?? null);
	const culprit = culprits.get(keyOf(layers[layers.length - 1], node)) ?? changeLayers[change + 1];
	const file: SecretFile = {
		node,
		layers,
		secrets: (fact.fact as SecretFact).secrets,
		visibleNode,
		removedBy: visibleNode === null ? culprit : null,
		isLikelyExample: isExamplePath(pathOf(tree, node)),
	};
	return { file, lastLayer: changeLayers[change] };
}

/** Whether a change that is not the path's first, and is before `end`, left the content as it was. */
function isSameContent({ changeEntries, changeContents }: FileTree, change: number, end: number): boolean {
	return (
		change < end &&
		changeEntries[change] !== NO_ENTRY &&
		changeContents[change] === changeContents[change - 1]
	);
}

function visibleLinks(tree: FileTree): ReadonlyMap<number, number> {
	const nodes = new Map<number, number>();
	const { changeStarts, links } = tree;
	let node = 0;
	for (const change of links.changes) {
		while (changeStarts[node + 1] <= change) node += 1;
		const content = changeStarts[node + 1] - 1 === change ? contentEntryOf(tree, change) : null;
		if (content !== null) nodes.set(keyOf(content.layerIndex, content.entry), node);
	}
	return nodes;
}

function* culpritsAt({ waste }: FileTree, found: readonly PathFact[]): Steps<ReadonlyMap<number, number>> {
	const nodes = new Set(found.map(({ node }) => node));
	const culprits = new Map<number, number>();
	if (nodes.size === 0) return culprits;
	yield* inParts(waste.count, ITEMS_A_STEP, (from, to) => {
		for (let index = from; index < to; index++)
			if (nodes.has(waste.nodes[index]) && wasteCauses[waste.causes[index]] !== 'duplicate')
				culprits.set(keyOf(waste.layers[index], waste.nodes[index]), waste.culprits[index]);
	});
	return culprits;
}

/** Layers are counted in fewer than 2^16, and entries and nodes in fewer than 2^32. */
function keyOf(layerIndex: number, index: number): number {
	return layerIndex * 2 ** 32 + index;
}
