import { FathomError } from '../errors.ts';
import { type Access, usualLimits } from '../sources/image-source.ts';
import type { CommandContext } from './command.ts';
import { untilInterrupted } from './running/until-interrupted.ts';

/** More than any password or token has. */
const MOST_PASSWORD_BYTES = 64 * 1024;

/** For commands that read no image by name. */
export const noAccess: Access = { username: null, password: null, insecure: false, namespace: null };

export interface AccessRequest
	extends Pick<CommandContext, 'reference' | 'settings' | 'flags' | 'host' | 'signal'> {
	readonly stdin: AsyncIterable<Uint8Array> & { readonly isTTY?: boolean };
}

/**
 * Collects the credentials and the containerd namespace; with `--password-stdin`, reads the password from standard input.
 * Throws `usage` for a username without a password, or a password without a username.
 */
export async function readAccess(request: AccessRequest): Promise<Access> {
	const { username, insecure, namespace, registrySeconds, registryBytesPerSecond } = request.settings;
	const password = await readPassword(request);
	if (username !== null && password === null) {
		throw usage(
			'A username for the registry is set, but no password.',
			'Use --password-stdin, or set FATHOM_PASSWORD.',
		);
	}
	if (username === null && password !== null) {
		throw usage(
			'A password for the registry is set, but no username.',
			'Use --username, or set FATHOM_USERNAME.',
		);
	}
	const limits = {
		documentSeconds: registrySeconds,
		bytesPerSecond: registryBytesPerSecond,
		windowSeconds: usualLimits.windowSeconds,
	};
	return { username, password, insecure, namespace, limits };
}

async function readPassword({
	reference,
	flags,
	host,
	stdin,
	signal,
}: AccessRequest): Promise<string | null> {
	if (flags.get('password-stdin') !== 'true') return host.environment.FATHOM_PASSWORD || null;
	if (reference === '-') {
		throw usage(
			'--password-stdin: standard input already contains the image.',
			'Set FATHOM_PASSWORD, or leave the password out: an archive needs none.',
		);
	}
	if (stdin.isTTY) {
		throw usage(
			'--password-stdin: standard input is a terminal, which would show the password.',
			'Redirect it from a file: fathom nginx --username me --password-stdin < password.txt',
		);
	}
	const password = await untilInterrupted(readLine(stdin), signal);
	if (password === '') throw usage('--password-stdin: the first line of standard input is empty.');
	return password;
}

/** The first line, without its line break. The rest is left unread. */
async function readLine(stdin: AsyncIterable<Uint8Array>): Promise<string> {
	const pieces: Uint8Array[] = [];
	let bytes = 0;
	for await (const piece of stdin) {
		pieces.push(piece);
		bytes += piece.length;
		if (piece.includes(0x0a) || bytes > MOST_PASSWORD_BYTES) break;
	}
	const [line] = Buffer.concat(pieces).toString('utf8').split('\n', 1);
	return line.replace(/\r$/, '');
}

function usage(message: string, hint?: string): FathomError {
	return new FathomError({ code: 'usage', message, ...(hint !== undefined && { hint }) });
}
