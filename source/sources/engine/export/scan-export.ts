import { FathomError } from '../../../errors.ts';
import { TarError } from '../../../tar/tar-error.ts';
import { type ArchiveContents, endArchive } from '../../archive/archive-contents.ts';
import { StreamedArchive } from '../../archive/streamed-archive.ts';
import { catchUp } from '../../catch-up.ts';
import { asLayerError } from '../../layer-error.ts';
import { hashOptions } from '../../layers/verified-layers.ts';
import { TimeSlice, throwIfInterrupted } from '../../time-slice.ts';
import type { EngineReading } from '../engine-image.ts';
import { truncatedExport } from './export-error.ts';
import type { ExportWatch } from './export-watch.ts';

/** Reads an export to its end: keeps its documents, and scans its layers. `watch` is told of each as it comes. Throws `FathomError`. */
export async function scanExport(
	reading: EngineReading,
	watch: ExportWatch | null = null,
): Promise<ArchiveContents> {
	const { engine, input, options, imageExport } = reading;
	const archive = new StreamedArchive(hashOptions(options, input.cache.identityKey), {}, watch);
	const report = progressOf(reading, archive, watch);
	report();
	try {
		const slice = new TimeSlice(options.signal, () => report());
		const sliceEnd = () => (slice.isDue ? slice.yield() : undefined);
		const sink = (piece: Uint8Array): void => {
			archive.write(piece);
			report();
		};
		const settle = async (): Promise<void> => {
			await catchUp(archive, sliceEnd);
			if (!watch?.hasNews) return;
			await watch.tell();
			report(true);
		};
		const pause = () => (archive.isBehind || watch?.hasNews ? settle() : undefined);
		await imageExport.stream({ sink, pause }, options.signal);
		await settle();
		const contents = endArchive(archive, input.name);
		// A response that lasts until the connection closes does not say whether it is complete: its archive may end between two entries.
		const isCut = contents.outer.warnings.some(({ code }) => code === 'no-end-mark');
		if (archive.position === 0 || isCut)
			throw truncatedExport(engine, input.name, new Error('the archive has no end marker'));
		return contents;
	} catch (error) {
		throwIfInterrupted(options.signal);
		if (error instanceof TarError) throw tarErrorOf(error, reading);
		if (!(error instanceof FathomError)) throw truncatedExport(engine, input.name, error);
		throw error.cause instanceof TarError ? tarErrorOf(error.cause, reading) : error;
	} finally {
		// The connection may end while the watcher is being told.
		await watch?.end();
	}
}

/** The engine is to blame for a tar that ends too early, the image for one that is damaged. */
function tarErrorOf(error: TarError, { engine, input }: EngineReading): unknown {
	return error.kind === 'truncated'
		? truncatedExport(engine, input.name, error)
		: asLayerError(error, input.name);
}

const PROGRESS_MILLISECONDS = 50;

/** Reports how far the export is: if that is not to be at once, at most once in `PROGRESS_MILLISECONDS`. */
function progressOf(
	{ image, options }: EngineReading,
	archive: StreamedArchive,
	watch: ExportWatch | null,
): (isAtOnce?: boolean) => void {
	const { onProgress } = options;
	if (onProgress === undefined) return () => {};
	let dueAt = 0;
	return (isAtOnce = false) => {
		if (!isAtOnce && performance.now() < dueAt) return;
		dueAt = performance.now() + PROGRESS_MILLISECONDS;
		onProgress(
			watch?.progressAt(archive.position) ?? {
				phase: 'layers',
				layersDone: archive.layerCount,
				layersTotal: image.diffIds?.length ?? null,
				bytesDone: archive.position,
				bytesTotal: null,
			},
		);
	};
}
