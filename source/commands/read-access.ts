import { FathomError } from '../errors.ts';
import type { Access } from '../sources/image-source.ts';
import type { CommandContext } from './command.ts';
import { untilInterrupted } from './until-interrupted.ts';

/** Longer than any password and any token. */
const MOST_PASSWORD_BYTES = 64 * 1024;

/** For what needs none. */
export const noAccess: Access = { username: null, password: null, insecure: false, namespace: null };

export interface AccessRequest
	extends Pick<CommandContext, 'reference' | 'settings' | 'flags' | 'host' | 'signal'> {
	readonly stdin: AsyncIterable<Uint8Array> & { readonly isTTY?: boolean };
}

/**
 * Puts together how to get at images that are not files; reads a line from standard input where the password is to come by it.
 * Throws `usage` for half of what a registry wants.
 */
export async function readAccess(request: AccessRequest): Promise<Access> {
	const { username, insecure, namespace } = request.settings;
	const password = await readPassword(request);
	if (username !== null && password === null) {
		throw usage(
			'There is a username for the registry and no password.',
			'--password-stdin, or FATHOM_PASSWORD.',
		);
	}
	if (username === null && password !== null) {
		throw usage('There is a password for the registry and no username.', '--username, or FATHOM_USERNAME.');
	}
	return { username, password, insecure, namespace };
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
			'--password-stdin: standard input brings the image already.',
			'FATHOM_PASSWORD, or leave the password out: an archive needs none.',
		);
	}
	if (stdin.isTTY) {
		throw usage(
			'--password-stdin: standard input is a terminal, which would show the password.',
			'fathom nginx --username me --password-stdin < password.txt',
		);
	}
	const password = await untilInterrupted(readLine(stdin), signal);
	if (password === '') throw usage('--password-stdin: no password came by standard input.');
	return password;
}

/** The first line, without its end. What follows is left. */
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
