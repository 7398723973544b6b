import { parentPort } from 'node:worker_threads';
import { messageOf } from '../errors.ts';
import type { Changeset } from '../tar/changeset.ts';
import { TarFault } from '../tar/tar-fault.ts';
import { withRange } from './located-blobs.ts';
import { scanUnpacked } from './scan-layer.ts';
import type { UnpackReply, UnpackTask } from './unpack-layers.ts';

const PROGRESS_MILLISECONDS = 50;

parentPort?.on('message', (task: UnpackTask) => {
	unpack(task).catch((error: unknown) => reply(failureOf(error)));
});

async function unpack({ location, compression, largestVerifiedBytes }: UnpackTask): Promise<void> {
	let toldAt = performance.now();
	const afterChunk = (bytesDone: number): void => {
		const now = performance.now();
		if (now - toldAt < PROGRESS_MILLISECONDS) return;
		toldAt = now;
		reply({ type: 'progress', bytesDone });
	};
	const changeset = await withRange(location, (range) =>
		scanUnpacked(range, { compression, largestVerifiedBytes, afterChunk }),
	);
	reply({ type: 'changeset', changeset }, buffersOf(changeset));
}

/** The columns are handed over, not copied. */
function buffersOf(changeset: Changeset): ArrayBuffer[] {
	const { paths, targets, kinds, sizes, modes, uids, gids, mtimes, positions, identities } = changeset;
	const columns = [
		paths.bytes,
		paths.ends,
		targets.bytes,
		targets.ends,
		kinds,
		sizes,
		modes,
		uids,
		gids,
		mtimes,
		positions,
	];
	const buffers = [...columns, ...(identities ? [identities] : [])].map(({ buffer }) => buffer);
	return [...new Set(buffers)].filter((buffer) => buffer instanceof ArrayBuffer);
}

function failureOf(error: unknown): UnpackReply {
	if (error instanceof TarFault) {
		const { kind, position, message } = error;
		return { type: 'fault', kind, position, message };
	}
	return { type: 'error', message: messageOf(error) };
}

function reply(message: UnpackReply, transfer: ArrayBuffer[] = []): void {
	parentPort?.postMessage(message, transfer);
}
