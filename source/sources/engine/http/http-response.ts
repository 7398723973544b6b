import type { IncomingHttpHeaders } from 'node:http';

const MOST_HEAD_BYTES = 64 * 1024;
const CR = 0x0d;
const LF = 0x0a;

type State = 'head' | 'body' | 'size' | 'chunk' | 'chunk-end' | 'trailer' | 'done';

/**
 * Takes a response of HTTP (RFC 9112) as it comes, and gives the body on without a copy. Node's own client makes a chunk of memory of
 * each piece and passes it through three streams, which takes longer than an engine takes to send it.
 */
export class HttpResponse {
	status = 0;
	headers: IncomingHttpHeaders = {};
	readonly #sink: (piece: Uint8Array) => void;
	#state: State = 'head';
	#line = '';
	/** Of the body or the chunk; infinite where only the end of the connection ends it. */
	#left = Number.POSITIVE_INFINITY;

	/** `sink` gets views of the body that do not outlive the call; status and headers are there by then. */
	constructor(sink: (piece: Uint8Array) => void) {
		this.#sink = sink;
	}

	get isDone(): boolean {
		return this.#state === 'done';
	}

	/** Whether the response is whole if the connection ends now. */
	get mayEnd(): boolean {
		return this.isDone || (this.#state === 'body' && this.#left === Number.POSITIVE_INFINITY);
	}

	/** Throws for what is no HTTP. */
	write(piece: Uint8Array): void {
		for (let offset = 0; offset < piece.length && this.#state !== 'done'; ) {
			offset =
				this.#state === 'body' || this.#state === 'chunk'
					? this.#takeBody(piece, offset)
					: this.#takeLine(piece, offset);
		}
	}

	#takeBody(piece: Uint8Array, offset: number): number {
		const end = Math.min(piece.length, offset + this.#left);
		this.#left -= end - offset;
		this.#sink(piece.subarray(offset, end));
		if (this.#left === 0) this.#state = this.#state === 'chunk' ? 'chunk-end' : 'done';
		return end;
	}

	#takeLine(piece: Uint8Array, offset: number): number {
		const found = piece.indexOf(LF, offset);
		const end = found === -1 ? piece.length : found;
		this.#line += Buffer.from(piece.buffer, piece.byteOffset + offset, end - offset).toString('latin1');
		if (this.#line.length > MOST_HEAD_BYTES) throw new Error('the answer is no HTTP');
		if (found === -1) return end;
		if (this.#state === 'head') this.#line += '\n';
		else this.#endLine();
		if (this.#state === 'head' && /(?:^|\n)\r?\n$/.test(this.#line)) this.#endHead();
		return end + 1;
	}

	#endLine(): void {
		const line = this.#line.charCodeAt(this.#line.length - 1) === CR ? this.#line.slice(0, -1) : this.#line;
		this.#line = '';
		if (this.#state === 'chunk-end') this.#state = 'size';
		else if (this.#state === 'trailer') this.#state = line === '' ? 'done' : 'trailer';
		else {
			const size = /^([0-9a-f]{1,12})(?:[;\s]|$)/i.exec(line)?.[1];
			if (size === undefined) throw new Error('a chunk of the answer has no size');
			this.#left = Number.parseInt(size, 16);
			this.#state = this.#left === 0 ? 'trailer' : 'chunk';
		}
	}

	#endHead(): void {
		const [first = '', ...lines] = this.#line.split(/\r?\n/);
		const status = /^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1];
		if (status === undefined) throw new Error('the answer is no HTTP');
		this.#line = '';
		this.status = Number(status);
		// What is said before the answer, such as 100, has no body.
		if (this.status < 200) return;
		const fields = lines.filter((line) => line.includes(':'));
		this.headers = Object.fromEntries(
			fields.map((line) => {
				const colon = line.indexOf(':');
				return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
			}),
		);
		const length = this.headers['content-length'];
		if (/chunked/i.test(String(this.headers['transfer-encoding']))) this.#state = 'size';
		else {
			this.#left = length === undefined ? Number.POSITIVE_INFINITY : Number(length);
			this.#state = this.#left > 0 ? 'body' : 'done';
		}
	}
}
