import { createInterface, type Interface } from 'node:readline';
import type { RunSteps } from '../../steps.ts';
import { formatBytes } from '../../text/bytes.ts';
import { escapeForTerminal } from '../../text/escape.ts';
import { withoutLogCommands } from '../../text/log-commands.ts';
import type { FileServices } from '../model/effects/requests.ts';
import type { KnownDetails } from '../model/image-details.ts';
import type { KnownPairDetails } from '../model/pair-details.ts';
import type { ReadingImage } from '../model/reading.ts';
import type { ExplorerStart } from '../model/shown/go-to.ts';
import type { Subject } from '../model/subject.ts';
import { Dialogue } from './dialogue.ts';

export interface PlainScreenOptions {
	/** What is being opened, as the user wrote it. */
	readonly references: readonly string[];
	/** Where commands come from: a terminal, or a script of them. */
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	readonly files: FileServices;
	readonly run: RunSteps;
}

/** Begins to say what is read. */
export function openPlain(options: PlainScreenOptions): PlainScreen {
	return new PlainScreen(options);
}

/** Between two lines about how far the reading is. */
const PROGRESS_MILLISECONDS = 5000;
/** Lines of a script that are read ahead. */
const MOST_WAITING = 100;

/**
 * The explorer without a screen: lines of text, and commands one a line. Nothing is drawn, coloured or said twice, so that a screen reader reads
 * it as it comes. What a line is edited with is `node:readline`'s, as in any other prompt.
 */
export class PlainScreen {
	readonly closed: Promise<'left'>;
	readonly #options: PlainScreenOptions;
	readonly #end = Promise.withResolvers<'left'>();
	#lines: Interface | null = null;
	#dialogue: Dialogue | null = null;
	#start: ExplorerStart | null = null;
	#waiting: readonly (() => Promise<void>)[] = [];
	#isBusy = false;
	#isClosed = false;
	#saidAt = performance.now();
	#saidWait: string | null = null;

	constructor(options: PlainScreenOptions) {
		this.#options = options;
		this.closed = this.#end.promise;
	}

	showReading({ progress = null, waiting = null }: Partial<ReadingImage>, image = 0): void {
		if (this.#dialogue !== null || !this.#options.stdout.isTTY) return;
		if (waiting !== null && waiting !== this.#saidWait) this.#say([escapeForTerminal(waiting)]);
		this.#saidWait = waiting ?? this.#saidWait;
		if (progress === null || performance.now() - this.#saidAt < PROGRESS_MILLISECONDS) return;
		this.#saidAt = performance.now();
		const { bytesDone, bytesTotal, phase } = progress;
		const total = bytesTotal === null ? '' : ` of ${formatBytes(bytesTotal)}`;
		const name = escapeForTerminal(this.#options.references[image] ?? '');
		const verb = phase === 'layers' ? 'Reading' : 'Comparing';
		this.#say([`${verb} ${name}: ${formatBytes(bytesDone)}${total}`]);
	}

	/** Says what the subject comes to once all of it is read, and takes commands from then on. */
	show(subject: Subject): void {
		if (subject.kind === 'image' && subject.stage.kind !== 'complete') return;
		const { files: services, run } = this.#options;
		const dialogue = new Dialogue(subject, { services, run, say: (lines) => this.#say(lines) });
		this.#dialogue = dialogue;
		this.#do(async () => {
			await dialogue.greet();
			if (this.#start !== null) await dialogue.start(this.#start);
			this.#listen();
		});
	}

	showDetails(details: Partial<KnownDetails>): void {
		const subject = this.#dialogue?.subject;
		if (subject?.kind !== 'image') return;
		this.#dialogue?.follow({ ...subject, details: { ...subject.details, ...details } });
	}

	showPairDetails(details: Partial<KnownPairDetails>): void {
		const subject = this.#dialogue?.subject;
		if (subject?.kind !== 'difference') return;
		this.#dialogue?.follow({ ...subject, details: { ...subject.details, ...details } });
	}

	startAt(start: ExplorerStart): void {
		const dialogue = this.#dialogue;
		if (dialogue === null) this.#start = start;
		else this.#do(() => dialogue.start(start));
	}

	close(): void {
		this.#isClosed = true;
		this.#dialogue?.interrupt();
		this.#lines?.close();
		this.#end.resolve('left');
	}

	#listen(): void {
		const { stdin, stdout } = this.#options;
		if (this.#isClosed || this.#lines !== null) return;
		const terminal = stdin.isTTY && stdout.isTTY;
		const lines = createInterface({ input: stdin, output: stdout, terminal, prompt: '> ', historySize: 500 });
		this.#lines = lines;
		lines.on('line', (line) => {
			if (this.#waiting.length > MOST_WAITING) lines.pause();
			this.#do(async () => {
				if (/^\s*(?:quit|exit|q)\s*$/.test(line)) this.close();
				else await this.#dialogue?.do(line);
			});
		});
		// After Ctrl-Z and `fg` it has paused its input.
		lines.on('SIGCONT', () => lines.prompt(true));
		lines.on('SIGINT', () => this.#interrupt(lines));
		// The end of a script, or Ctrl-D; what came before is still done.
		lines.on('close', () =>
			this.#do(async () => {
				if (terminal) this.#say(['']);
				this.close();
			}),
		);
	}

	/** What is being done is stopped, what is being typed is given up, and else the user leaves. */
	#interrupt(lines: Interface): void {
		if (this.#isBusy) this.#dialogue?.interrupt();
		else if (lines.line === '') lines.close();
		else {
			lines.write(null, { ctrl: true, name: 'e' });
			lines.write(null, { ctrl: true, name: 'u' });
		}
	}

	/** Does one thing after the other. */
	#do(work: () => Promise<void>): void {
		this.#waiting = [...this.#waiting, work];
		if (!this.#isBusy) this.#work().catch((error) => this.#fail(error));
	}

	async #work(): Promise<void> {
		this.#isBusy = true;
		for (let [next] = this.#waiting; next !== undefined && !this.#isClosed; [next] = this.#waiting) {
			this.#waiting = this.#waiting.slice(1);
			await next();
		}
		this.#isBusy = false;
		if (this.#isClosed) return;
		this.#lines?.resume();
		if (this.#options.stdin.isTTY) this.#lines?.prompt();
	}

	#fail(error: unknown): void {
		this.#isClosed = true;
		this.#lines?.close();
		this.#end.reject(error);
	}

	#say(lines: readonly string[]): void {
		const { stdout } = this.#options;
		if (this.#isClosed || lines.length === 0) return;
		const text = lines.map((line) => `${line}\n`).join('');
		stdout.write(stdout.isTTY ? text : withoutLogCommands(text));
	}
}
