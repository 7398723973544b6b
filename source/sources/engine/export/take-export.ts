import { FathomError } from '../../../errors.ts';
import { TarError } from '../../../tar/tar-error.ts';
import { type ArchiveContents, endArchive } from '../../archive/archive-contents.ts';
import { StreamedArchive } from '../../archive/streamed-archive.ts';
import { asLayerError } from '../../layer-error.ts';
import { hashOptions } from '../../layers/verified-layers.ts';
import { throwIfInterrupted } from '../../time-slice.ts';
import { brokenOff } from '../engine-error.ts';
import type { EngineReading } from '../engine-image.ts';

/** Takes in all of an export: its documents whole, its layers scanned. Throws `FathomError`. */
export async function takeExport(reading: EngineReading): Promise<ArchiveContents> {
	const { engine, input, options, imageExport } = reading;
	const archive = new StreamedArchive(hashOptions(options, input.cache.identityKey));
	const tell = progressOf(reading, archive);
	tell();
	try {
		await imageExport.stream((piece) => {
			archive.write(piece);
			tell();
		}, options.signal);
		const passed = endArchive(archive, input.name);
		// Where only the end of the connection ends the answer, nothing else tells that it was cut between two entries.
		if (archive.position === 0 || passed.outer.warnings.some(({ code }) => code === 'no-end-mark'))
			throw brokenOff(engine, input.name, new Error('the archive has no end'));
		return passed;
	} catch (error) {
		throwIfInterrupted(options.signal);
		if (error instanceof TarError) throw faultOf(error, reading);
		if (!(error instanceof FathomError)) throw brokenOff(engine, input.name, error);
		throw error.cause instanceof TarError ? faultOf(error.cause, reading) : error;
	}
}

/** A tar that ends in the middle was cut by the engine; one that is damaged is the image's fault. */
function faultOf(fault: TarError, { engine, input }: EngineReading): unknown {
	return fault.kind === 'truncated' ? brokenOff(engine, input.name, fault) : asLayerError(fault, input.name);
}

const PROGRESS_MILLISECONDS = 50;

/** Tells how far the export is, each time that it is due. */
function progressOf({ image, options }: EngineReading, archive: StreamedArchive): () => void {
	const { onProgress } = options;
	if (onProgress === undefined) return () => {};
	let dueAt = 0;
	return () => {
		if (performance.now() < dueAt) return;
		dueAt = performance.now() + PROGRESS_MILLISECONDS;
		onProgress({
			phase: 'layers',
			layersDone: archive.layerCount,
			layersTotal: image.diffIds?.length ?? null,
			bytesDone: archive.position,
			bytesTotal: null,
		});
	};
}
