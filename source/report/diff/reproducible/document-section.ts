import type {
	ConfigFieldChange,
	DocumentComparison,
	ManifestChange,
} from '../../../diff/reproducible/compare-documents.ts';
import { nameLayers } from '../../../image/image.ts';
import { formatCount } from '../../../text/bytes.ts';
import { escapeForTerminal } from '../../../text/escape.ts';
import { shorten } from '../../../text/shorten.ts';
import { formatDocumentText, shortDigest } from './values.ts';

/** How many changes are listed of each document. */
const MOST_LISTED = 20;

const dates = 'Set SOURCE_DATE_EPOCH: BuildKit takes the dates of the config and of the history from it.';

/** What differs between the manifests; empty where they are equal or none is known. `isExplained`: the config or a layer differs. */
export function manifestLines(
	manifest: DocumentComparison<ManifestChange>,
	isExplained: boolean,
): readonly string[] {
	const lines = manifest.changes.map(manifestLine);
	const advice = [...new Set(manifest.changes.map(manifestAdvice))];
	const nothing = isExplained
		? 'Only digests in it differ, which follow from the config and the layers.'
		: 'Its JSON is written in another way, or a field differs that fathom does not compare.';
	return documentLines('Manifest', manifest, { lines, advice, nothing });
}

/** What differs between the configs; empty where they are equal. */
export function configLines(config: DocumentComparison<ConfigFieldChange>): readonly string[] {
	const histories = new Map<string, (ConfigFieldChange & { kind: 'history' })[]>();
	const lines: string[] = [];
	for (const change of config.changes) {
		if (change.kind !== 'history') lines.push(configLine(change));
		else histories.set(change.field, [...(histories.get(change.field) ?? []), change]);
	}
	for (const changes of histories.values()) lines.push(historyLine(changes));
	const advice = [...new Set(config.changes.map(configAdvice))].filter((each) => each !== null);
	const nothing = 'Its JSON is written in another way, or a field differs that fathom does not compare.';
	return documentLines('Config', config, { lines, advice, nothing });
}

interface DocumentWords {
	readonly lines: readonly string[];
	readonly advice: readonly string[];
	/** Where the digests differ and no change is known. */
	readonly nothing: string;
}

function documentLines(
	name: string,
	{ digests, isSame, changes }: DocumentComparison<unknown>,
	{ lines, advice, nothing }: DocumentWords,
): readonly string[] {
	if (isSame === true) return [];
	if (isSame === null && changes.length === 0) {
		const missing = digests[0] === null ? 'OLD' : 'NEW';
		return digests.every((digest) => digest === null) ? [] : [`${name}: not compared, ${missing} has none`];
	}
	const listed = lines.slice(0, MOST_LISTED);
	const more = lines.length - listed.length;
	return [
		`${name}: ${isSame === null ? 'differs' : digests.map((digest) => shortDigest(digest ?? '')).join(' -> ')}`,
		...(lines.length === 0 ? [`  ${nothing}`] : listed.map((line) => `  ${line}`)),
		...(more > 0 ? [`  and ${formatCount(more)} more`] : []),
		...advice.map((each) => `  try: ${each}`),
	];
}

function manifestLine(change: ManifestChange): string {
	switch (change.kind) {
		case 'annotation':
			return `annotation ${escapeForTerminal(shorten(change.name))}: ${change.values.map(formatDocumentText).join(' -> ')}`;
		case 'media-type':
			return `media type of layer ${change.layerIndex + 1}: ${change.values.map((type) => escapeForTerminal(shorten(type ?? 'none'))).join(' -> ')}`;
		case 'layer-count':
			return `layers: ${change.values.join(' -> ')}`;
	}
}

function manifestAdvice(change: ManifestChange): string {
	switch (change.kind) {
		case 'annotation':
			return 'Give both builds the same annotations, without dates and build numbers.';
		case 'media-type':
			return 'Build both with the same media types and compression, such as --output type=image,oci-mediatypes=true,compression=gzip.';
		case 'layer-count':
			return 'Build both from the same Dockerfile, with the same base image by digest.';
	}
}

function configLine(change: Exclude<ConfigFieldChange, { kind: 'history' }>): string {
	switch (change.kind) {
		case 'field': {
			const name = change.name === null ? '' : ` ${escapeForTerminal(shorten(change.name))}`;
			return `${change.field}${name}: ${[change.oldValue, change.newValue].map(formatConfigValue).join(' -> ')}`;
		}
		case 'history-length':
			return `history: ${change.values.join(' -> ')} steps`;
		case 'diff-ids':
			return `diff IDs of ${nameLayers(change.layers)}`;
	}
}

function formatConfigValue(value: string | readonly string[] | null): string {
	if (value === null || typeof value === 'string') return formatDocumentText(value);
	return escapeForTerminal(shorten(JSON.stringify(value)));
}

/** The first step that differs, and how many more do. */
function historyLine(changes: readonly (ConfigFieldChange & { kind: 'history' })[]): string {
	const [{ step, field, values }] = changes;
	const more = changes.length - 1;
	const others = more === 0 ? '' : `, and of ${formatCount(more)} more ${more === 1 ? 'step' : 'steps'}`;
	return `history: ${field} of step ${step + 1}: ${values.map(formatDocumentText).join(' -> ')}${others}`;
}

function configAdvice(change: ConfigFieldChange): string | null {
	switch (change.kind) {
		case 'field':
			return change.field === 'created'
				? dates
				: 'Give both builds the same arguments, labels and base image by digest.';
		case 'history':
			return change.field === 'created'
				? dates
				: 'Build both from the same Dockerfile with the same builder.';
		case 'history-length':
			return 'Build both from the same Dockerfile, with the same base image by digest.';
		case 'diff-ids':
			return null;
	}
}
