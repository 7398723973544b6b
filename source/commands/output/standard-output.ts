import { FathomError } from '../../errors.ts';
import type { ByteSink } from '../../report/byte-stream.ts';
import { wordWriteError } from './system-error.ts';

/**
 * Standard output as a sink with backpressure. When its reader has left, as `head` does, the rest is dropped without a word:
 * what the command does besides, and its exit code, stay as they are. Throws `output` for any other failure.
 */
export function standardOutputSink(stream: NodeJS.WritableStream): ByteSink {
	let readerHasLeft = false;
	return {
		hasNoReader: () => readerHasLeft,
		write: (bytes) => {
			if (readerHasLeft || bytes.length === 0) return Promise.resolve();
			return new Promise((resolve, reject) => {
				stream.write(bytes, (error) => {
					if (!error) return resolve();
					if (!isBrokenPipe(error)) return reject(outputError(error));
					readerHasLeft = true;
					resolve();
				});
			});
		},
	};
}

export function isBrokenPipe(error: unknown): boolean {
	return (
		error instanceof Error &&
		'code' in error &&
		(error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED')
	);
}

function outputError(cause: unknown): FathomError {
	return new FathomError({
		code: 'output',
		message: `Standard output cannot be written: ${wordWriteError(cause)}.`,
		cause,
	});
}
