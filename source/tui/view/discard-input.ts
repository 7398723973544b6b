import { closeSync, constants, openSync, readSync } from 'node:fs';
import type { ReadStream } from 'node:tty';

/** A paste comes in pieces. Looks are counted, not time alone, because a busy system runs what brings the next piece as late as this. */
const EMPTY_READS = 16;
const PAUSE_MILLISECONDS = 3;
/** Input that never ends, such as a key that is held down, is not waited for longer than this. */
const MAXIMUM_MILLISECONDS = 1000;

const buffer = new Uint8Array(64 * 1024);
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/**
 * Throws away what is still in the input of the terminal, until nothing has come for a moment: whoever reads the terminal next, the shell
 * above all, would run it. Synchronous, so that it also works while the process ends. Leaves the mode of the terminal as it was.
 */
export function discardInput(keyboard: ReadStream): void {
	// The terminal keeps an unfinished line to itself unless it is in raw mode.
	const { isRaw } = keyboard;
	keyboard.setRawMode(true);
	const terminal = openTerminal();
	if (terminal !== null) {
		readUntilQuiet(terminal);
		closeSync(terminal);
	}
	keyboard.setRawMode(isRaw);
}

/** Opens the terminal a second time, for reads that do not wait; null where there is none. */
function openTerminal(): number | null {
	try {
		return openSync('/dev/tty', constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
	} catch {
		return null;
	}
}

function readUntilQuiet(terminal: number): void {
	const end = performance.now() + MAXIMUM_MILLISECONDS;
	let emptyReads = 0;
	while (emptyReads < EMPTY_READS && performance.now() < end) {
		const found = readSome(terminal);
		if (found === 'end') return;
		if (found === 'input') {
			emptyReads = 0;
		} else {
			emptyReads += 1;
			Atomics.wait(sleeper, 0, 0, PAUSE_MILLISECONDS);
		}
	}
}

function readSome(terminal: number): 'input' | 'nothing' | 'end' {
	try {
		return readSync(terminal, buffer) > 0 ? 'input' : 'end';
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EAGAIN' ? 'nothing' : 'end';
	}
}
