import { isUtf8 } from 'node:buffer';
import { FathomError } from '../../../errors.ts';
import type { Changeset } from '../../../tar/changeset.ts';
import { FILE, stringAt } from '../../../tar/changeset.ts';
import { newIdentityKey } from '../../../tar/content-identity.ts';
import type { ContentSink } from '../../../tar/contents/content-sink.ts';
import { StreamScan } from '../../../tar/scan-stream.ts';
import { decodeName } from '../../../text/decode-name.ts';
import { shorten } from '../../../text/shorten.ts';
import type { FileReader } from '../../file-source.ts';
import { throwIfInterrupted } from '../../time-slice.ts';
import type { ContainerEngine, InspectedContainer } from './container-engine.ts';

/**
 * Reads files of a container again, each by a call of its own. They may have changed since. Null where the engine gives only the whole.
 * Throws `FathomError`.
 */
export function containerFiles(
	{ label, file: openFile }: ContainerEngine,
	{ id, name }: InspectedContainer,
	changeset: Changeset,
): FileReader | null {
	if (openFile === null) return null;
	const paths = pathsByPosition(changeset);
	return {
		async *open({ position, bytes }, signal) {
			const known = paths.get(position);
			const path = known?.path ?? new Uint8Array(0);
			if (!isUtf8(path)) throw nameIsNoText(label, path, name);
			try {
				const chunks = await openFile(id, path)(signal);
				yield* contentIn(chunks, { bytes, modified: known?.modified ?? 0 });
			} catch (error) {
				throwIfInterrupted(signal);
				if (!isGone(error)) throw error;
				throw new FathomError({
					code: 'missing',
					message: `${label}: /${shorten(decodeName(path))} in container ${shorten(name)} is not what it was when the container was read.`,
					hint: 'Open the container again.',
					cause: error,
				});
			}
		},
		close: async () => {},
	};
}

/** The engine's API takes paths as text. */
function nameIsNoText(label: string, path: Uint8Array, name: string): FathomError {
	return new FathomError({
		code: 'unsupported',
		message: `${label}: /${shorten(decodeName(path))} in container ${shorten(name)} has a name that is not UTF-8, under which the engine gives no file.`,
		hint: 'Export the container to a file, and open that with --over IMAGE.',
	});
}

/** What the engine says of a container or a file that is not there, or a file that does not fit. */
function isGone(error: unknown): boolean {
	return !(error instanceof FathomError) || / answered 404\b/.test(error.message);
}

interface KnownFile {
	readonly path: Uint8Array;
	/** Seconds since 1970. */
	readonly modified: number;
}

/** The files with content, by where that was in the export. The changeset loses its paths once it is stacked. */
function pathsByPosition({
	count,
	kinds,
	sizes,
	positions,
	paths,
	mtimes,
}: Changeset): ReadonlyMap<number, KnownFile> {
	const files = new Map<number, KnownFile>();
	for (let entry = 0; entry < count; entry++)
		if (kinds[entry] === FILE && sizes[entry] > 0)
			files.set(positions[entry], { path: stringAt(paths, entry).slice(), modified: mtimes[entry] });
	return files;
}

/** The content of the one file in a tar, which has to have this size and time still. */
async function* contentIn(
	chunks: AsyncIterable<Uint8Array>,
	{ bytes, modified }: { readonly bytes: number; readonly modified: number },
): AsyncGenerator<Uint8Array> {
	const pieces: Uint8Array[] = [];
	let taken = 0;
	const sink: ContentSink = { write: (piece) => void pieces.push(piece), end: () => {} };
	const scan = new StreamScan({
		identityKey: newIdentityKey(),
		largestVerifiedBytes: 0,
		expectedBytes: 0,
		isFileSystem: true,
		onEntry: ({ contentBytes, mtime }, index) => {
			if (index !== 0 || contentBytes !== bytes || Math.floor(mtime) !== Math.floor(modified))
				throw new Error('it has another size or time');
			return sink;
		},
	});
	for await (const chunk of chunks) {
		scan.write(chunk);
		for (const piece of pieces.splice(0)) {
			taken += piece.length;
			yield piece;
		}
		if (taken === bytes) return;
	}
	throw new Error('it ended early');
}
