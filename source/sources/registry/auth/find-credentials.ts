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
	/** Why a helper could not be asked: for a hint, as the image may be for everybody. */
	readonly fault: string | null;
}

/** What to show to a registry: what was given to this run, else what the first file that knows the registry says. */
export async function findCredentials(search: CredentialSearch): Promise<FoundCredentials> {
	const { access, host, reference, signal } = search;
	if (access.username !== null || access.password !== null) {
		return { credentials: credentialsOf(access.username ?? '', access.password ?? ''), fault: null };
	}
	let fault: string | null = null;
	for (const path of credentialFiles(host)) {
		const file = readCredentialFile(path);
		if (file === null) continue;
		const { helper, helperKey, credentials } = lookUp(file, reference);
		if (helper !== null) {
			try {
				const known = await askHelper({ helper, registry: helperKey, host, signal });
				if (known) return { credentials: known, fault };
			} catch (error) {
				fault ??= messageOf(error);
			}
		}
		if (credentials) return { credentials, fault };
	}
	return { credentials: null, fault };
}
