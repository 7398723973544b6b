import { decodeName } from '../../../text/decode-name.ts';
import { escapeForTerminal } from '../../../text/escape.ts';
import { withoutLogCommandsInPatch } from '../../../text/log-commands.ts';
import type { Paint, Tone } from '../../../text/paint.ts';
import type { ByteBuffer } from '../../byte-buffer.ts';
import type { ReportOptions } from '../../reporter.ts';

/** What the lines of files begin with in a patch. */
export type Mark = ' ' | '-' | '+';

/** Of a longer line, what is not written exactly is the start. */
const MOST_SHOWN_BYTES = 10_000;
/** To look closer into a longer line takes long. */
const MOST_INSPECTED_BYTES = 256 * 1024;

/** Nearly every line can be told to be no command by this alone. */
const mayBeCommand = /::|##|_(?:start|end|fold|time):|~~~|\^\^\^/i;

const tones: Readonly<Partial<Record<Mark, Tone>>> = { '-': 'bad', '+': 'good' };

export type PatchLayout = Pick<ReportOptions, 'width' | 'paint' | 'isLog'>;

/**
 * Writes the lines of a patch. To a terminal they are escaped and coloured; a pipe gets the bytes of files as they are, unless a line would be
 * a command to a CI system; a file gets all of them as they are.
 */
export class PatchLines {
	readonly #isTerminal: boolean;
	readonly #isLog: boolean;
	readonly #paint: Paint;
	#buffer: () => ByteBuffer;

	/** `buffer` gives the buffer to append to. */
	constructor({ width, paint, isLog }: PatchLayout, buffer: () => ByteBuffer) {
		this.#isTerminal = width !== null;
		this.#isLog = isLog;
		this.#paint = paint;
		this.#buffer = buffer;
	}

	/** A line for people, which programs that apply patches take for no part of one. The text has to be safe for a terminal. */
	note(text: string): void {
		this.#appendText(this.#paint('faint', this.#forLog(`# ${text}`)));
	}

	/** A line of the header of a file. The text has to be safe for a terminal, and for a log except that it may begin with a mark of a patch. */
	header(text: string): void {
		this.#appendText(this.#paint('heading', this.#forLog(text)));
	}

	/** The line before a hunk. A hunk with an escaped line is marked so that no program applies it. */
	hunkHeader(ranges: string, isEscaped: boolean): void {
		this.#appendText(this.#paint('faint', isEscaped ? `@@ ${ranges} escaped @@` : `@@ ${ranges} @@`));
	}

	/** A line of a file, without its line break. */
	content(mark: Mark, line: Uint8Array): void {
		const tone = tones[mark];
		if (this.#isTerminal) {
			const text = this.#forLog(`${mark}${terminalText(line)}`);
			this.#appendText(tone === undefined ? text : this.#paint(tone, text));
		} else if (this.escapes(mark, line)) {
			const text = Buffer.from(startOf(line)).toString('utf8');
			this.#appendText(this.#forLog(`${mark}${text}${startOf(line) === line ? '' : '…'}`));
		} else {
			const buffer = this.#buffer();
			buffer.appendByte(mark.charCodeAt(0));
			buffer.appendBytes(line);
			buffer.appendByte(LINE_FEED);
		}
	}

	/** Whether a line would be a command to a CI system that may read it, or a very long one may be, so that it is not written as it is. */
	escapes(mark: Mark, line: Uint8Array): boolean {
		if (!this.#isLog) return false;
		const latin = Buffer.from(line.buffer, line.byteOffset, line.length).toString('latin1');
		if (!mayBeCommand.test(latin)) return false;
		if (line.length > MOST_INSPECTED_BYTES) return true;
		const text = mark + Buffer.from(line).toString('utf8');
		return withoutLogCommandsInPatch(text) !== text;
	}

	/** After a last line without a line break. */
	noLineBreak(): void {
		this.#appendText('\\ No newline at end of file');
	}

	#forLog(text: string): string {
		return this.#isLog ? withoutLogCommandsInPatch(text) : text;
	}

	#appendText(text: string): void {
		this.#buffer().appendText(`${text}\n`);
	}
}

const LINE_FEED = 0x0a;

/** Tabs stay: no columns follow that they could shift. */
function terminalText(line: Uint8Array): string {
	const shown = startOf(line);
	const text = decodeName(shown).split('\t').map(escapeForTerminal).join('\t');
	return shown === line ? text : `${text}…`;
}

function startOf(line: Uint8Array): Uint8Array {
	return line.length > MOST_SHOWN_BYTES ? line.subarray(0, MOST_SHOWN_BYTES) : line;
}
