import { spawn } from 'node:child_process';
import { isObject } from '../../../image/json.ts';
import type { Host } from '../../host.ts';
import { type Credentials, credentialsOf } from './credentials.ts';

const MOST_BYTES = 64 * 1024;
/** The user may have to unlock a keychain. */
const MILLISECONDS = 60_000;

export interface HelperQuestion {
	/** As in the credential file: the program is `docker-credential-NAME`. */
	readonly helper: string;
	readonly registry: string;
	readonly host: Host;
	readonly signal: AbortSignal | undefined;
}

/**
 * Runs a credential helper (the docker-credential-helpers protocol: the name of the registry on standard input, JSON on standard output).
 * Null when it has no credentials. An error never quotes the helper's output, which may be secret.
 */
export async function askHelper(question: HelperQuestion): Promise<Credentials | null> {
	const { helper } = question;
	if (!/^[\w.-]+$/.test(helper)) throw new Error('the name of the credential helper is invalid');
	const { code, output } = await run(question);
	if (code !== 0) {
		if (/credentials not found/i.test(output)) return null;
		throw new Error(`docker-credential-${helper} failed`);
	}
	return readAnswer(output, helper);
}

function readAnswer(output: string, helper: string): Credentials | null {
	try {
		const answer: unknown = JSON.parse(output);
		if (isObject(answer) && typeof answer.Username === 'string' && typeof answer.Secret === 'string')
			return credentialsOf(answer.Username, answer.Secret);
	} catch {
		// The cause would quote the answer.
	}
	throw new Error(`docker-credential-${helper} returned an unreadable answer`);
}

function run({
	helper,
	registry,
	host,
	signal,
}: HelperQuestion): Promise<{ code: number | null; output: string }> {
	return new Promise((resolve, reject) => {
		const child = spawn(`docker-credential-${helper}`, ['get'], {
			env: host.environment as NodeJS.ProcessEnv,
			stdio: ['pipe', 'pipe', 'ignore'],
			timeout: MILLISECONDS,
			windowsHide: true,
			signal,
		});
		const pieces: Buffer[] = [];
		let bytes = 0;
		child.stdout.on('data', (piece: Buffer) => {
			bytes += piece.length;
			if (bytes > MOST_BYTES) child.kill();
			else pieces.push(piece);
		});
		child.once('error', () => reject(new Error(`docker-credential-${helper} cannot be started`)));
		child.once('close', (code) => resolve({ code, output: Buffer.concat(pieces).toString('utf8') }));
		// Writing to a helper that has already ended fails; its exit code says why.
		child.stdin.once('error', () => {});
		child.stdin.end(registry);
	});
}
