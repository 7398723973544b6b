import type { Chunks } from '../../../tar/compression/unpack.ts';
import type { ImageExport } from '../engine-image.ts';
import type { Engine } from '../http/engine-api.ts';
import { openBody, streamBody, takeAll } from '../http/response-body.ts';

/** The export of an engine that speaks HTTP; `path` is the API call. */
export function httpExport({ connection }: Engine, path: string): ImageExport {
	return {
		stream: (taker, signal) => streamBody(connection, { path, taker, signal }),
		open: (signal) => openBody(connection, path, signal),
	};
}

/** The export that a program writes to its standard output. */
export function programExport(open: (signal: AbortSignal | undefined) => Chunks): ImageExport {
	return {
		stream: (taker, signal) => takeAll(open(signal), taker),
		open: async (signal) => open(signal),
	};
}
