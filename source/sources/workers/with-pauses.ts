import type { AfterStep } from './layer-task.ts';

/** The chunks, with a pause after each where one is due. */
export async function* withPauses(
	chunks: AsyncIterable<Uint8Array>,
	afterStep: AfterStep,
): AsyncGenerator<Uint8Array> {
	let done = 0;
	for await (const chunk of chunks) {
		yield chunk;
		done += chunk.length;
		const pause = afterStep(done);
		if (pause) await pause;
	}
}
