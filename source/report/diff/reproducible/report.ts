import type { Both } from '../../../diff/merge/merge-structure.ts';
import {
	areSameBuilds,
	type LayerDifference,
	type Reproducibility,
	type Side,
} from '../../../diff/reproducible/reproducibility.ts';
import { nameLayers } from '../../../image/image.ts';
import { escapeForTerminal } from '../../../text/escape.ts';
import { formatInstruction } from '../../../text/instruction.ts';
import { shorten } from '../../../text/shorten.ts';
import type { ByteSink } from '../../byte-stream.ts';
import type { ReportOptions } from '../../reporter.ts';
import { formatSections } from '../../text/report.ts';
import { whyNotReadable } from '../not-readable.ts';
import { compressionLines } from './compression-section.ts';
import { configLines, manifestLines } from './document-section.ts';
import { headlineOf } from './headline.ts';
import { tarLines } from './tar-section.ts';
import { shortDigest } from './values.ts';

/** Two images that should be one build, and whether they are. */
export interface ReproducibilityInput {
	/** As the user named them. */
	readonly references: Both<string>;
	readonly result: Reproducibility;
}

/** Writes for people whether two builds are the same, and what differs first on each level. Throws what the sink throws. */
export async function writeReproducibility(
	{ references, result }: ReproducibilityInput,
	sink: ByteSink,
	options: Pick<ReportOptions, 'isLog' | 'paint'>,
): Promise<void> {
	const title = references.map((reference) => escapeForTerminal(reference)).join(' -> ');
	const isSame = areSameBuilds(result);
	const sections = isSame ? [sameSection(result)] : differenceSections(result, options);
	await sink.write(Buffer.from(formatSections([[title, ...sections[0]], ...sections.slice(1)], options)));
}

function sameSection(result: Reproducibility): string[] {
	const { manifest, config, layerCounts, names } = result;
	const counted = `${layerCounts[0]} ${layerCounts[0] === 1 ? 'layer' : 'layers'}`;
	const proof =
		manifest.isSame === true
			? `manifest ${manifest.digests[0]}`
			: config.isSame === true
				? `config ${config.digests[0]} and ${counted}`
				: `the same config and ${counted}`;
	const areNamed = names.every((each) => each.length > 0);
	const [older, newer] = names.map((each) => each.join(', '));
	return [
		`The two builds are the same: ${proof}.`,
		...(areNamed && older !== newer
			? [
					`Only their names differ: ${escapeForTerminal(shorten(older))} -> ${escapeForTerminal(shorten(newer))}.`,
				]
			: []),
		...unpackedLines(result),
	];
}

function differenceSections(result: Reproducibility, { paint }: Pick<ReportOptions, 'paint'>): string[][] {
	const { manifest, config, layer } = result;
	const isExplained = config.isSame === false || layer !== null;
	const sections = [
		manifestLines(manifest, isExplained),
		configLines(config),
		layer === null ? [] : layerLines(layer, result),
		unpackedLines(result),
	];
	const painted = sections.map(([heading, ...lines]) =>
		heading === undefined ? [] : [paint('heading', heading), ...lines],
	);
	return [[paint('bad', headlineOf(result))], ...painted];
}

function layerLines(layer: LayerDifference, { layerCounts, otherLayers }: Reproducibility): string[] {
	const { index, instructions, diffIds, digests, difference } = layer;
	const [oldCount, newCount] = layerCounts;
	const count = oldCount === newCount ? `of ${oldCount}` : `(OLD has ${oldCount}, NEW has ${newCount})`;
	const isTar = difference.kind === 'tar';
	const [older, newer] = isTar ? diffIds : digests;
	const ids =
		older === null || newer === null || older === newer
			? ''
			: `: ${isTar ? 'diff ID ' : ''}${shortDigest(older)} -> ${shortDigest(newer)}`;
	return [
		`Layer ${index + 1} ${count}${ids}`,
		...instructionLines(instructions, difference).map((line) => `  ${line}`),
		...innerLines(layer).map((line) => `  ${line}`),
		...(otherLayers.length === 0
			? []
			: [`${capital(nameLayers(otherLayers))} ${otherLayers.length === 1 ? 'differs' : 'differ'} too.`]),
	];
}

function innerLines({ difference }: LayerDifference): readonly string[] {
	switch (difference.kind) {
		case 'tar':
			return tarLines(difference.comparison);
		case 'compression':
			return compressionLines(difference.compression);
		case 'only':
			return [
				`${nameOf(difference.side)} alone has it.`,
				'try: Build both from the same Dockerfile, with the same base image by digest.',
			];
		case 'not-readable':
			return [`Its content was not compared: ${whyNotReadable(difference)}.`];
		case 'absent':
			return [`Its content was not compared: ${nameOf(difference.side)} has it elsewhere by design.`];
	}
}

function instructionLines(
	[older, newer]: Both<string | null>,
	difference: LayerDifference['difference'],
): readonly string[] {
	const shown = [older, newer].map((each) => (each === null ? 'not recorded' : formatInstruction(each)));
	if (difference.kind === 'only') return [shown[difference.side === 'old' ? 0 : 1]];
	if (older === newer) return older === null ? [] : [shown[0]];
	return [`instruction: ${shown.join(' -> ')}`];
}

function unpackedLines({ unpacked }: Reproducibility): string[] {
	return (['old', 'new'] as const).flatMap((side) => {
		const layers = unpacked.filter((each) => each.side === side).map(({ layerIndex }) => layerIndex);
		if (layers.length === 0) return [];
		return [
			`The compression of ${nameLayers(layers)} was not compared: ${nameOf(side)} has ${layers.length === 1 ? 'it' : 'them'} uncompressed, whatever the builder wrote.`,
		];
	});
}

function nameOf(side: Side): string {
	return side === 'old' ? 'OLD' : 'NEW';
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
