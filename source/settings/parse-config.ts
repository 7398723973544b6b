import { type Document, isMap, isNode, isPair, LineCounter, parseDocument, type YAMLParseError } from 'yaml';
import type * as z from 'zod/mini';
import { FathomError } from '../errors.ts';
import { rules } from '../gate/rules.ts';
import { configSchema } from './config-schema.ts';
import type { PartialSettings } from './settings.ts';
import { suggest } from './suggest.ts';

type Path = readonly PropertyKey[];

interface ConfigDocument {
	readonly document: Document.Parsed;
	readonly lines: LineCounter;
	readonly label: string;
}

/** Reads the text of a fathom.yaml. Throws `settings` naming the file, the line, the key and what was expected. */
export function parseConfig(text: string, label: string): PartialSettings {
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
	const config: ConfigDocument = { document, lines, label };
	const [syntaxError] = document.errors;
	if (syntaxError) {
		throw settingsError(`${label}:${lineAt(config, syntaxError.pos[0])}: ${wordSyntaxError(syntaxError)}.`);
	}
	const result = configSchema.safeParse(document.toJS() ?? {});
	if (!result.success) throw describeIssue(config, result.error.issues[0]);
	const {
		base,
		rules: limits,
		image,
		'cache-size': cacheBytes,
		'cache-age': cacheSeconds,
		...rest
	} = result.data;
	return {
		...withoutUndefined({ ...rest, baseLayerCount: base, imageName: image, cacheBytes, cacheSeconds }),
		limits: withoutUndefined(limits ?? {}),
	};
}

function describeIssue(config: ConfigDocument, issue: z.core.$ZodIssue): FathomError {
	if (issue.code === 'unrecognized_keys') return describeUnknownKey(config, issue.path, issue.keys[0]);
	const node = config.document.getIn(issue.path, true);
	const position = isNode(node) && node.range ? node.range[0] : 0;
	const value = valueAt(config, issue.path) ?? null;
	const found = value === null ? 'nothing' : shorten(JSON.stringify(value));
	const key = issue.path.length > 0 ? ` ${issue.path.join('.')}:` : '';
	return settingsError(
		`${config.label}:${lineAt(config, position)}:${key} expected ${issue.message}, got ${found}.`,
	);
}

interface Refusal {
	readonly why: string;
	readonly instead: string;
}

const secret: Refusal = {
	why: 'who one is for a registry is never read from a file, which others may see',
	instead: 'FATHOM_USERNAME and FATHOM_PASSWORD, or --username with --password-stdin.',
};

/** A file of settings often belongs to a repository: whoever writes it has no say in secrets and in whom to trust. */
const notFromFiles: Readonly<Partial<Record<string, Refusal>>> = {
	username: secret,
	password: secret,
	'password-stdin': secret,
	insecure: {
		why: 'a file has no say in whether a registry may be one that nobody vouches for',
		instead: '--insecure, or FATHOM_INSECURE.',
	},
};

function describeUnknownKey(config: ConfigDocument, path: Path, key: string): FathomError {
	const refusal = path.length === 0 ? notFromFiles[key] : undefined;
	const where = `${config.label}:${lineAt(config, keyPosition(config, path, key))}`;
	if (refusal !== undefined) return settingsError(`${where}: ${key}: ${refusal.why}.`, refusal.instead);
	const known = path.length === 0 ? Object.keys(configSchema.shape) : rules.map((rule): string => rule.key);
	const suggestion = suggest(key, known);
	return settingsError(
		`${where}: ${[...path, key].join('.')}: no such setting.`,
		suggestion === null
			? `Settings ${path.length === 0 ? 'are' : `under ${path.join('.')} are`} ${known.join(', ')}.`
			: suggestion,
	);
}

function keyPosition({ document }: ConfigDocument, path: Path, key: string): number {
	const map = path.length === 0 ? document.contents : document.getIn(path, true);
	if (!isMap(map)) return 0;
	const pair = map.items.find((item) => isPair(item) && String(item.key) === key);
	return isNode(pair?.key) && pair.key.range ? pair.key.range[0] : 0;
}

function valueAt({ document }: ConfigDocument, path: Path): unknown {
	const node = document.getIn(path, true);
	return isNode(node) ? node.toJS(document) : node;
}

function lineAt({ lines }: ConfigDocument, position: number): number {
	return Math.max(1, lines.linePos(position).line);
}

function settingsError(message: string, hint?: string): FathomError {
	return new FathomError({ code: 'settings', message, ...(hint !== undefined && { hint }) });
}

function wordSyntaxError({ code, message }: YAMLParseError): string {
	if (code === 'MULTIPLE_DOCS') return 'expected one document, got several';
	return message.split('\n', 1)[0].replace(/[.:]$/, '');
}

function shorten(text: string): string {
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function withoutUndefined<Value extends object>(
	object: Value,
): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
	return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
		[Key in keyof Value]: Exclude<Value[Key], undefined>;
	};
}
