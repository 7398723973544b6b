import type { Repetition } from './command-flags.ts';
import type { CommandName } from './commands.ts';
import type { ValueType } from './value-types.ts';

/**
 * One setting. Its flag, its environment variable, its key in fathom.yaml, its property in `Settings`, its line in the help text
 * and its row in docs/settings.md follow from this: adding a setting means adding one of these to the table in setting-table.ts.
 */
export interface SettingDefinition {
	/** As in `--cache-size`, `FATHOM_CACHE_SIZE` and the key `cache-size` of fathom.yaml. */
	readonly name: string;
	/** The property in `Settings`. */
	readonly key: string;
	readonly type: ValueType<unknown>;
	/** The default, as a user would write it; null: the property is null unless a user sets it. */
	readonly default: string | null;
	/** null: only the environment and fathom.yaml give it. */
	readonly flag: SettingFlag | null;
	/** Why fathom.yaml must not give it; null: it may. The environment may give every setting. */
	readonly notInFile: FileExclusion | null;
	readonly docs: SettingDocs;
}

export interface SettingFlag {
	/** The one-letter form. */
	readonly short?: string;
	/** One line, for the help text. */
	readonly summary: string;
	/** The commands that take it. */
	readonly commands: readonly CommandName[];
	readonly repeats?: Repetition;
	/** Set on a switch that is on unless something else says so, which the flag turns off; one that is on by default need not say it. */
	readonly isOn?: true;
}

/** Markdown, for docs/settings.md. */
export interface SettingDocs {
	/** What applies when `default` is null. */
	readonly unset?: string;
	readonly meaning: string;
}

/** The two halves of an error message. */
export interface FileExclusion {
	readonly reason: string;
	/** What to use instead of the file. */
	readonly alternative: string;
}

export const credentialExclusion: FileExclusion = {
	reason: 'credentials are never read from a settings file, which others may see',
	alternative: 'FATHOM_USERNAME and FATHOM_PASSWORD, or --username with --password-stdin.',
};

export const trustExclusion: FileExclusion = {
	reason: 'trust settings are never read from a settings file, which may come from someone else',
	alternative: '--insecure, or FATHOM_INSECURE.',
};
