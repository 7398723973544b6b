import type { Copies, CopyGroup } from '../../../../../analysis/copies/copies.ts';
import type { FileTree } from '../../../../../filetree/file-tree.ts';
import { nameLayers } from '../../../../../image/image.ts';
import { formatBytes, formatCount } from '../../../../../text/bytes.ts';
import { cellWidth, cutText } from '../../../../../text/width.ts';
import { padEnd, padStart } from '../../../cells.ts';
import { shownPath } from '../../../frame/names.ts';
import { knownValue } from '../../../image-details.ts';
import { type Line, type Span, span } from '../../../line.ts';
import type { OpenedImage } from '../../../opened-image.ts';
import { type DetailRow, field, paragraph } from '../../list/detail-rows.ts';
import { listView } from '../../list/list-view.ts';
import { type DetailPart, knownList } from '../../list/row-list.ts';
import { itemsOf, unknownText, unreadText } from '../known-detail.ts';
import { lastLayerOf } from '../last-layer.ts';
import { layerMark, layerRows, shortInstruction } from '../layer-words.ts';
import { imageVerdict } from '../verdict-line.ts';

const SAVES_WIDTH = 8;
const COPIES_WIDTH = 8;
const EACH_WIDTH = 9;
const LAYERS_WIDTH = 8;
/** More copies of a group than a row or a filter looks at: hostile groups have a million. */
const MOST_LOOKED_AT = 50;

/** What the final file system has more than once, the greatest saving first. */
export const copiesView = listView<OpenedImage, CopyGroup, 'copies' | 'copy'>({
	kind: 'image',
	title: 'Copies',
	panes: { list: 'copies', details: 'copy' },
	help: {
		title: 'Words of the copies',
		rows: [
			{
				sign: '/',
				style: 'plain',
				meaning: 'at the end of a path: whole folders that have the same in them',
			},
			{ sign: 'saves', style: 'faint', meaning: 'what would go if there were one copy' },
		],
	},
	tab: ({ details }) => ({ name: 'Copies', count: knownValue(details.copies)?.groups.length ?? null }),
	heading,
	items: ({ details }) => itemsOf(details.copies, ({ groups }) => groups),
	head: (_, width, sorted) => {
		const layers = width < ROOMY_WIDTH ? '' : `  ${padEnd('layers', LAYERS_WIDTH)}`;
		return [
			padStart(sorted('saves'), SAVES_WIDTH),
			padStart(sorted('copies'), COPIES_WIDTH),
			padStart(sorted('each'), EACH_WIDTH),
			`${layers}  path`,
		]
			.join('')
			.slice(1)
			.trimEnd();
	},
	facts: () => '',
	row: copyRow,
	nameOf: (group, { tree }) => pathText(group, group.nodes[0], tree),
	texts: (group, { tree }) => [
		...Array.from(group.nodes.subarray(0, MOST_LOOKED_AT), (node) => pathText(group, node, tree)),
		group.type,
	],
	orders: [
		{ column: 'saves', description: 'by what is saved', amountOf: null },
		{ column: 'copies', description: 'by number of copies', amountOf: ({ nodes }) => nodes.length },
		{ column: 'each', description: 'by size of one copy', amountOf: ({ copyBytes }) => copyBytes },
	],
	details: copyDetails,
	detailFacts: ({ nodes }) => `${formatCount(nodes.length)} copies`,
	empty: (image) => {
		const fromBytes = knownValue(image.details.copies)?.fromBytes ?? 0;
		const size = fromBytes === 0 ? '' : ` of ${formatBytes(fromBytes)} or more`;
		return unknownText(image, 'copies') ?? `No file or folder${size} is there twice.`;
	},
	placeOf: ({ nodes }, { tree }) => ({ node: nodes[0], layer: lastLayerOf(tree, nodes[0]) }),
	exported: {
		name: 'copies',
		columns: [
			{ name: 'savedBytes', cellOf: ({ savedBytes }) => savedBytes },
			{ name: 'copies', cellOf: ({ nodes }) => nodes.length },
			{ name: 'copyBytes', cellOf: ({ copyBytes }) => copyBytes },
			{ name: 'type', cellOf: ({ type }) => type },
			{ name: 'files', cellOf: ({ files }) => files },
			{ name: 'layers', cellOf: (group, { tree }) => layersText(group, tree) },
			{ name: 'path', cellOf: (group, { tree }) => pathText(group, group.nodes[0], tree) },
		],
	},
	command: ['report', '--only', 'copies'],
	spoken: { needs: ['copies'], row: spokenCopies },
});

const ROOMY_WIDTH = 60;

function heading(image: OpenedImage, columns: number): Line {
	const copies = knownValue(image.details.copies);
	if (copies === null)
		return imageVerdict(image, { text: unknownText(image, 'copies') ?? '', facts: '' }, columns);
	const { savedBytes, fromBytes } = copies;
	const text =
		copies.groups.length === 0
			? 'Nothing is there twice'
			: `Same content at several paths: ${formatBytes(savedBytes)} to be saved`;
	const facts = [unknownCopies(copies), ...(fromBytes === 0 ? [] : [`from ${formatBytes(fromBytes)} on`])];
	return imageVerdict(image, { text, facts: facts.filter(Boolean).join(' · ') }, columns);
}

function unknownCopies({ unreadLayers, unknownFiles }: Copies): string {
	if (unreadLayers.length > 0) return unreadText(unreadLayers);
	if (unknownFiles === 0) return '';
	return unknownFiles === 1 ? '1 file is not known' : `${formatCount(unknownFiles)} files are not known`;
}

function pathText({ type }: CopyGroup, node: number, tree: FileTree): string {
	return `${shownPath(tree, node)}${type === 'folder' ? '/' : ''}`;
}

function layersText({ nodes }: CopyGroup, tree: FileTree): string {
	const layers = new Set(Array.from(nodes.subarray(0, MOST_LOOKED_AT), (node) => lastLayerOf(tree, node)));
	const shown = [...layers].sort((left, right) => left - right).map((layer) => String(layer + 1));
	return shown.join(', ') + (nodes.length > MOST_LOOKED_AT ? ', …' : '');
}

function copyRow(group: CopyGroup, { tree }: OpenedImage, width: number): readonly Span[] {
	const { type, files, nodes, copyBytes, savedBytes } = group;
	const folder = type === 'folder' ? `  folder, ${formatCount(files)} ${files === 1 ? 'file' : 'files'}` : '';
	const layers = `  ${padEnd(layersText(group, tree), LAYERS_WIDTH)}`;
	const others = SAVES_WIDTH + COPIES_WIDTH + EACH_WIDTH + (width < ROOMY_WIDTH ? 0 : LAYERS_WIDTH + 2) + 2;
	const room = Math.max(10, width - others - cellWidth(folder));
	const shownPathText = cutText(pathText(group, nodes[0], tree), room, 'middle');
	return [
		span(padStart(formatBytes(savedBytes), SAVES_WIDTH)),
		span(padStart(formatCount(nodes.length), COPIES_WIDTH)),
		span(padStart(formatBytes(copyBytes), EACH_WIDTH), 'faint'),
		...(width < ROOMY_WIDTH ? [] : [span(layers, 'faint')]),
		span(`  ${shownPathText}`, type === 'folder' ? 'directory' : 'plain'),
		span(folder, 'faint'),
	];
}

function spokenCopies(group: CopyGroup, { tree }: OpenedImage): string {
	const { type, files, nodes, copyBytes, savedBytes } = group;
	const what =
		type === 'folder' ? `folders of ${formatCount(files)} ${files === 1 ? 'file' : 'files'}` : 'files';
	const copies = `${formatCount(nodes.length)} equal ${what}, ${formatBytes(copyBytes)} each`;
	const layers = layersText(group, tree);
	const layerWord = layers.includes(',') ? 'layers' : 'layer';
	return `saves ${formatBytes(savedBytes)}: ${copies}, ${pathText(group, nodes[0], tree)}, in ${layerWord} ${layers}`;
}

/** Every copy with the layer that has it, and what made these layers. */
function copyDetails(group: CopyGroup, image: OpenedImage, width: number): readonly DetailPart[] {
	const { nodes, copyBytes, savedBytes, type, files } = group;
	const what =
		type === 'folder' ? `folders of ${formatCount(files)} ${files === 1 ? 'file' : 'files'}` : 'files';
	const unread = knownValue(image.details.copies)?.unreadLayers ?? [];
	const layers = layersOf(nodes, image.tree);
	return [
		...field('what', `${formatCount(nodes.length)} equal ${what}, ${formatBytes(copyBytes)} each`, { width }),
		...field('saves', `${formatBytes(savedBytes)} with one copy`, { width }),
		...(unread.length === 0
			? []
			: field('not known', `copies in ${nameLayers(unread)}: their contents were not read`, { width })),
		[],
		knownList(nodes.length, (index) => pathRows(group, nodes[index], { image, width })),
		knownList(layers.length, (index) => [[], ...layerRows(image, layers[index], width)]),
	];
}

function pathRows(
	group: CopyGroup,
	node: number,
	{ image, width }: { readonly image: OpenedImage; readonly width: number },
): readonly DetailRow[] {
	const layer = lastLayerOf(image.tree, node);
	return [
		...paragraph(pathText(group, node, image.tree), width),
		[span(`  ${layerMark(layer)}  `), span(shortInstruction(image, layer), 'faint')],
	];
}

/** The layers that have some nodes, each once, in the order of the nodes. */
function layersOf(nodes: Int32Array, tree: FileTree): readonly number[] {
	// A hostile group has a million nodes.
	const isKnown = new Uint8Array(tree.layerCount);
	const layers: number[] = [];
	for (let index = 0; index < nodes.length && layers.length < tree.layerCount; index++) {
		const layer = lastLayerOf(tree, nodes[index]);
		if (isKnown[layer] === 0) layers.push(layer);
		isKnown[layer] = 1;
	}
	return layers;
}
