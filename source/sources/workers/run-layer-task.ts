import { createHash } from 'node:crypto';
import type { Changeset } from '../../tar/changeset.ts';
import type { EntryBudget } from '../../tar/entry-budget.ts';
import { FileScan } from '../../tar/scan-file.ts';
import { StreamScan } from '../../tar/scan-stream.ts';
import { sniffCompression } from '../sniff-compression.ts';
import { type BlobLocation, chunksOf, withRange } from '../store/blob-location.ts';
import { compareContents } from './compare-contents.ts';
import { digestFiles } from './digest-files.ts';
import type { AfterStep, DigestTask, LayerTask, ScanTask, StreamTask, TaskResults } from './layer-task.ts';
import { scanPart } from './scan-layer-part.ts';
import { scanOptions } from './scan-options.ts';
import { streamedChunks } from './streamed-chunks.ts';
import { unpackWithPauses, withPauses } from './with-pauses.ts';

const WINDOWS_A_STEP = 16;

/** Does a task. Throws `TarError`, and the system's errors. */
export async function runLayerTask<T extends LayerTask>(
	task: T,
	afterStep: AfterStep,
): Promise<TaskResults[T['type']]> {
	const results: { [K in LayerTask['type']]?: TaskResults[K] } = {};
	if (task.type === 'scan') results.scan = await scan(task, afterStep);
	else if (task.type === 'part') results.part = await scanPart(task, afterStep);
	else if (task.type === 'stream') results.stream = await scanStreamed(task, afterStep);
	else if (task.type === 'digest') results.digest = await digest(task, afterStep);
	else if (task.type === 'file-digests') results['file-digests'] = await digestFiles(task, afterStep);
	else await compareContents(task, afterStep);
	return results[task.type] as TaskResults[T['type']];
}

async function scan(task: ScanTask, afterStep: AfterStep): Promise<Changeset> {
	if (task.compression !== 'none') return scanUnpacked(task, afterStep);
	const changeset = await scanByPosition(task.location, task.hashing.budget ?? null, afterStep);
	return task.withDigest ? { ...changeset, diffId: await digest(task, afterStep) } : changeset;
}

/** Scans an uncompressed tar on disk by position. */
export function scanByPosition(
	location: BlobLocation,
	budget: EntryBudget | null,
	afterStep: AfterStep,
): Promise<Changeset> {
	return withRange(location, async (range) => {
		const scan = new FileScan(range, budget);
		while (!scan.step(WINDOWS_A_STEP)) {
			const pause = afterStep(Math.min(scan.position, range.bytes));
			if (pause) await pause;
		}
		return scan.finish();
	});
}

function scanUnpacked(
	{ location, compression, hashing }: ScanTask,
	afterStep: AfterStep,
): Promise<Changeset> {
	const scan = new StreamScan(scanOptions(location.bytes, hashing));
	return withRange(location, async (range) => {
		const sink = (piece: Uint8Array) => scan.write(piece);
		await unpackWithPauses(chunksOf(range), compression, { sink, afterStep });
		return scan.finish();
	});
}

async function scanStreamed({ port, bytes, hashing }: StreamTask, afterStep: AfterStep): Promise<Changeset> {
	const scan = new StreamScan(scanOptions(bytes, hashing));
	const { compression, chunks } = await sniffCompression(streamedChunks(port));
	await unpackWithPauses(chunks, compression, { sink: (piece) => scan.write(piece), afterStep });
	return scan.finish();
}

function digest({ location }: Pick<DigestTask, 'location'>, afterStep: AfterStep): Promise<string> {
	return withRange(location, async (range) => {
		const hash = createHash('sha256');
		for await (const chunk of withPauses(chunksOf(range), afterStep)) hash.update(chunk);
		return `sha256:${hash.digest('hex')}`;
	});
}
