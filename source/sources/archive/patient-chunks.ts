import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Chunks } from '../../tar/compression/unpack.ts';

/** As long as a program takes that writes in one go. */
const PATIENCE_MILLISECONDS = 500;

/**
 * The chunks of a source that may be silent for as long as it likes, up to a pause while `isImpatient`: then nothing that matters is to come,
 * and the source is closed.
 */
export async function* patientChunks(
	chunks: Chunks,
	source: Chunks,
	isImpatient: () => boolean,
): AsyncGenerator<Uint8Array> {
	const iterator = chunks[Symbol.asyncIterator]();
	try {
		for (;;) {
			const next = iterator.next();
			const taken = isImpatient()
				? await Promise.race([next, delay(PATIENCE_MILLISECONDS, null)])
				: await next;
			if (taken === null) {
				next.catch(() => {});
				if (source instanceof Readable) source.destroy();
			}
			if (taken === null || taken.done) return;
			yield taken.value;
		}
	} finally {
		await iterator.return?.();
	}
}
