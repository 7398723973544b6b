import { constants, openSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { ByteSink } from '../../report/byte-stream.ts';
import { throwIfInterrupted } from '../../sources/time-slice.ts';
import { untilInterrupted } from '../running/until-interrupted.ts';

export interface Writing {
	readonly signal: AbortSignal;
	/** Writes the whole content. */
	readonly write: (sink: ByteSink) => Promise<void>;
}

/**
 * Writes a device or a pipe. A pipe is waited for, not opened or written with a thread that blocks until somebody reads it: the process could
 * not end before that. Throws the system's errors, or `interrupted`.
 */
export async function writeDevice(path: string, { signal, write }: Writing): Promise<void> {
	if (!(await stat(path)).isFIFO()) return writeInto(await open(path, 'w'), { signal, write });
	const { Socket } = await import('node:net');
	const socket = new Socket({ fd: await openPipe(path, signal), readable: false, writable: true });
	// Each write reports the error itself. Without a listener it would end the process as well.
	socket.on('error', () => {});
	try {
		await write({
			write: (bytes) => {
				const written = new Promise<void>((resolve, reject) => {
					socket.write(bytes, (error) => (error ? reject(error) : resolve()));
				});
				return untilInterrupted(written, signal);
			},
		});
	} finally {
		socket.destroy();
	}
}

/** Writes an open file, and closes it. */
export async function writeInto(file: FileHandle, { signal, write }: Writing): Promise<void> {
	try {
		await write({
			write: async (bytes) => {
				throwIfInterrupted(signal);
				await writeAll(file, bytes);
			},
		});
	} finally {
		await file.close();
	}
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
	for (let written = 0; written < bytes.length; ) {
		written += (await file.write(bytes, written)).bytesWritten;
	}
}

/** Nothing tells when a reader comes. */
const RETRY_MILLISECONDS = 50;

async function openPipe(path: string, signal: AbortSignal): Promise<number> {
	for (;;) {
		throwIfInterrupted(signal);
		try {
			return openSync(path, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0));
		} catch (error) {
			const hasNoReader = error instanceof Error && 'code' in error && error.code === 'ENXIO';
			if (!hasNoReader) throw error;
		}
		await untilInterrupted(delay(RETRY_MILLISECONDS), signal);
	}
}
