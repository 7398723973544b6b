import { FathomError } from '../errors.ts';
import { shorten } from '../text/shorten.ts';
import { type PartialSettings, readSettings } from './settings.ts';

/** A place that gives settings as text, each under a name: the flags or the environment. */
export interface NamedValues {
	/** The text of a setting; undefined where this place does not give it. */
	readonly textOf: (name: string) => string | undefined;
	/** What the user calls it there, such as `--base`. */
	readonly label: (name: string) => string;
}

/** Reads every setting of one place. Throws `usage` for an invalid value, with the label and what was expected. */
export function readNamedValues({ textOf, label }: NamedValues): PartialSettings {
	return readSettings(({ name, type }) => {
		const text = textOf(name);
		if (text === undefined) return undefined;
		const parsed = type.parse(text);
		if (parsed.ok) return parsed.value;
		throw new FathomError({
			code: 'usage',
			message: `${label(name)}: expected ${parsed.expected}, got ${shorten(JSON.stringify(text))}.`,
		});
	});
}
