import { explanationOf, explanations } from '../../analysis/findings/explanations/explanations.ts';
import type { AcceptedFindings } from '../../analysis/findings/image-findings.ts';
import { shorten } from '../../text/shorten.ts';
import { suggest } from '../command-line/suggest.ts';
import { type ConfigDocument, type ConfigPath, settingsError } from '../config-document.ts';
import { isMap } from '../config-map.ts';
import { type Section, unexpected } from '../config-section.ts';
import { readGlobs, readReason } from './parse-rules.ts';

/** The key of the list of what is accepted. */
export const ACCEPT = 'accept';

const acceptKeys: readonly string[] = ['code', 'paths', 'reason'];
const MOST_ENTRIES = 500;

/** Reads what findings the user lives with. Throws `settings` with the file and the line; `rejectUnknownKey` does for a key of an entry. */
export function readAccepted(
	{ document, path, values }: Section,
	rejectUnknownKey: (section: Section) => void,
): readonly AcceptedFindings[] {
	const value = values[ACCEPT];
	if (value === undefined || value === null) return [];
	const listPath = [...path, ACCEPT];
	const expected = 'a list of findings, each with a code and a reason';
	if (!Array.isArray(value)) throw unexpected(document, { path: listPath, value, expected });
	if (value.length > MOST_ENTRIES)
		throw settingsError(
			`${document.label}:${document.lineOfValue(listPath)}: ${listPath.join('.')}: there are more than ${MOST_ENTRIES} entries.`,
		);
	return value.map((entry: unknown, index) => {
		const entryPath = [...listPath, String(index)];
		if (!isMap(entry))
			throw unexpected(document, {
				path: entryPath,
				value: entry,
				expected: 'a map with a code and a reason',
			});
		const section = { document, path: entryPath, known: acceptKeys, values: entry };
		rejectUnknownKey(section);
		return readEntry(section);
	});
}

function readEntry({ document, path, values }: Section): AcceptedFindings {
	const code = codeOf(document, path, values.code);
	const paths = readGlobs(document, [...path, 'paths'], values.paths) ?? null;
	if (paths?.length === 0)
		throw unexpected(document, {
			path: [...path, 'paths'],
			value: [],
			expected: 'globs such as usr/share/doc',
		});
	const reason = readReason(document, [...path, 'reason'], values.reason);
	if (reason === undefined)
		throw settingsError(
			`${whereOf(document, path)} it has no reason.`,
			`Say why ${code} is accepted: "reason: ...".`,
		);
	return { code, paths, reason, line: document.lineOfValue(path) };
}

function codeOf(document: ConfigDocument, path: ConfigPath, value: unknown): AcceptedFindings['code'] {
	if (value === undefined)
		throw settingsError(`${whereOf(document, path)} it has no code.`, 'fathom explain lists the codes.');
	const found = typeof value === 'string' ? explanationOf(value) : undefined;
	if (found !== undefined) return found.code;
	const codes = explanations.map(({ code }) => code);
	const meant = typeof value === 'string' ? suggest(value, codes) : null;
	throw settingsError(
		`${whereOf(document, [...path, 'code'])} ${shorten(JSON.stringify(value))} is not the code of a finding.`,
		meant ?? 'fathom explain lists the codes.',
	);
}

function whereOf(document: ConfigDocument, path: ConfigPath): string {
	return `${document.label}:${document.lineOfValue(path)}: ${path.join('.')}:`;
}
