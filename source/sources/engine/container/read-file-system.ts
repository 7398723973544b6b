import { FathomError, messageOf } from '../../../errors.ts';
import type { Changeset } from '../../../tar/changeset.ts';
import { StreamScan } from '../../../tar/scan-stream.ts';
import { TarError } from '../../../tar/tar-error.ts';
import { shorten } from '../../../text/shorten.ts';
import { catchUp } from '../../catch-up.ts';
import { streamOptions } from '../../facts/observer-of.ts';
import type { FoundImage, ReadImage, ReadOptions, SourceInput } from '../../image-source.ts';
import { asLayerError } from '../../layer-error.ts';
import { hashOptions } from '../../layers/verified-layers.ts';
import { assembleImage, describeSnapshot } from '../../store/assemble-image.ts';
import { TimeSlice, throwIfInterrupted } from '../../time-slice.ts';
import { singleLine, withoutFullStop } from '../message-text.ts';
import type { ContainerEngine, InspectedContainer } from './container-engine.ts';
import { containerFiles } from './container-files.ts';

export interface ContainerReading {
	readonly engine: ContainerEngine;
	readonly container: InspectedContainer;
	readonly input: SourceInput;
	readonly options: ReadOptions;
	readonly findImage: (options: ReadOptions) => Promise<FoundImage>;
}

/** Reads the file system of a container as its engine exports it, once and without a copy. Throws `FathomError`. */
export async function readFileSystem(reading: ContainerReading): Promise<ReadImage> {
	const { engine, container, input, findImage } = reading;
	const changeset = await scan(reading);
	const { name, created, isRunning, mounts, imageId, platform } = container;
	return {
		...assembleImage({
			reference: input.reference,
			sourceKind: 'container-snapshot',
			description: describeSnapshot(changeset.unpackedBytes),
			others: [],
			changesets: [changeset],
			diffIdOf: () => null,
			warnings: [],
			notices: [],
			content: null,
			files: null,
		}),
		container: {
			name,
			created,
			isRunning,
			mounts,
			// An engine whose images have several platforms gives the digest of an index.
			imageId: platform === null ? imageId : null,
			findImage,
			filesOf: (own) => containerFiles(engine, container, own),
		},
	};
}

async function scan(reading: ContainerReading): Promise<Changeset> {
	const { engine, container, input, options } = reading;
	const { signal } = options;
	const pass = streamOptions(hashOptions(options, input.cache.identityKey));
	const tar = new StreamScan({ ...pass, isFileSystem: true });
	const report = progressOf(tar, options);
	report();
	try {
		const slice = new TimeSlice(signal, report);
		const sliceEnd = () => (slice.isDue ? slice.yield() : undefined);
		const sink = (piece: Uint8Array): void => {
			tar.write(piece);
			report();
		};
		const observer = pass.observer ?? null;
		const pause = () => (observer?.isBehind === true ? catchUp(observer, sliceEnd) : undefined);
		await engine.fileSystem(container.id).stream({ sink, pause }, signal);
		if (observer !== null) await catchUp(observer, sliceEnd);
		const changeset = tar.finish();
		// A response that lasts until the connection closes does not say whether it is complete: it may end between two entries.
		if (changeset.warnings.some(({ code }) => code === 'no-end-mark') || tar.position === 0)
			throw new TarError('truncated', tar.position, 'it has no end mark');
		return changeset;
	} catch (error) {
		throwIfInterrupted(signal);
		throw await failure(error, reading);
	}
}

/** A container that is removed or that writes while it is read ends its export in the middle, or leaves it with sizes that are wrong. */
async function failure(error: unknown, reading: ContainerReading): Promise<unknown> {
	const { engine, container, options } = reading;
	const { label, program } = engine;
	const name = shorten(container.name);
	const isTooLarge = error instanceof TarError && error.kind.startsWith('too-many');
	if (isTooLarge) return asLayerError(error, `container ${name}`);
	const left = await engine.inspect(container.id, options.signal).catch(() => undefined);
	throwIfInterrupted(options.signal);
	if (left === null)
		return new FathomError({
			code: 'not-found',
			message: `${label}: container ${name} was removed while it was read.`,
			hint: `List the containers with: ${program} ps --all`,
			cause: error,
		});
	const leaving = left?.leaving ?? null;
	if (leaving !== null && isConflict(error)) return notExported(reading, leaving, error);
	const isCut = error instanceof TarError || !(error instanceof FathomError) || error.code === 'truncated';
	if (!isCut) return error;
	const why = withoutFullStop(
		singleLine(error instanceof FathomError ? messageOf(error.cause) : messageOf(error)),
	);
	return new FathomError({
		code: 'truncated',
		message: `${label}: the export of container ${name} is not complete (${why}); the container may have written files while it was read.`,
		hint: left?.isRunning
			? `Try again, or pause it while it is read: ${program} pause ${name}`
			: "Try again; the engine's log may say why it stopped.",
		cause: error,
	});
}

/** What Docker answers for a container that is dead or being removed (Docker Engine, `daemon/export.go`). */
function isConflict(error: unknown): error is FathomError {
	return error instanceof FathomError && / answered 409\b/.test(error.message);
}

function notExported(
	{ engine: { label, program }, container }: ContainerReading,
	leaving: 'dead' | 'removing',
	cause: FathomError,
): FathomError {
	const name = shorten(container.name);
	const why = leaving === 'dead' ? 'it is dead: its removal has failed' : 'it is being removed';
	return new FathomError({
		code: 'unreadable',
		message: `${label}: container ${name} cannot be read, because ${why}.`,
		hint:
			leaving === 'dead'
				? `Remove it again: ${program} rm --force ${name}`
				: `List the containers with: ${program} ps --all`,
		cause,
	});
}

const PROGRESS_MILLISECONDS = 50;

/** Reports how far the export is, at most once in `PROGRESS_MILLISECONDS`. */
function progressOf(tar: StreamScan, { onProgress }: ReadOptions): () => void {
	if (onProgress === undefined) return () => {};
	let dueAt = 0;
	return () => {
		if (performance.now() < dueAt) return;
		dueAt = performance.now() + PROGRESS_MILLISECONDS;
		onProgress({ phase: 'layers', layersDone: 0, layersTotal: 1, bytesDone: tar.position, bytesTotal: null });
	};
}
