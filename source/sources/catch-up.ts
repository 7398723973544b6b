import type { Pause } from '../tar/compression/unpack.ts';

/** Works something out of what it was given, and need not do so at once. */
export interface Behind {
	readonly isBehind: boolean;
	/** Does a small piece of what is left. */
	step(): void;
}

/** Lets it do all that is left, with pauses in between. Throws what it throws. */
export async function catchUp(worker: Behind, pause: Pause): Promise<void> {
	while (worker.isBehind) {
		worker.step();
		const pausing = pause();
		if (pausing) await pausing;
	}
}
