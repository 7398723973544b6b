import { FathomError } from '../errors.ts';
import { type Platform, parsePlatform } from '../image/platform.ts';
import { type SourceName, sourceNames } from '../sources/image-source.ts';
import { type AmountUnit, type Parsed, parseAge, parseDuration, parseLimit } from './limits.ts';

/** How the values of a setting are written. */
export interface ValueType<Value> {
	/** Represents the value in the help text, as in `--base N`; null for a switch, whose flag takes no value. */
	readonly placeholder: string | null;
	/** Reads the text of a flag or a variable. An empty text is never a value. */
	readonly parse: (text: string) => Parsed<Value>;
	/** The text of a value from fathom.yaml, for `parse`; empty if YAML holds another kind of value there. */
	readonly textOfYaml: (value: unknown) => string;
}

export const switchType: ValueType<boolean> = {
	placeholder: null,
	parse: parseSwitch,
	textOfYaml: (value) => (typeof value === 'boolean' ? String(value) : ''),
};

/** What the user says the base is. */
export type BaseSetting =
	/** How many of the lowest layers. */
	| { readonly kind: 'layers'; readonly count: number }
	| { readonly kind: 'image'; readonly reference: string };

export const baseType: ValueType<BaseSetting> = {
	placeholder: 'BASE',
	parse: parseBase,
	textOfYaml: textOfScalar,
};

/** A number; null for `off`. */
export const countLimitType: ValueType<number | null> = {
	placeholder: 'N',
	parse: parseCountLimit,
	textOfYaml: textOfScalar,
};

/** An image, or a file about one. */
export const referenceType: ValueType<string> = { ...nameType('an image or a file'), placeholder: 'OLD' };

export const platformType: ValueType<Platform> = {
	placeholder: 'OS/ARCH',
	parse: parsePlatformText,
	textOfYaml: textOfScalar,
};

export const sourceType: ValueType<SourceName> = {
	placeholder: 'NAME',
	parse: parseSourceName,
	textOfYaml: textOfScalar,
};

/** Seconds; null for `off`. */
export const ageType: ValueType<number | null> = {
	placeholder: 'AGE',
	parse: parseAge,
	textOfYaml: textOfScalar,
};

/** Seconds; null for `off`. */
export const durationType: ValueType<number | null> = {
	placeholder: 'TIME',
	parse: parseDuration,
	textOfYaml: textOfScalar,
};

/** Ratios or bytes; null for `off`. */
export const limitTypes: Readonly<Record<AmountUnit, ValueType<number | null>>> = {
	ratio: limitType('ratio', 'RATIO'),
	percent: limitType('percent', 'N%'),
	bytes: limitType('bytes', 'SIZE'),
};

/** One of a few words. */
export function choiceType<const Name extends string>(names: readonly Name[]): ValueType<Name> {
	const expected = `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
	return {
		placeholder: 'NAME',
		parse: (text) => {
			const value = names.find((name) => name === text.trim().toLowerCase());
			return value === undefined ? { ok: false, expected } : { ok: true, value };
		},
		textOfYaml: textOfScalar,
	};
}

/** Any text. In YAML it has to be a string: the number 1.10 is 1.1 by the time we see it. */
export function nameType(expected: string): ValueType<string> {
	return {
		placeholder: 'NAME',
		parse: (text) => (text === '' ? { ok: false, expected } : { ok: true, value: text }),
		textOfYaml: (value) => (typeof value === 'string' ? value : ''),
	};
}

function limitType(unit: AmountUnit, placeholder: string): ValueType<number | null> {
	return { placeholder, parse: (text) => parseLimit(unit, text), textOfYaml: textOfScalar };
}

/** A string or a number. YAML 1.1 reads `off` as false, so `false` means `off`. */
export function textOfScalar(value: unknown): string {
	if (value === false) return 'off';
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function parseSwitch(text: string): Parsed<boolean> {
	const word = text.trim().toLowerCase();
	if (['true', '1', 'yes', 'on'].includes(word)) return { ok: true, value: true };
	if (['false', '0', 'no', 'off'].includes(word)) return { ok: true, value: false };
	return { ok: false, expected: 'true or false' };
}

/** An image that is called by a number needs its source in front: `docker:2`. */
function parseBase(text: string): Parsed<BaseSetting> {
	const trimmed = text.trim();
	if (/^\d{1,5}$/.test(trimmed)) return { ok: true, value: { kind: 'layers', count: Number(trimmed) } };
	return trimmed === '' || /^[-+]?[\d.]+$/.test(trimmed) || trimmed === 'off'
		? { ok: false, expected: 'a number of layers such as 1, or an image such as debian:12' }
		: { ok: true, value: { kind: 'image', reference: trimmed } };
}

function parseCountLimit(text: string): Parsed<number | null> {
	const trimmed = text.trim();
	if (trimmed.toLowerCase() === 'off') return { ok: true, value: null };
	return /^\d{1,15}$/.test(trimmed)
		? { ok: true, value: Number(trimmed) }
		: { ok: false, expected: 'a number such as 6000000, or off' };
}

function parsePlatformText(text: string): Parsed<Platform> {
	try {
		return { ok: true, value: parsePlatform(text.trim()) };
	} catch (error) {
		if (!(error instanceof FathomError)) throw error;
		return { ok: false, expected: 'os/arch or os/arch/variant such as linux/arm64' };
	}
}

function parseSourceName(text: string): Parsed<SourceName> {
	const word = text.trim().toLowerCase();
	const value = sourceNames.find((name) => name === word);
	if (value !== undefined) return { ok: true, value };
	return { ok: false, expected: `${sourceNames.slice(0, -1).join(', ')} or ${sourceNames.at(-1)}` };
}
