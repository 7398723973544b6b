import { type ChildProcess, spawn } from 'node:child_process';
import { isObject } from '../../../image/json.ts';
import type { Host } from '../../host.ts';
import type { ReadNote } from '../../image-source.ts';
import { throwIfInterrupted } from '../../time-slice.ts';
import { type Credentials, credentialsOf } from './credentials.ts';
import { killTree } from './kill-tree.ts';

const MOST_BYTES = 64 * 1024;
/** The user may have to unlock a keychain. */
const MOST_SECONDS = 60;
/** A helper that takes longer waits for something that the user has to know of. */
const SILENT_MILLISECONDS = 1000;

export interface HelperQuestion {
	/** As in the credential file: the program is `docker-credential-NAME`. */
	readonly helper: string;
	readonly registry: string;
	readonly host: Host;
	readonly signal: AbortSignal | undefined;
	readonly onNote?: ((note: ReadNote) => void) | undefined;
}

/**
 * Runs a credential helper (the docker-credential-helpers protocol: the name of the registry on standard input, JSON on standard output).
 * Null when it has no credentials. An error never quotes the helper's output, which may be secret. Throws `interrupted`.
 */
export async function askHelper(question: HelperQuestion): Promise<Credentials | null> {
	const { helper, registry, signal, onNote } = question;
	if (!/^[\w.-]+$/.test(helper)) throw new Error('the name of the credential helper is invalid');
	const program = `docker-credential-${helper}`;
	throwIfInterrupted(signal);
	const timer = setTimeout(() => {
		const message = `Waiting for ${program}, which keeps the credentials for ${registry}.`;
		onNote?.({ kind: 'waiting', message });
	}, SILENT_MILLISECONDS);
	try {
		const { exit, output } = await run(program, question);
		if (exit === null) return readAnswer(output, program);
		if (/credentials not found/i.test(output)) return null;
		throw new Error(`${program} ${exit}`);
	} finally {
		clearTimeout(timer);
		onNote?.({ kind: 'resumed' });
	}
}

function readAnswer(output: string, program: string): Credentials | null {
	try {
		const answer: unknown = JSON.parse(output);
		if (isObject(answer) && typeof answer.Username === 'string' && typeof answer.Secret === 'string')
			return credentialsOf(answer.Username, answer.Secret);
	} catch {
		// The cause would quote the answer.
	}
	throw new Error(`${program} returned an unreadable answer`);
}

interface HelperResult {
	/** How it failed; null when it did not. */
	readonly exit: string | null;
	readonly output: string;
}

/** The helper and all that it has started end with an interruption, and when the helper takes too long. */
function run(program: string, { registry, host, signal }: HelperQuestion): Promise<HelperResult> {
	return new Promise((resolve, reject) => {
		const child = spawn(program, ['get'], {
			env: host.environment as NodeJS.ProcessEnv,
			stdio: ['pipe', 'pipe', 'ignore'],
			windowsHide: true,
		});
		const stop = (): void => {
			killTree(child);
			clearTimeout(timer);
			signal?.removeEventListener('abort', stop);
			reject(new Error(`${program} did not answer within ${MOST_SECONDS} seconds`));
		};
		const timer = setTimeout(stop, MOST_SECONDS * 1000);
		signal?.addEventListener('abort', stop, { once: true });
		child.once('error', (error: NodeJS.ErrnoException) => {
			const isMissing = error.code === 'ENOENT';
			reject(new Error(`${program} ${isMissing ? 'is not installed' : 'cannot be started'}`));
		});
		const output = collectOutput(child);
		child.once('close', (code, ending) => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', stop);
			const failure = ending === null ? `failed with exit code ${code}` : `was ended by ${ending}`;
			resolve({ exit: code === 0 ? null : failure, output: Buffer.concat(output).toString('utf8') });
		});
		// Writing to a helper that has already ended fails; its exit code says why.
		child.stdin.once('error', () => {});
		child.stdin.end(registry);
	});
}

function collectOutput(child: ChildProcess): readonly Buffer[] {
	const pieces: Buffer[] = [];
	let bytes = 0;
	child.stdout?.on('data', (piece: Buffer) => {
		bytes += piece.length;
		if (bytes > MOST_BYTES) killTree(child);
		else pieces.push(piece);
	});
	return pieces;
}
