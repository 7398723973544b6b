import { constants, createReadStream, openSync, type Stats } from 'node:fs';
import { Socket } from 'node:net';
import { isatty, ReadStream } from 'node:tty';
import type { Chunks } from '../../tar/compression/unpack.ts';

/**
 * Opens what is neither a file nor a folder. Pipes and terminals are waited for, not read with a thread that blocks until something
 * comes: the process could not end before it does. Throws the system's errors.
 */
export function openSpecialFile(path: string, stats: Stats): Chunks {
	if (!stats.isFIFO() && !stats.isCharacterDevice()) return createReadStream(path);
	const fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
	if (stats.isFIFO()) return new Socket({ fd, readable: true, writable: false });
	return isatty(fd) ? new ReadStream(fd) : createReadStream(path, { fd });
}
