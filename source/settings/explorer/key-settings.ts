export const presets = ['default', 'dive'] as const;
export type KeyPreset = (typeof presets)[number];

/** The explorer's keys as fathom.yaml has them. Which actions and keys there are, the explorer knows. */
export interface KeySettings {
	/** What the user calls the file. */
	readonly label: string;
	readonly preset: KeyPreset;
	readonly bindings: readonly NamedKeys[];
}

export interface NamedKeys {
	readonly action: string;
	/** As they are written; empty for none. */
	readonly keys: readonly string[];
	/** The line of the file, from 1. */
	readonly line: number;
}
