import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { FathomError } from '../../../errors.ts';
import type { Host } from '../../host.ts';
import { readRegularFile } from '../../regular-file.ts';

/** Trusted authorities and the client certificate for TLS connections to a host. */
export interface Trust {
	readonly secureContext: SecureContext;
	/** Whether an untrusted certificate ends the connection. */
	readonly rejectUnauthorized: boolean;
}

export interface TrustInput {
	/** `HOST[:PORT]` as in a reference. */
	readonly registry: string;
	readonly host: Host;
	readonly insecure: boolean;
	/** Whether to trust the authorities of the system too; loading them takes 60 ms. */
	readonly withSystem: boolean;
}

/**
 * The trust for a registry: the authorities of SSL_CERT_FILE, or else those of Node and optionally of the system; and the files that
 * Docker and Podman read from `certs.d/HOST[:PORT]`: `*.crt` are authorities, `NAME.cert` with `NAME.key` is a client certificate.
 * Throws `unreadable` for an SSL_CERT_FILE that cannot be read.
 */
export function trustFor({ registry, host, insecure, withSystem }: TrustInput): Trust {
	const folders = certificateFolders(host)
		.map((folder) => readFolder(join(folder, registry)))
		.filter((folder) => folder.authorities.length + folder.pairs.length > 0);
	const [pair] = folders.flatMap(({ pairs }) => pairs);
	const own = folders.flatMap(({ authorities }) => authorities);
	const general = generalAuthorities(host, withSystem);
	// Without a list Node uses its own, which is already loaded.
	const isUsual = own.length === 0 && general === null;
	const ca = isUsual ? undefined : [...(general ?? getCACertificates('default')), ...own];
	const secureContext = createSecureContext({ ...(ca && { ca }), ...pair });
	return { secureContext, rejectUnauthorized: !insecure };
}

/** Null for those of Node only. */
function generalAuthorities({ environment }: Host, withSystem: boolean): readonly string[] | null {
	const file = environment.SSL_CERT_FILE;
	if (!file && !withSystem) return null;
	if (!file) return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
	try {
		return [readRegularFile(file)];
	} catch (cause) {
		throw new FathomError({
			code: 'unreadable',
			message: `${file}: the certificates that SSL_CERT_FILE names cannot be read.`,
			hint: 'Correct or unset the variable.',
			cause,
		});
	}
}

/** The user's before the system's, Docker's before Podman's. */
function certificateFolders({ homeFolder, environment }: Host): readonly string[] {
	const config = environment.XDG_CONFIG_HOME || join(homeFolder, '.config');
	return [
		join(config, 'docker', 'certs.d'),
		join(config, 'containers', 'certs.d'),
		join('/etc', 'docker', 'certs.d'),
		join('/etc', 'containers', 'certs.d'),
	];
}

interface CertificateFolder {
	readonly authorities: readonly string[];
	readonly pairs: readonly { readonly cert: string; readonly key: string }[];
}

/** An absent or unreadable folder counts as empty. */
function readFolder(folder: string): CertificateFolder {
	try {
		const names = readdirSync(folder).sort();
		const read = (name: string): string => readRegularFile(join(folder, name));
		return {
			authorities: names.filter((name) => name.endsWith('.crt')).map(read),
			pairs: names
				.filter((name) => name.endsWith('.cert') && names.includes(name.replace(/cert$/, 'key')))
				.map((name) => ({ cert: read(name), key: read(name.replace(/cert$/, 'key')) })),
		};
	} catch {
		return { authorities: [], pairs: [] };
	}
}
