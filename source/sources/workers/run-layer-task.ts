import { createHash } from 'node:crypto';
import { loadReaders } from '../../facts/fact-groups.ts';
import type { Changeset, FactGroup } from '../../tar/changeset.ts';
import { FileScan, type FileScanOptions } from '../../tar/scan-file.ts';
import { StreamScan } from '../../tar/scan-stream.ts';
import { sniffCompression } from '../sniff-compression.ts';
import { type BlobLocation, chunksOf, withRange } from '../store/blob-location.ts';
import { compareContents } from './compare-contents.ts';
import { digestFiles } from './digest-files.ts';
import type { AfterStep, DigestTask, LayerTask, ScanTask, StreamTask, TaskResults } from './layer-task.ts';
import { readFactsOf } from './read-facts-of.ts';
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
	await loadReaders(factsIn(task));
	const results: { [K in LayerTask['type']]?: TaskResults[K] } = {};
	if (task.type === 'scan') results.scan = await scan(task, afterStep);
	else if (task.type === 'part') results.part = await scanPart(task, afterStep);
	else if (task.type === 'stream') results.stream = await scanStreamed(task, afterStep);
	else if (task.type === 'digest') results.digest = await digest(task, afterStep);
	else if (task.type === 'file-digests') results['file-digests'] = await digestFiles(task, afterStep);
	else if (task.type === 'facts') results.facts = await readFactsOf(task, afterStep);
	else await compareContents(task, afterStep);
	return results[task.type] as TaskResults[T['type']];
}

function factsIn(task: LayerTask): readonly FactGroup[] {
	if (task.type === 'scan' || task.type === 'stream') return task.hashing.facts ?? [];
	if (task.type === 'part') return task.facts;
	return task.type === 'facts' ? task.groups : [];
}

async function scan(task: ScanTask, afterStep: AfterStep): Promise<Changeset> {
	if (task.compression !== 'none') return scanUnpacked(task, afterStep);
	const changeset = await scanByPosition(task.location, { budget: task.hashing.budget ?? null }, afterStep);
	return task.withDigest ? { ...changeset, diffId: await digest(task, afterStep) } : changeset;
}

/** Scans an uncompressed tar on disk by position. */
export function scanByPosition(
	location: BlobLocation,
	options: FileScanOptions,
	afterStep: AfterStep,
): Promise<Changeset> {
	return withRange(location, async (range) => {
		const scan = new FileScan(range, options);
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
	const options = scanOptions(location.bytes, hashing);
	const scan = new StreamScan(options);
	return withRange(location, async (range) => {
		const sink = (piece: Uint8Array) => scan.write(piece);
		const worker = options.observer;
		await unpackWithPauses(chunksOf(range), compression, { sink, worker, afterStep });
		return scan.finish();
	});
}

async function scanStreamed({ port, bytes, hashing }: StreamTask, afterStep: AfterStep): Promise<Changeset> {
	const options = scanOptions(bytes, hashing);
	const scan = new StreamScan(options);
	const { compression, chunks } = await sniffCompression(streamedChunks(port));
	const sink = (piece: Uint8Array) => scan.write(piece);
	await unpackWithPauses(chunks, compression, { sink, worker: options.observer, afterStep });
	return scan.finish();
}

function digest({ location }: Pick<DigestTask, 'location'>, afterStep: AfterStep): Promise<string> {
	return withRange(location, async (range) => {
		const hash = createHash('sha256');
		for await (const chunk of withPauses(chunksOf(range), afterStep)) hash.update(chunk);
		return `sha256:${hash.digest('hex')}`;
	});
}
