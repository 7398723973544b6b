import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FathomError } from '../../../errors.ts';
import type { TlsFiles } from './endpoint.ts';

/** Reads `ca.pem`, `cert.pem` and `key.pem` in a folder, the names that the Docker CLI uses. Throws `settings` for a file that cannot be read. */
export function readTlsFiles(folder: string, verify: boolean): TlsFiles {
	return {
		ca: readOptional(join(folder, 'ca.pem')),
		cert: readOptional(join(folder, 'cert.pem')),
		key: readOptional(join(folder, 'key.pem')),
		verify,
	};
}

function readOptional(path: string): string | null {
	try {
		return readFileSync(path, 'utf8');
	} catch (cause) {
		const { code } = cause as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') return null;
		throw new FathomError({
			code: 'settings',
			message: `${path} cannot be read (${code}).`,
			hint: 'It is a TLS file for the engine: check DOCKER_CERT_PATH and the permissions of the file.',
			cause,
		});
	}
}
