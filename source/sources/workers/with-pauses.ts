import type { Compression } from '../../tar/compression/compression.ts';
import { type Chunks, unpack } from '../../tar/compression/unpack.ts';
import { type Behind, catchUp } from '../catch-up.ts';
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

export interface UnpackingInto {
	/** Gets pieces that are valid during the call only. */
	readonly sink: (piece: Uint8Array) => void;
	/** What may be behind with what it was given; nothing by default. */
	readonly worker?: Behind | null | undefined;
	readonly afterStep: AfterStep;
}

/** Unpacks the chunks, with a pause after each piece where one is due. Throws `TarError`. */
export async function unpackWithPauses(
	chunks: Chunks,
	compression: Compression,
	{ sink, worker, afterStep }: UnpackingInto,
): Promise<void> {
	let done = 0;
	const counted = async function* (): AsyncGenerator<Uint8Array> {
		for await (const chunk of chunks) {
			yield chunk;
			done += chunk.length;
		}
	};
	const pause = () => afterStep(done);
	await unpack(counted(), compression, sink, () =>
		worker?.isBehind === true ? catchUp(worker, pause) : pause(),
	);
	if (worker) await catchUp(worker, pause);
}
