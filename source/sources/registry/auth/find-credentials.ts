import { messageOf } from '../../../errors.ts';
import type { ImageReference } from '../../../image/reference.ts';
import type { Host } from '../../host.ts';
import type { Access } from '../../image-source.ts';
import { credentialFiles, lookUp, readCredentialFile } from './credential-file.ts';
import { askHelper } from './credential-helper.ts';
import { type Credentials, credentialsOf } from './credentials.ts';

export interface CredentialSearch {
	readonly reference: ImageReference;
	readonly access: Access;
	readonly host: Host;
	readonly signal: AbortSignal | undefined;
}

export interface FoundCredentials {
	readonly credentials: Credentials | null;
	/** Why a credential helper failed: shown in a hint only, because the image may be public. */
	readonly helperError: string | null;
}

/** The credentials for a registry: those given to this run, or else those in the first file that has some for it. */
export async function findCredentials(search: CredentialSearch): Promise<FoundCredentials> {
	const { access, host, reference, signal } = search;
	if (access.username !== null || access.password !== null) {
		return { credentials: credentialsOf(access.username ?? '', access.password ?? ''), helperError: null };
	}
	let helperError: string | null = null;
	for (const path of credentialFiles(host)) {
		const file = readCredentialFile(path);
		if (file === null) continue;
		const { helper, helperKey, credentials } = lookUp(file, reference);
		if (helper !== null) {
			try {
				const known = await askHelper({ helper, registry: helperKey, host, signal });
				if (known) return { credentials: known, helperError };
			} catch (error) {
				helperError ??= messageOf(error);
			}
		}
		if (credentials) return { credentials, helperError };
	}
	return { credentials: null, helperError };
}
