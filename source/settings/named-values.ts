import { FathomError } from '../errors.ts';
import { type RuleKey, rules } from '../gate/rules.ts';
import { type Platform, parsePlatform } from '../image/platform.ts';
import { type SourceName, sourceNames } from '../sources/image-source.ts';
import { type Parsed, parseAge, parseLimit } from './limits.ts';
import type { PartialSettings } from './settings.ts';

/** The name of a setting, as in `--base`, `FATHOM_BASE` and the key `base` of fathom.yaml. */
export type SettingName =
	| 'base'
	| 'platform'
	| 'image'
	| 'verify'
	| 'source'
	| 'username'
	| 'insecure'
	| 'namespace'
	| 'cache'
	| 'cache-size'
	| 'cache-age'
	| RuleKey;

/** A place where settings are given as text, each under a name: the flags and the environment. */
export interface NamedValues {
	/** The text of a setting; undefined where this place does not give it. */
	readonly textOf: (name: SettingName) => string | undefined;
	/** What the user calls it there, such as `--base`. */
	readonly label: (name: SettingName) => string;
}

/** Reads every setting of one place. Throws `usage` for a value that is none, naming it and what was expected. */
export function readNamedValues(place: NamedValues): PartialSettings {
	const read = <Value>(name: SettingName, parse: (text: string) => Parsed<Value>): Value | undefined =>
		readValue(place, name, parse);
	const base = read('base', parseLayerCount);
	const platform = read('platform', parsePlatformText);
	const imageName = place.textOf('image');
	const verify = read('verify', parseSwitch);
	const source = read('source', parseSourceName);
	const username = place.textOf('username');
	const insecure = read('insecure', parseSwitch);
	const namespace = place.textOf('namespace');
	const cache = read('cache', parseSwitch);
	const cacheBytes = read('cache-size', (text) => parseLimit('bytes', text));
	const cacheSeconds = read('cache-age', parseAge);
	const limits = rules.map(({ key, unit }) => [key, read(key, (text) => parseLimit(unit, text))] as const);
	return {
		...(base !== undefined && { baseLayerCount: base }),
		...(platform !== undefined && { platform }),
		...(imageName !== undefined && { imageName }),
		...(verify !== undefined && { verify }),
		...(source !== undefined && { source }),
		...(username !== undefined && { username }),
		...(insecure !== undefined && { insecure }),
		...(namespace !== undefined && { namespace }),
		...(cache !== undefined && { cache }),
		...(cacheBytes !== undefined && { cacheBytes }),
		...(cacheSeconds !== undefined && { cacheSeconds }),
		limits: Object.fromEntries(limits.filter(([, limit]) => limit !== undefined)),
	};
}

/** Reads the number of base layers. */
export function parseLayerCount(text: string): Parsed<number> {
	return /^\d{1,5}$/.test(text.trim())
		? { ok: true, value: Number(text) }
		: { ok: false, expected: 'a number of layers such as 1' };
}

/** Reads `os/arch[/variant]`. */
export function parsePlatformText(text: string): Parsed<Platform> {
	try {
		return { ok: true, value: parsePlatform(text.trim()) };
	} catch (error) {
		if (!(error instanceof FathomError)) throw error;
		return { ok: false, expected: 'os/arch or os/arch/variant such as linux/arm64' };
	}
}

/** Reads the name of a source. */
export function parseSourceName(text: string): Parsed<SourceName> {
	const word = text.trim().toLowerCase();
	const value = sourceNames.find((name) => name === word);
	if (value !== undefined) return { ok: true, value };
	return { ok: false, expected: `${sourceNames.slice(0, -1).join(', ')} or ${sourceNames.at(-1)}` };
}

function parseSwitch(text: string): Parsed<boolean> {
	const word = text.trim().toLowerCase();
	if (['true', '1', 'yes', 'on'].includes(word)) return { ok: true, value: true };
	if (['false', '0', 'no', 'off'].includes(word)) return { ok: true, value: false };
	return { ok: false, expected: 'true or false' };
}

function readValue<Value>(
	place: NamedValues,
	name: SettingName,
	parse: (text: string) => Parsed<Value>,
): Value | undefined {
	const text = place.textOf(name);
	if (text === undefined) return undefined;
	const parsed = parse(text);
	if (parsed.ok) return parsed.value;
	throw new FathomError({
		code: 'usage',
		message: `${place.label(name)}: expected ${parsed.expected}, got ${JSON.stringify(text)}.`,
	});
}
