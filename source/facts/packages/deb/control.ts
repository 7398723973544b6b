import { FactError } from '../../fact-reader.ts';
import { boundedText } from '../field-limits.ts';
import type { PackageRecord } from '../package-facts.ts';
import type { Paragraph } from '../paragraphs.ts';
import { parseNames, parseRelations } from './relations.ts';

/** The fields of a binary package that are read (deb-control(5)). */
export const controlFields = [
	'package',
	'status',
	'version',
	'architecture',
	'multi-arch',
	'source',
	'depends',
	'pre-depends',
	'provides',
];

/** What a control paragraph says of its package, whose paths are in lists of these names. */
export function packageOf(
	paragraph: Paragraph,
	lists: (names: { readonly name: string; readonly architecture: string | null }) => readonly string[],
): PackageRecord {
	const name = field(paragraph, 'package');
	if (name === null) throw new FactError('the paragraph before it has no Package');
	const architecture = field(paragraph, 'architecture');
	return {
		type: 'deb',
		name,
		version: field(paragraph, 'version') ?? '',
		architecture,
		source: sourceOf(paragraph, name),
		dependsOn: parseRelations([...paragraph.all('pre-depends'), ...paragraph.all('depends')].join(',')),
		provides: parseNames(paragraph.get('provides') ?? ''),
		claim: { kind: 'listed', names: lists({ name, architecture }), folder: null },
	};
}

function field(paragraph: Paragraph, name: string): string | null {
	return boundedText(paragraph.get(name) ?? '', name) || null;
}

/** `Source: name (version)`, and the field is not there if it has the package's own name. */
function sourceOf(paragraph: Paragraph, name: string): string | null {
	const source = field(paragraph, 'source')?.split(/[\s(]/, 1)[0];
	return source && source !== name ? source : null;
}
