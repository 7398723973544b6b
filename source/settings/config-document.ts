import { type Document, isMap, isNode, isPair, LineCounter, parseDocument, type YAMLParseError } from 'yaml';
import { FathomError, messageOf } from '../errors.ts';

/** The keys that lead to a value. */
export type ConfigPath = readonly string[];

/** A parsed configuration file, which knows where each of its values is. */
export interface ConfigDocument {
	/** What the user calls the file. */
	readonly label: string;
	/** The content as JavaScript values. */
	readonly content: unknown;
	/** The line, from 1, on which a value begins. */
	readonly lineOfValue: (path: ConfigPath) => number;
	/** The line, from 1, of a key of the map at this path. */
	readonly lineOfKey: (path: ConfigPath, key: string) => number;
}

/** Parses YAML. Throws `settings` with the file and the line if it is invalid. */
export function parseConfigDocument(text: string, label: string): ConfigDocument {
	const lines = new LineCounter();
	const lineAt = (position: number) => Math.max(1, lines.linePos(position).line);
	const document = parseYaml(text, { label, lines });
	const [error] = document.errors;
	if (error) throw settingsError(`${label}:${lineAt(error.pos[0])}: ${wordSyntaxError(error)}.`);
	return {
		label,
		content: orUnreadable(label, () => document.toJS()),
		lineOfValue: (path) => lineAt(startOf(document.getIn(path, true))),
		lineOfKey: (path, key) => lineAt(startOfKey(document, path, key)),
	};
}

export function settingsError(message: string, hint?: string): FathomError {
	return new FathomError({ code: 'settings', message, ...(hint !== undefined && { hint }) });
}

function parseYaml(
	text: string,
	{ label, lines }: { readonly label: string; readonly lines: LineCounter },
): Document.Parsed {
	return orUnreadable(label, () => parseDocument(text, { lineCounter: lines, prettyErrors: false }));
}

/** The parser throws on what it does not report as a syntax error: aliases without an anchor or in great number, deep nesting. */
function orUnreadable<T>(label: string, read: () => T): T {
	try {
		return read();
	} catch (cause) {
		throw new FathomError({ code: 'settings', message: `${label}: ${messageOf(cause)}.`, cause });
	}
}

function startOf(node: unknown): number {
	return isNode(node) && node.range ? node.range[0] : 0;
}

function startOfKey(document: Document.Parsed, path: ConfigPath, key: string): number {
	const map = path.length === 0 ? document.contents : document.getIn(path, true);
	if (!isMap(map)) return 0;
	return startOf(map.items.find((item) => isPair(item) && String(item.key) === key)?.key);
}

function wordSyntaxError({ code, message }: YAMLParseError): string {
	if (code === 'MULTIPLE_DOCS') return 'expected one document, got several';
	return message.split('\n', 1)[0].replace(/[.:]$/, '');
}
