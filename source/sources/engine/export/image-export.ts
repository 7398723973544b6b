import type { Chunks } from '../../../tar/compression/unpack.ts';
import type { ImageExport } from '../engine-image.ts';
import type { Engine } from '../http/engine-api.ts';
import { openBody, streamBody } from '../http/response-body.ts';

/** The export of an engine that speaks HTTP; `path` is the API call. */
export function httpExport({ connection }: Engine, path: string): ImageExport {
	return {
		stream: (sink, signal) => streamBody(connection, { path, sink, signal }),
		open: (signal) => openBody(connection, path, signal),
	};
}

/** The export that a program writes to its standard output. */
export function programExport(open: (signal: AbortSignal | undefined) => Chunks): ImageExport {
	return {
		stream: async (sink, signal) => {
			for await (const chunk of open(signal)) sink(chunk);
		},
		open: async (signal) => open(signal),
	};
}
