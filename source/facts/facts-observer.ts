import { messageOf } from '../errors.ts';
import type { Steps } from '../steps.ts';
import type { EntryFact, FactGroup, LayerFacts } from '../tar/changeset.ts';
import type { ContentObserver, ContentWatcher, ObservedFile } from '../tar/contents/content-observer.ts';
import type { GroupReader } from './fact-groups.ts';
import { FactError, type FactSink, type LayerFile } from './fact-reader.ts';
import { ReaderIndex } from './reader-index.ts';

/** A file whose content at least one reader wants. */
export interface FileWatcher extends ContentWatcher {
	/** Whether no reader wants more of it. */
	readonly isDone: boolean;
	/** The position in the file before which no reader wants more, bytes from its start; infinite once it is done. */
	readonly wantsFrom: number;
	/** Passes over bytes instead of writing them: at most up to `wantsFrom`. */
	skip(bytes: number): void;
}

interface OpenSink {
	readonly from: GroupReader;
	readonly sink: FactSink<unknown>;
}

/** Lets readers look at the contents of a layer's files, and keeps what they find. */
export class FactsObserver implements ContentObserver {
	readonly #readers: ReaderIndex;
	readonly #facts: Partial<Record<FactGroup, EntryFact[]>>;
	/** What takes longer than to wait for it would be right. */
	readonly #late: LateFact[] = [];
	#wasLate = false;
	readonly #taker: FactTaker = {
		take: (from, entry, said) => this.#take({ from, entry }, said),
		takeLate: (late) => this.#late.push(late),
	};

	constructor(readers: readonly GroupReader[]) {
		this.#readers = new ReaderIndex(readers);
		this.#facts = Object.fromEntries(readers.map(({ group }) => [group, []]));
	}

	open({ entry, path, bytes, mode }: ObservedFile): FileWatcher | null {
		const file: LayerFile = { path: latin1Of(path), bytes, mode };
		const sinks: OpenSink[] = [];
		for (const from of this.#readers.readersFor(file.path)) {
			const sink = from.reader.open(file);
			if (sink !== null) sinks.push({ from, sink });
		}
		return sinks.length === 0 ? null : new Watching(entry, sinks, this.#taker);
	}

	get isBehind(): boolean {
		return this.#late.length > 0;
	}

	step(): void {
		const [first] = this.#late;
		if (first === undefined) return;
		const said = stepOf(first.sink, first.steps);
		if (said.fact === unfinished) return;
		this.#late.shift();
		this.#wasLate = true;
		this.#take(first, said);
	}

	finish(): LayerFacts {
		while (this.isBehind) this.step();
		if (this.#wasLate)
			for (const facts of Object.values(this.#facts)) facts.sort((left, right) => left.entry - right.entry);
		return this.#facts;
	}

	#take({ from, entry }: Pick<LateFact, 'from' | 'entry'>, { fact, problem }: Said): void {
		if (fact === null && problem === null) return;
		this.#facts[from.group]?.push({ reader: from.reader.name, entry, fact, problem });
	}
}

interface LateFact extends OpenSink {
	readonly entry: number;
	readonly steps: Steps<unknown>;
}

/** In place of a fact that takes more steps. */
const unfinished = Symbol('unfinished');

function latin1Of({ buffer, byteOffset, length }: Uint8Array): string {
	return Buffer.from(buffer, byteOffset, length).toString('latin1');
}

type Said = Pick<EntryFact, 'fact' | 'problem'>;

interface FactTaker {
	readonly take: (from: GroupReader, entry: number, said: Said) => void;
	readonly takeLate: (late: LateFact) => void;
}

class Watching implements FileWatcher {
	readonly #entry: number;
	readonly #sinks: readonly OpenSink[];
	readonly #taker: FactTaker;
	#position = 0;
	/** What threw while it was written to; null where nothing did, as there is one of these for nearly every file of an image. */
	#problems: Map<OpenSink, string> | null = null;

	constructor(entry: number, sinks: readonly OpenSink[], taker: FactTaker) {
		this.#entry = entry;
		this.#sinks = sinks;
		this.#taker = taker;
	}

	get isDone(): boolean {
		return this.#sinks.every((open) => this.#isDone(open));
	}

	get wantsFrom(): number {
		let from = Infinity;
		for (const open of this.#sinks)
			if (!this.#isDone(open)) from = Math.min(from, open.sink.wantsFrom ?? this.#position);
		return from;
	}

	write(piece: Uint8Array): void {
		this.#position += piece.length;
		for (const open of this.#sinks) {
			if (this.#isDone(open)) continue;
			try {
				open.sink.write(piece);
			} catch (error) {
				this.#problems ??= new Map();
				this.#problems.set(open, problemOf(error));
			}
		}
	}

	skip(bytes: number): void {
		this.#position += bytes;
		for (const open of this.#sinks) if (!this.#isDone(open)) open.sink.skip?.(bytes);
	}

	end(): void {
		for (const open of this.#sinks) this.#end(open);
	}

	#end(open: OpenSink): void {
		const { from, sink } = open;
		const problem = this.#problems?.get(open) ?? null;
		if (problem !== null) this.#taker.take(from, this.#entry, { fact: null, problem });
		else if (sink.endInSteps === undefined)
			this.#taker.take(
				from,
				this.#entry,
				trying(sink, () => sink.end()),
			);
		else this.#endInSteps(open, sink.endInSteps());
	}

	/** Most are done with the first step. */
	#endInSteps(open: OpenSink, steps: Steps<unknown>): void {
		const said = stepOf(open.sink, steps);
		if (said.fact === unfinished) this.#taker.takeLate({ ...open, entry: this.#entry, steps });
		else this.#taker.take(open.from, this.#entry, said);
	}

	#isDone(open: OpenSink): boolean {
		return open.sink.isDone || this.#problems?.has(open) === true;
	}
}

function stepOf(sink: FactSink<unknown>, steps: Steps<unknown>): Said {
	return trying(sink, () => {
		const step = steps.next();
		return step.done === true ? step.value : unfinished;
	});
}

function trying(sink: FactSink<unknown>, work: () => unknown): Said {
	try {
		const fact = work();
		return { fact, problem: sink.problem ?? null };
	} catch (error) {
		return { fact: null, problem: problemOf(error) };
	}
}

/** A reader that fails in an unforeseen way on a hostile file must not end the reading of the image. */
function problemOf(error: unknown): string {
	return error instanceof FactError ? error.message : `it cannot be read (${messageOf(error)})`;
}
