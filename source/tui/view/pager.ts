import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ExplorerServices, FileServices } from '../model/effects/requests.ts';
import type { TerminalControl } from './terminal-control.ts';

/** Shows a content in the user's pager. The pager has the terminal until it ends. */
export function pagerOf(
	control: Pick<TerminalControl, 'lend'>,
	{ contentOf, wordFailure, pager }: Pick<FileServices, 'contentOf' | 'wordFailure' | 'pager'>,
): ExplorerServices['page-file'] {
	return async (ask, signal) => {
		try {
			const isLent = await control.lend(() => page(pager, contentOf(ask, signal)));
			return isLent ? { kind: 'paged' } : { kind: 'refused', reason: 'The terminal is not free.' };
		} catch (error) {
			const reason = error instanceof PagerFailed ? error.message : wordFailure(error);
			if (reason === null) throw error;
			return { kind: 'refused', reason };
		}
	};
}

class PagerFailed extends Error {}

/** The pager reads the content as its input, and keys from the terminal. */
async function page(command: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
	const pager = spawn('sh', ['-c', command], { stdio: ['pipe', 'inherit', 'inherit'] });
	const ended = new Promise<number | null>((resolve, reject) => {
		pager.once('error', reject);
		pager.once('exit', resolve);
	});
	ended.catch(() => {});
	// A pager that ends before it has read all is no failure.
	pager.stdin.on('error', () => {});
	try {
		for await (const piece of pieces) {
			if (pager.exitCode !== null || pager.stdin.destroyed) break;
			// The reader may use the buffer of a piece again.
			if (!pager.stdin.write(Buffer.from(piece))) await Promise.race([once(pager.stdin, 'drain'), ended]);
		}
	} finally {
		pager.stdin.end();
	}
	const code = await ended;
	if (code === 127) throw new PagerFailed(`The pager ${command} was not found; set PAGER to another one.`);
}
