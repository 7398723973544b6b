import { copyOf } from '../../columns/copy-of.ts';
import { FathomError } from '../../errors.ts';
import { maximumDocumentBytes } from '../../image/json.ts';

const MOST_BYTES = 256 * 1024 * 1024;

/** Bounds all documents of a streamed archive together: they are kept until its end, which shows which of them the image needs. */
export class DocumentRoom {
	#bytes = MOST_BYTES;

	/** Throws `unsupported` where there is no room for that many bytes more. */
	take(bytes: number): void {
		this.#bytes -= bytes;
		if (this.#bytes >= 0) return;
		throw new FathomError({
			code: 'unsupported',
			message: `The archive has more than ${MOST_BYTES / 1024 / 1024} MiB of JSON documents, too many for a stream.`,
			hint: 'Open the archive as an uncompressed file.',
		});
	}
}

/** Keeps a document as it passes. */
export class DocumentTarget {
	readonly #pieces: Uint8Array[] = [];
	readonly #room: DocumentRoom;
	#bytes = 0;

	constructor(room: DocumentRoom) {
		this.#room = room;
	}

	/** Throws `unsupported`. */
	write(piece: Uint8Array): void {
		// One byte more than the parser accepts is stored, so that it refuses what is larger.
		const most = maximumDocumentBytes + 1 - this.#bytes;
		if (most <= 0) return;
		const copy = copyOf(piece.subarray(0, most));
		this.#room.take(copy.length);
		this.#pieces.push(copy);
		this.#bytes += copy.length;
	}

	finish(): { readonly type: 'document'; readonly bytes: Uint8Array } {
		return { type: 'document', bytes: Buffer.concat(this.#pieces) };
	}

	close(): void {}
}
