import { readSync } from 'node:fs';
import { FathomError } from '../../errors.ts';
import { newEntryBudget } from '../../tar/entry-budget.ts';
import { PartScan, type ScannedPart } from '../../tar/parts/scan-part.ts';
import { firstByte, partBytes } from '../../tar/parts/split-point.ts';
import type { FileRange } from '../../tar/window-reader.ts';
import { catchUp } from '../catch-up.ts';
import { withRange } from '../store/blob-location.ts';
import type { AfterStep, PartTask } from './layer-task.ts';
import { scanOptions } from './scan-options.ts';

const READ_BYTES = 256 * 1024;
/** They may become a thousand times as many. */
const STEP_BYTES = 16 * 1024;

/**
 * Scans a part of a layer; null where it cannot be read, whatever the reason, because after a wrong split point everything may look
 * damaged. Throws only when it is interrupted.
 */
export async function scanPart(task: PartTask, afterStep: AfterStep): Promise<ScannedPart | null> {
	try {
		return await withRange(task.location, (range) => scanRange(range, { task, afterStep }));
	} catch (error) {
		if (error instanceof FathomError) throw error;
		return null;
	}
}

async function scanRange(
	{ fd, start, bytes }: FileRange,
	{
		task: { part, identityKey, facts, limits },
		afterStep,
	}: { readonly task: PartTask; readonly afterStep: AfterStep },
): Promise<ScannedPart> {
	const buffer = new Uint8Array(READ_BYTES);
	const first = firstByte(part.from);
	if (first > 0) readSync(fd, buffer, 0, 1, start + first - 1);
	const ownBytes = partBytes(part, bytes);
	const options = scanOptions(ownBytes, {
		identityKey,
		facts,
		largestVerifiedBytes: 0,
		budget: newEntryBudget(limits),
	});
	const scan = new PartScan({ part, byteBefore: buffer[0], scan: options });
	try {
		let position = first;
		let isComplete = false;
		while (!isComplete && position < bytes) {
			const read = readSync(fd, buffer, 0, Math.min(READ_BYTES, bytes - position), start + position);
			if (read === 0) break;
			for (let start = 0; start < read && !isComplete; start += STEP_BYTES) {
				isComplete = scan.write(buffer.subarray(start, Math.min(start + STEP_BYTES, read)));
				const pause = () => afterStep(Math.min(position + start - first, ownBytes));
				if (options.observer?.isBehind === true) await catchUp(options.observer, pause);
				const pausing = pause();
				if (pausing) await pausing;
			}
			position += read;
		}
		return scan.finish();
	} finally {
		scan.close();
	}
}
