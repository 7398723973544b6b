import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { FathomError, messageOf } from '../errors.ts';
import type { PartialSettings } from './settings.ts';

/** The file in the current folder that is read if it exists. */
export const CONFIG_FILE_NAME = 'fathom.yaml';

export interface ConfigFileLocation {
	/** The file that `--config` or FATHOM_CONFIG names; undefined: fathom.yaml in the folder, if it exists. */
	readonly named: string | undefined;
	readonly folder: string;
}

/** Reads the configuration file. Throws `settings` if it cannot be read, is invalid, or is named and does not exist. */
export async function readConfigFile({ named, folder }: ConfigFileLocation): Promise<PartialSettings> {
	const path = named ?? join(folder, CONFIG_FILE_NAME);
	const label = named ?? CONFIG_FILE_NAME;
	const text = await readText(path, { label, isOptional: named === undefined });
	if (text === null) return { limits: {} };
	// Most runs have no file, and loading a YAML parser takes time.
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
		return await textOf(openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)));
	} catch (cause) {
		const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
		if (isMissing && isOptional) return null;
		throw new FathomError({
			code: 'settings',
			message: isMissing ? `${label}: no such file.` : `${label}: cannot be read: ${wordReadError(cause)}.`,
			hint: isOptional
				? 'Make it a readable file, or name another one with --config.'
				: 'Check the path that --config or FATHOM_CONFIG gives.',
			cause,
		});
	}
}

/** Pipes and terminals are waited for, not read with a thread that blocks until something comes: the process could not end before it does. */
async function textOf(fd: number): Promise<string> {
	const { isatty, ReadStream } = await import('node:tty');
	if (isatty(fd)) return text(new ReadStream(fd));
	if (fstatSync(fd).isFIFO()) {
		const { Socket } = await import('node:net');
		return text(new Socket({ fd, readable: true, writable: false }));
	}
	try {
		return readFileSync(fd, 'utf8');
	} finally {
		closeSync(fd);
	}
}
