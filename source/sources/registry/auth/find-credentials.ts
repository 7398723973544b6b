import { messageOf } from '../../../errors.ts';
import type { ImageReference } from '../../../image/reference.ts';
import type { Host } from '../../host.ts';
import type { Access, ReadNote } from '../../image-source.ts';
import { throwIfInterrupted } from '../../time-slice.ts';
import { type CredentialFile, credentialFiles, lookUp, readCredentialFile } from './credential-file.ts';
import { askHelper } from './credential-helper.ts';
import { type Credentials, credentialsOf } from './credentials.ts';

export interface CredentialSearch {
	readonly reference: ImageReference;
	readonly access: Access;
	readonly host: Host;
	readonly signal: AbortSignal | undefined;
	readonly onNote?: ((note: ReadNote) => void) | undefined;
}

export interface FoundCredentials {
	readonly credentials: Credentials | null;
	/** Helpers that failed and files that cannot be read: shown in a hint only, because the image may be public. */
	readonly problems: readonly string[];
}

/** The credentials for a registry: those given to this run, or else those in the first file that has some for it. */
export async function findCredentials(search: CredentialSearch): Promise<FoundCredentials> {
	const { access, host, reference, signal, onNote } = search;
	if (access.username !== null || access.password !== null) {
		return { credentials: credentialsOf(access.username ?? '', access.password ?? ''), problems: [] };
	}
	const problems: string[] = [];
	for (const path of credentialFiles(host)) {
		const file = readFile(path, problems);
		if (file === null) continue;
		const { helper, helperKey, credentials } = lookUp(file, reference);
		if (helper !== null) {
			try {
				const known = await askHelper({ helper, registry: helperKey, host, signal, onNote });
				if (known) return { credentials: known, problems };
			} catch (error) {
				throwIfInterrupted(signal);
				problems.push(messageOf(error));
			}
		}
		if (credentials) return { credentials, problems };
	}
	return { credentials: null, problems };
}

/** Null where the file is absent, or cannot be read: other files may have the credentials. */
function readFile(path: string, problems: string[]): CredentialFile | null {
	try {
		return readCredentialFile(path);
	} catch (error) {
		problems.push(`${path} ${messageOf(error)}`);
		return null;
	}
}
