/** One entry of a synthetic layer. Two entries with the same `contentId` and size have the same content. */
export interface SyntheticEntry {
	readonly path: string;
	readonly type: 'file' | 'directory' | 'symlink' | 'link';
	readonly size: number;
	readonly contentId: number;
	readonly mode: number;
	readonly owner: number;
	readonly target: string;
}

export const SYNTHETIC_LAYERS = 40;

const words = (
	'access array assert async batch buffer cache channel client codec config cursor date deep digest edge event fetch field ' +
	'filter format glob graph hash header index input iterator json key lexer locale log map match merge metric mime model ' +
	'module node number object option output parse patch path pipe plugin pool promise proxy query queue range reader regexp ' +
	'render request resolve result retry route schema scope server session shape socket source state store stream string ' +
	'style task template text theme timer token trace tree type update value vector view walk watch worker writer zone'
).split(' ');
const roots = ['srv/app', 'usr/lib', 'usr/local/lib', 'opt/tools', 'usr/share'];
const packageEntries = 25;

/**
 * What layer `layer` of an image with `entriesPerLayer` entries in each of its layers holds, in the order of the tar.
 * In turn: folders with new packages, a changed owner of what the layer below brought, files that are rewritten with the same size (every
 * second one as it was), whiteouts of single files and whole packages, an opaque folder, links.
 */
export function syntheticLayer(layer: number, entriesPerLayer: number): readonly SyntheticEntry[] {
	switch (layer % 8) {
		case 3:
			return packages(layer - 1, entriesPerLayer).map((entry) => ({ ...entry, owner: 1000 }));
		case 5:
			return packages(layer - 1, entriesPerLayer).map(rewritten);
		case 6:
			return fill(whiteouts(layer - 2, entriesPerLayer), layer, entriesPerLayer);
		case 7:
			return fill(opaqueFolder(layer - 6), layer, entriesPerLayer);
		default:
			return packages(layer, entriesPerLayer);
	}
}

/** `count` entries of new packages: folders, files, and in each package one symlink and one hard link. */
function packages(layer: number, count: number): readonly SyntheticEntry[] {
	return Array.from({ length: count }, (_, index) => packageEntry(layer, index));
}

function packageEntry(layer: number, index: number): SyntheticEntry {
	const folder = packageFolder(layer, Math.floor(index / packageEntries));
	const place = index % packageEntries;
	const hash = hashOf(layer, index);
	const inner = place < 13 ? `${folder}/lib` : `${folder}/lib/${word(hash)}-${word(layer)}`;
	if (place === 0) return directory(folder);
	if (place === 1) return directory(`${folder}/lib`);
	const name = `${word(hash >>> 7)}-${word(hash >>> 14)}-${place}`;
	if (place === 11) return link('symlink', `${folder}/lib/latest`, 'index-3.js');
	if (place === 12) return link('link', `${folder}/lib/same-as-first.js`, `${folder}/lib/index-2.js`);
	if (place === 2 || place === 3) return file(`${folder}/lib/index-${place}.js`, hash);
	return file(`${inner}/${name}.js`, hash);
}

function packageFolder(layer: number, index: number): string {
	const hash = hashOf(layer + 1000, index);
	return `${roots[index % roots.length]}/node_modules/${word(hash)}-${word(hash >>> 9)}-${layer}-${index}`;
}

function rewritten(entry: SyntheticEntry, index: number): SyntheticEntry {
	return entry.type === 'file' && index % 2 === 1 ? { ...entry, contentId: entry.contentId + 1 } : entry;
}

/** Every fourth package of another layer goes as a whole; of the others a few files each. */
function whiteouts(layer: number, entriesPerLayer: number): readonly SyntheticEntry[] {
	const removed: SyntheticEntry[] = [];
	for (let index = 0; index * packageEntries < entriesPerLayer; index++) {
		const folder = packageFolder(layer, index);
		const slash = folder.lastIndexOf('/');
		if (index % 4 === 0) removed.push(marker(`${folder.slice(0, slash)}/.wh.${folder.slice(slash + 1)}`));
		else for (const place of [2, 3]) removed.push(marker(`${folder}/lib/.wh.index-${place}.js`));
	}
	return removed;
}

function opaqueFolder(layer: number): readonly SyntheticEntry[] {
	const folder = packageFolder(layer, 1);
	return [directory(folder), marker(`${folder}/.wh..wh..opq`), file(`${folder}/index.js`, hashOf(layer, 7))];
}

function fill(
	entries: readonly SyntheticEntry[],
	layer: number,
	entriesPerLayer: number,
): readonly SyntheticEntry[] {
	return [...entries, ...packages(layer, entriesPerLayer - entries.length)].slice(0, entriesPerLayer);
}

/**
 * The entries with files that are about as many times as large. As with real files, few of the large ones have the same size; one that is
 * written again keeps its size.
 */
export function enlarged(entries: readonly SyntheticEntry[], factor: number): readonly SyntheticEntry[] {
	return entries.map((entry) => {
		const sum = Array.from(entry.path).reduce((hash, letter) => hashOf(hash, letter.charCodeAt(0)), 7);
		return entry.size === 0 ? entry : { ...entry, size: entry.size * factor + (sum % factor) };
	});
}

function file(path: string, hash: number): SyntheticEntry {
	const size = 40 + (hash % 1400);
	return { path, type: 'file', size, contentId: hash, mode: 0o644, owner: 0, target: '' };
}

function directory(path: string): SyntheticEntry {
	return { path, type: 'directory', size: 0, contentId: 0, mode: 0o755, owner: 0, target: '' };
}

function link(type: 'symlink' | 'link', path: string, target: string): SyntheticEntry {
	return { path, type, size: 0, contentId: 0, mode: type === 'link' ? 0o644 : 0o777, owner: 0, target };
}

function marker(path: string): SyntheticEntry {
	return { path, type: 'file', size: 0, contentId: 0, mode: 0o644, owner: 0, target: '' };
}

function word(number: number): string {
	return words[number % words.length];
}

/** A positive 31-bit number that depends on both, evenly. */
function hashOf(one: number, other: number): number {
	let hash = Math.imul(one + 1, 0x9e3779b1) ^ Math.imul(other + 1, 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
	hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
	return (hash ^ (hash >>> 16)) & 0x7fffffff;
}
