import { secretTitle } from '../../../../../analysis/hidden/secret-title.ts';
import { nameLayers } from '../../../../../image/image.ts';
import { formatBytes, formatCount, formatExactBytes } from '../../../../../text/bytes.ts';
import { cellWidth, cutText } from '../../../../../text/width.ts';
import { padEnd, padStart } from '../../../cells.ts';
import { shownPath } from '../../../frame/names.ts';
import { knownValue } from '../../../image-details.ts';
import { type Line, type Span, span } from '../../../line.ts';
import type { OpenedImage } from '../../../opened-image.ts';
import { type DetailRow, field, paragraph } from '../../list/detail-rows.ts';
import { layerNumber } from '../../list/exported-cells.ts';
import { noItems } from '../../list/item-source.ts';
import { listView } from '../../list/list-view.ts';
import { unknownText, unreadText } from '../known-detail.ts';
import { layerMark, layerRows } from '../layer-words.ts';
import { imageVerdict } from '../verdict-line.ts';
import { type HiddenFile, HiddenFiles } from './hidden-file.ts';

const SIZE_WIDTH = 9;
const LAYER_WIDTH = 9;
/** Less of a path says nothing, so that its kind is cut first. */
const MINIMUM_PATH = 14;
/** Most kinds are no longer. */
const KIND_WIDTH = 8;
const SHOWN_LINES = 5;

/** Files that nobody sees in the end and anybody can pull out of a layer, and all that looks secret. */
export const deletedView = listView<OpenedImage, HiddenFile, 'deleted files' | 'deleted file'>({
	kind: 'image',
	title: 'Deleted but shipped',
	panes: { list: 'deleted files', details: 'deleted file' },
	help: {
		title: 'Signs of deleted files',
		rows: [
			{ sign: '!', style: 'bad', meaning: 'looks secret; what it holds is not shown here' },
			{ sign: 'visible', style: 'warning', meaning: 'not deleted: everybody sees it in the image' },
			{ sign: 'replaced', style: 'faint', meaning: 'the path has other content now' },
		],
	},
	tab: (image) => {
		const secrets = knownValue(image.details.secrets)?.files ?? [];
		return {
			name: 'Deleted',
			count: hiddenFiles(image)?.length ?? null,
			isAlarming: secrets.some(({ isLikelyExample }) => !isLikelyExample),
		};
	},
	heading,
	items: (image) => hiddenFiles(image) ?? noItems,
	head: (_, width, sorted) =>
		[
			padStart(sorted('bytes'), SIZE_WIDTH),
			padStart(sorted('shipped'), LAYER_WIDTH),
			padStart(sorted('gone in'), LAYER_WIDTH),
			`  ${padEnd(sorted('path'), Math.max(MINIMUM_PATH, pathRoom(width) - KIND_WIDTH))}  kind`,
		]
			.join('')
			.slice(1)
			.trimEnd(),
	facts: () => '',
	row: deletedRow,
	nameOf: ({ node }, { tree }) => shownPath(tree, node),
	texts: (file, { tree }) => [shownPath(tree, file.node), kindOf(file), shortKinds(file)[0]],
	orders: [
		{ column: 'bytes', description: 'by bytes', amountOf: null },
		{
			column: 'shipped',
			description: 'by the layer that ships it',
			amountOf: ({ layerIndex }) => layerIndex,
		},
		{
			column: 'gone in',
			description: 'by the layer that removes it',
			amountOf: (file) => file.removedBy ?? -1,
		},
		{ column: 'path', description: 'by path', amountOf: ({ node }) => -node },
	],
	details: deletedDetails,
	detailFacts: (file) => kindOf(file),
	empty: (image) => notKnown(image) ?? 'No file is shipped and gone in the end, and nothing looks secret.',
	placeOf: ({ node, layerIndex }) => ({ node, layer: layerIndex }),
	exported: {
		name: 'deleted',
		columns: [
			{ name: 'bytes', cellOf: ({ bytes }) => bytes },
			{ name: 'shippedIn', cellOf: ({ layerIndex }) => layerNumber(layerIndex) },
			{ name: 'removedIn', cellOf: ({ removedBy }) => layerNumber(removedBy) },
			{ name: 'state', cellOf: ({ cause }) => cause },
			{ name: 'kind', cellOf: kindOf },
			{ name: 'path', cellOf: ({ node }, { tree }) => shownPath(tree, node) },
		],
	},
	command: ['report', '--only', 'deleted,secrets'],
	spoken: { needs: ['deleted', 'secrets'], row: spokenDeleted },
});

/** By the deleted files: they are worked out of what looks secret. */
const known = new WeakMap<object, HiddenFiles>();

function hiddenFiles({ details, tree }: OpenedImage): HiddenFiles | null {
	const deleted = knownValue(details.deleted);
	const secrets = knownValue(details.secrets);
	if (deleted === null || secrets === null) return null;
	const files = known.get(deleted) ?? new HiddenFiles(deleted, secrets, tree);
	known.set(deleted, files);
	return files;
}

function notKnown(image: OpenedImage): string | null {
	return unknownText(image, 'deleted') ?? unknownText(image, 'secrets');
}

/** How many files look secret. Those of tests and examples are told only where there are no others: they open nothing. */
function secretsText(suspects: number, all: number): string {
	const count = suspects === 0 ? all : suspects;
	if (count === 0) return 'nothing looks secret';
	const text = `${formatCount(count)} ${count === 1 ? 'looks' : 'look'} secret`;
	return suspects === 0 ? `${text}, only in tests and examples` : text;
}

function heading(image: OpenedImage, columns: number): Line {
	const deleted = knownValue(image.details.deleted);
	const secrets = knownValue(image.details.secrets);
	if (deleted === null || secrets === null)
		return imageVerdict(image, { text: notKnown(image) ?? '', facts: '' }, columns);
	const visible = hiddenFiles(image)?.visibleCount ?? 0;
	const text = [
		deleted.length === 0
			? 'No file is gone and still shipped'
			: `${formatCount(deleted.length)} deleted, ${formatBytes(deleted.bytes)} still in the image`,
		...(visible === 0 ? [] : [`${formatCount(visible)} visible`]),
	].join('; ');
	const suspects = secrets.files.filter(({ isLikelyExample }) => !isLikelyExample).length;
	const facts = [unreadText(secrets.unreadLayers), secretsText(suspects, secrets.files.length)];
	return imageVerdict(
		image,
		{ text, facts: facts.filter(Boolean).join(' · '), factStyle: suspects === 0 ? 'faint' : 'bad' },
		columns,
	);
}

/** Of a path and a kind. */
function pathRoom(width: number): number {
	return width - SIZE_WIDTH - 2 * LAYER_WIDTH - 4;
}

function deletedRow(file: HiddenFile, { tree }: OpenedImage, width: number): readonly Span[] {
	const { bytes, layerIndex, removedBy, secrets } = file;
	const path = shownPath(tree, file.node);
	const room = pathRoom(width);
	const kinds = shortKinds(file);
	const kind = kinds.find((words) => cellWidth(words) + MINIMUM_PATH <= room) ?? kinds[kinds.length - 1];
	// A kind that is short leaves its room to the path.
	const shownWidth = Math.max(MINIMUM_PATH, room - cellWidth(kind));
	const isSecret = secrets.length > 0 && !file.isLikelyExample;
	return [
		span(isSecret ? '!' : ' ', 'bad'),
		span(padStart(formatBytes(bytes), SIZE_WIDTH - 1)),
		span(padStart(layerMark(layerIndex), LAYER_WIDTH), 'faint'),
		span(padStart(removedBy === null ? '-' : layerMark(removedBy), LAYER_WIDTH), 'faint'),
		span(
			`  ${padEnd(cutText(path, shownWidth, 'middle'), shownWidth)}`,
			removedBy === null ? 'plain' : 'removed',
		),
		span(`  ${kind}`, isSecret ? 'bad' : 'faint'),
	];
}

function spokenDeleted(file: HiddenFile, { tree }: OpenedImage): string {
	const { bytes, layerIndex, removedBy, cause } = file;
	const looks = file.secrets.map(secretTitle).join(', ');
	const mark =
		looks === '' ? '' : `looks secret${file.isLikelyExample ? ', likely an example' : ''}, ${looks}: `;
	const end = cause === 'removed' ? 'removed' : 'replaced';
	const fate = removedBy === null ? 'visible in the image' : `${end} by layer ${removedBy + 1}`;
	return `${mark}${formatBytes(bytes)}, shipped by layer ${layerIndex + 1}, ${fate}: ${shownPath(tree, file.node)}`;
}

const causeWords: Readonly<Record<HiddenFile['cause'], string>> = {
	removed: '',
	content: 'replaced',
	visible: 'visible',
};

/** The same in few words, the most first. That it is visible is to be seen in another column as well. */
function shortKinds({ cause, secrets, isLikelyExample }: HiddenFile): readonly string[] {
	const titles = secrets.map((secret) => secretTitle(secret).replace(/^(?:an?|the) | \(.*\)$/g, ''));
	const example = titles.length > 0 && isLikelyExample ? ['example'] : [];
	const whole = [causeWords[cause], ...example, ...titles].filter(Boolean).join(', ');
	const [first = causeWords[cause]] = titles;
	return [whole, [...example, first].join(', '), first];
}

/** What became of it where it is not just gone, and what it looks like. */
function kindOf({ cause, secrets, isLikelyExample }: HiddenFile): string {
	const looks = secrets.map(secretTitle).join(', ');
	const words = [causeWords[cause], looks === '' || !isLikelyExample ? looks : `${looks} (example)`];
	return words.filter(Boolean).join(', ');
}

const causeTexts: Readonly<Record<HiddenFile['cause'], string>> = {
	removed: 'removed, and still in the layer that ships it',
	content: 'replaced by other content, and still in the layer that ships it',
	visible: 'visible in the final file system',
};

function deletedDetails(file: HiddenFile, image: OpenedImage, width: number): readonly DetailRow[] {
	const { node, bytes, cause, layerIndex, removedBy, secrets, isLikelyExample } = file;
	const unread = knownValue(image.details.secrets)?.unreadLayers ?? [];
	return [
		...paragraph(shownPath(image.tree, node), width, 'strong'),
		...field('bytes', formatExactBytes(bytes), { width }),
		...field('state', causeTexts[cause], { width, style: cause === 'visible' ? 'warning' : 'plain' }),
		...secrets.flatMap((secret) => field('looks like', secretText(secret), { width, style: 'bad' })),
		...(isLikelyExample
			? field('but', 'its path is that of a test, an example or documentation', { width })
			: []),
		...(secrets.length === 0
			? []
			: paragraph(
					'Everybody who has the image can read it: treat it as known, and change it. Its value is not shown here.',
					width,
				)),
		...(unread.length === 0
			? []
			: field('not known', `what looks secret in ${nameLayers(unread)}: not read`, { width })),
		[],
		[span('Shipped by', 'faint')],
		...layerRows(image, layerIndex, width),
		...(removedBy === null
			? []
			: [
					[],
					[span(cause === 'removed' ? 'Removed by' : 'Replaced by', 'faint')],
					...layerRows(image, removedBy, width),
				]),
	];
}

function secretText(secret: HiddenFile['secrets'][number]): string {
	const { lines } = secret;
	const title = secretTitle(secret);
	if (lines.length === 0) return title;
	const shown = lines.slice(0, SHOWN_LINES).join(', ');
	return `${title}, ${lines.length === 1 ? 'line' : 'lines'} ${shown}${lines.length > SHOWN_LINES ? ' and more' : ''}`;
}
