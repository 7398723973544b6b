import type { Base } from '../../analysis/figures.ts';
import { absentLayers, nameLayers, nameOfImage } from '../../image/image.ts';
import { formatPlatform } from '../../image/platform.ts';
import { formatBytes, formatCount, formatPercent } from '../../text/bytes.ts';
import { escapeForTerminal } from '../../text/escape.ts';
import { shorten } from '../../text/shorten.ts';
import { formatTable, type TableLayout } from '../../text/table.ts';
import type { ReportInput } from '../reporter.ts';

/** The image in one line: its first name, the name that the user gave and the place where it was found. */
export function imageTitle(
	{ image }: Pick<ReportInput, 'image'>,
	{ paint }: Pick<TableLayout, 'paint'>,
): string {
	const { reference, foundIn, description } = image;
	const name = nameOfImage(image);
	const origins = [...(name === reference ? [] : [reference]), ...(foundIn === null ? [] : [foundIn])];
	const absent = absentLayers(description);
	const heading = [
		paint('heading', escapeForTerminal(name)),
		...(origins.length === 0 ? [] : [paint('faint', `(${escapeForTerminal(origins.join(', '))})`)]),
		...(absent.length === 0 ? [] : [paint('warning', `without ${nameLayers(absent)}`)]),
	];
	return heading.join(' ');
}

/** The identity of the image: its first name, where it was read from, its platform, its age and its digests. */
export function imageSection({ image }: ReportInput, layout: TableLayout): string[] {
	const { names, platform, created, manifestDigest, configDigest } = image.description;
	const kind = sourceName(image.sourceKind);
	const facts: readonly (readonly [string, string | null])[] = [
		['read from', image.foundIn === null ? `${image.reference} (${kind})` : image.reference],
		['found in', image.foundIn],
		['names', names.length > 1 ? names.join(', ') : null],
		['platform', platform === null ? null : formatPlatform(platform)],
		['created', created],
		['manifest', manifestDigest],
		['config', configDigest],
	];
	const rows = facts.flatMap(([label, value]) => (value === null ? [] : [[label, escapeForTerminal(value)]]));
	return [
		layout.paint('heading', escapeForTerminal(nameOfImage(image))),
		...formatTable([{}, { cut: 'middle' }], rows, layout),
	];
}

/** The kind of a source in words. */
export function sourceName(kind: string): string {
	return sourceNames[kind] ?? kind;
}

const sourceNames: Readonly<Record<string, string>> = {
	'docker-archive': 'docker archive',
	'oci-archive': 'OCI archive',
	'oci-layout': 'OCI layout',
	'container-snapshot': 'container snapshot',
	layer: 'single layer',
	container: 'container over its image',
	report: 'saved report',
};

/** The totals and the figures that follow from them, with dive's score beside ours. */
export function figureSection(
	{ image, figures, answers: { dive } }: ReportInput<'dive'>,
	layout: TableLayout,
): string[] {
	const { base, baseLayers, addedLayers, finalFileSystem: final } = figures;
	const entries = final.files + final.hardLinks + final.symlinks + final.directories + final.special;
	const rows = [
		['stored', formatBytes(figures.storedBytes), 'the layers as stored'],
		['unpacked', formatBytes(figures.unpackedBytes), 'the layers as uncompressed tars'],
		['total', formatBytes(figures.totalBytes), 'the content of all files in all layers'],
		[
			'live',
			formatBytes(figures.liveBytes),
			`visible in the final file system, in ${formatCount(entries)} entries`,
		],
		['wasted', formatBytes(figures.wastedBytes), 'shipped but not visible in the final file system'],
		['efficiency', formatPercent(figures.efficiency), 'live divided by total'],
		...(base.layerCount === 0
			? []
			: [
					[
						'base waste',
						formatBytes(baseLayers.wastedBytes),
						`wasted by the base itself, of the ${formatBytes(baseLayers.layerBytes)} that it ships`,
					],
				]),
		[
			'added waste',
			formatPercent(addedLayers.wastedRatio),
			`of the ${formatBytes(addedLayers.layerBytes)} above the base (${escapeForTerminal(describeBase(base))})`,
		],
		[
			"dive's score",
			formatPercent(dive.efficiency),
			`dive counts ${formatBytes(dive.wastedBytes)} wasted${
				dive.userWastedRatio === null ? '' : ` and ${formatPercent(dive.userWastedRatio)} user-wasted`
			}`,
		],
	];
	const absent = absentLayers(image.description);
	const without = absent.length === 0 ? '' : ` ${layout.paint('warning', `without ${nameLayers(absent)}`)}`;
	return [
		`${layout.paint('heading', 'Figures')}${without}`,
		...formatTable([{}, { align: 'right' }, { cut: 'end' }], rows, layout),
	];
}

/** `the first 3 layers, which are debian:12`; not yet escaped for a terminal. */
export function describeBase({ layerCount, origin, image, images = [] }: Base): string {
	if (layerCount === 0) return origin === 'named' ? 'none, as configured' : 'none';
	const layers = layerCount === 1 ? 'the first layer' : `the first ${layerCount} layers`;
	const below = images.filter((each) => each.layerCount < layerCount).map((each) => shorten(each.image));
	const built = below.length === 0 ? '' : `, built on ${below.join(', on ')}`;
	if (image !== undefined)
		return `${layers}, ${layerCount === 1 ? 'which is' : 'which are'} ${shorten(image)}${built}`;
	return `${origin === 'named' ? `${layers}, as configured` : layers}${built}`;
}
