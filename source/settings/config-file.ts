import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FathomError, messageOf } from '../errors.ts';
import type { PartialSettings } from './settings.ts';

/** The file that is looked for in the current folder. */
export const CONFIG_FILE_NAME = 'fathom.yaml';

export interface ConfigFileLocation {
	/** What `--config` or FATHOM_CONFIG names; undefined: fathom.yaml in the folder, if it is there. */
	readonly named: string | undefined;
	readonly folder: string;
}

/** Reads the configuration file. Throws `settings` for one that is named and not there, and for one that cannot be understood. */
export async function readConfigFile({ named, folder }: ConfigFileLocation): Promise<PartialSettings> {
	const path = named ?? join(folder, CONFIG_FILE_NAME);
	const label = named ?? CONFIG_FILE_NAME;
	const text = await readText(path, { label, isOptional: named === undefined });
	if (text === null) return { limits: {} };
	// Most runs have no file: only those that do pay for loading a YAML parser and a validator.
	const { parseConfig } = await import('./parse-config.ts');
	return parseConfig(text, label);
}

function wordReadError(error: unknown): string {
	const code = error instanceof Error && 'code' in error ? error.code : null;
	if (code === 'EISDIR') return 'it is a folder';
	return code === 'EACCES' ? 'permission denied' : messageOf(error);
}

async function readText(
	path: string,
	{ label, isOptional }: { readonly label: string; readonly isOptional: boolean },
): Promise<string | null> {
	try {
		return await readFile(path, 'utf8');
	} catch (cause) {
		const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
		if (isMissing && isOptional) return null;
		throw new FathomError({
			code: 'settings',
			message: isMissing ? `${label}: no such file.` : `${label}: cannot be read: ${wordReadError(cause)}.`,
			hint: 'Name a file of settings with --config, or leave it out.',
			cause,
		});
	}
}
