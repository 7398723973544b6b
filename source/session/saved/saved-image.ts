import { analyse } from '../../analysis/analyse.ts';
import { baseNotices, type NamedBase } from '../../analysis/base.ts';
import type { Figures } from '../../analysis/figures.ts';
import type { KnownFindings } from '../../analysis/findings/known-findings.ts';
import { maskDescription } from '../../analysis/masking/mask-description.ts';
import type { UnknownFact } from '../../diff/unknown-facts.ts';
import type { StackedImage } from '../../filetree/stacked-image.ts';
import { ImageStack } from '../../filetree/stacking/stack.ts';
import type { ImageDescription } from '../../image/image.ts';
import { runInSlices } from '../../sources/time-slice.ts';
import type { ComparedImage, SavedPackages } from '../pair/compared-image.ts';
import { checkPlaces } from './check-places.ts';
import { savedContentClasses } from './content-classes.ts';
import { linksOfLayer } from './known-links.ts';
import type { LayerRows } from './layer-rows.ts';
import { readReport } from './read-report.ts';
import type { ReportReading } from './report-reading.ts';
import type { SavedHead, SavedLayer } from './report-schema.ts';
import { SavedContents } from './saved-contents.ts';
import { SavedFiles } from './saved-files.ts';
import { knownOf } from './saved-findings.ts';
import type { SavedReport } from './saved-report.ts';

/** An image of which a saved report is left: its files and their metadata, its config and its figures, but no contents. */
export interface SavedImage extends ComparedImage {
	/** The image that the report is of, as it was named then. */
	readonly savedReference: string;
	readonly files: SavedFiles;
	/** Null where the report has none. */
	readonly findings: KnownFindings | null;
}

/** Reads a report, and stacks the layers that it describes. Throws `FathomError`, and what the source of the bytes throws. */
export async function openSavedImage(
	chunks: AsyncIterable<Uint8Array>,
	reading: ReportReading & { readonly base?: NamedBase | null },
): Promise<SavedImage> {
	const report = await readReport(chunks, reading);
	const { head, layers } = report;
	const { tree } = await stackRows(report, reading);
	// Reports of older versions have values that look secret.
	const description = await runInSlices(maskDescription(describe(head, layers)), reading.signal);
	const notices = baseNotices(reading.base, description);
	const named = notices.length > 0 ? null : (reading.base ?? null);
	const base: NamedBase = named ?? { kind: 'layers', count: head.base.layerCount };
	const worked = await runInSlices(analyse({ tree, description, base }), reading.signal);
	const figures = savedFigures(head, layers, worked);
	const { baseLayers, addedLayers } = worked;
	const { foundIn, reference } = head.image;
	return {
		savedReference: reference,
		image: {
			reference: reading.reference,
			sourceKind: 'report',
			foundIn,
			description,
			diffIdMatches: layers.map(({ diffIdMatches }) => diffIdMatches),
			warnings: head.warnings,
			notices,
		},
		tree,
		figures: named === null ? figures : { ...figures, base: worked.base, baseLayers, addedLayers },
		contents: new SavedContents(tree),
		files: new SavedFiles(reading.reference),
		unknown: unknownFacts(report),
		details: { packages: async () => savedPackages(report), warnings: async () => [] },
		findings: knownOf(report.findings, description.layers),
	};
}

async function stackRows(
	{ rows }: SavedReport,
	{ label, limits, signal }: ReportReading,
): Promise<StackedImage> {
	const starts = startsOf(rows);
	const stack = new ImageStack(starts[rows.length], undefined, limits);
	for (const [layerIndex, { changeset }] of rows.entries()) {
		const links = await runInSlices(linksOfLayer(rows, starts, { layerIndex, label }), signal);
		await runInSlices(stack.add(changeset, links), signal);
	}
	const stacked = await stack.finish(
		async ({ groups, draft }) => {
			if (groups.count === 0) return new Uint32Array(0);
			const { tree } = await draft();
			return runInSlices(savedContentClasses(groups, tree, rows), signal);
		},
		{ run: runInSlices, signal },
	);
	await runInSlices(checkPlaces(rows, stacked, label), signal);
	return stacked;
}

/** The number of each layer's first entry, and of the entry after the last. */
function startsOf(rows: readonly LayerRows[]): readonly number[] {
	const starts = [0];
	for (const { changeset } of rows) starts.push(starts[starts.length - 1] + changeset.count);
	return starts;
}

function describe({ image }: SavedHead, layers: readonly SavedLayer[]): ImageDescription {
	const { names, platform, manifestDigest, configDigest, created, author, annotations, history } = image;
	const { osVersion = null, osFeatures = [] } = image;
	const { healthcheck = null, shell = null, onBuild = [], ...config } = image.config;
	return {
		names,
		platform,
		osVersion,
		osFeatures,
		manifestDigest,
		configDigest,
		created,
		author,
		config: { ...config, healthcheck, shell, onBuild },
		annotations,
		layers: layers.map((layer, index) => {
			const { digest, diffId, mediaType, storedBytes, absent, createdBy, instruction, created, comment } =
				layer;
			return {
				index,
				digest,
				diffId,
				mediaType,
				storedBytes,
				absent,
				createdBy,
				instruction,
				created,
				comment,
			};
		}),
		history,
	};
}

/** The figures that the report states, with the wasted paths of the tree: an older report lacks rows that its figures count. */
function savedFigures(head: SavedHead, layers: readonly SavedLayer[], worked: Figures): Figures {
	const { totals, efficiency, base, addedLayers, waste, finalFileSystem } = head;
	const { image, ...place } = base;
	return {
		...totals,
		layers: layers.map(
			({ storedBytes, unpackedBytes, layerBytes, wastedBytes, changeCounts: changes }, index) => ({
				index,
				storedBytes,
				unpackedBytes,
				layerBytes,
				wastedBytes,
				changes,
			}),
		),
		efficiency,
		wasteByCause: waste.byCause,
		base: { ...place, ...(image !== undefined && { image }) },
		baseLayers: head.baseLayers ?? worked.baseLayers,
		addedLayers,
		wastedPaths: worked.wastedPaths,
		finalFileSystem,
	};
}

function savedPackages({ packages, head }: SavedReport): SavedPackages | null {
	return packages && { packages, unreadLayers: head.packagesNotReadInLayers ?? [] };
}

/** Older reports have no extended attributes, or have their digests and not the config's newer fields, so that none of them may mean either. */
function unknownFacts({ head, hasAttributes }: SavedReport): ReadonlySet<UnknownFact> {
	const { osVersion, osFeatures } = head.image;
	const { healthcheck, shell, onBuild } = head.image.config;
	const unknown = new Set<UnknownFact>();
	if (!hasAttributes && healthcheck === undefined) unknown.add('xattrs');
	if (healthcheck === undefined) unknown.add('healthcheck');
	if (shell === undefined) unknown.add('shell');
	if (onBuild === undefined) unknown.add('onBuild');
	if (osVersion === undefined) unknown.add('osVersion');
	if (osFeatures === undefined) unknown.add('osFeatures');
	return unknown;
}
