import { changeBefore } from '../../filetree/comparison.ts';
import type { RunSteps, Steps } from '../../steps.ts';
import type { FileServices } from '../model/effects/requests.ts';
import { shownPath } from '../model/frame/names.ts';
import type { ExplorerStart } from '../model/shown/go-to.ts';
import { firstView } from '../model/shown/show-subject.ts';
import type { Subject } from '../model/subject.ts';
import { type Answer, said, type Talk } from './answer.ts';
import { commandNamed, helpAnswer, unknownAnswer } from './commands/command-table.ts';
import { list } from './commands/view-commands.ts';
import { PAGE_ROWS, Pages } from './pages.ts';

export interface DialogueOptions {
	readonly services: FileServices;
	readonly run: RunSteps;
	/** Says lines at once. */
	readonly say: (lines: readonly string[]) => void;
}

/** Commands about a subject, one after the other, and what is said of them. */
export class Dialogue implements Talk {
	readonly services: FileServices;
	readonly #runSteps: RunSteps;
	readonly #say: DialogueOptions['say'];
	#subject: Subject;
	#folder = 0;
	#working = new AbortController();
	#pages: Pages | null = null;
	#filtered: Answer['filtered'];
	/** Hears that more is known of the subject. */
	#onKnown = Promise.withResolvers<void>();

	constructor(subject: Subject, { services, run, say }: DialogueOptions) {
		this.#subject = subject;
		this.services = services;
		this.#runSteps = run;
		this.#say = say;
		const folder = subject.kind === 'difference' ? subject.start.folder : null;
		if (folder !== null) this.#folder = folder;
	}

	get subject(): Subject {
		return this.#subject;
	}

	get folder(): number {
		return this.#folder;
	}

	get signal(): AbortSignal {
		return this.#working.signal;
	}

	/** More is known about the same subject. */
	follow(subject: Subject): void {
		this.#subject = subject;
		this.#onKnown.resolve();
		this.#onKnown = Promise.withResolvers();
	}

	/** Stops what is being done. */
	interrupt(): void {
		this.#working.abort();
	}

	run<T>(steps: Steps<T>): Promise<T> {
		return this.#runSteps(steps, this.signal);
	}

	async untilKnown(names: readonly string[]): Promise<Subject> {
		let isSaid = false;
		while (names.some((name) => this.#isWaiting(name))) {
			if (!isSaid) this.#say(['Working that out.']);
			isSaid = true;
			await Promise.race([this.#onKnown.promise, aborted(this.signal)]);
			this.signal.throwIfAborted();
		}
		return this.#subject;
	}

	/** What the subject comes to, and its first list. */
	async greet(): Promise<void> {
		await this.#answer(() => list(firstView(this.#subject), this));
		this.#say(['Type help for the commands.']);
	}

	/** Goes where the user asked to begin. */
	async start({ place, message }: ExplorerStart): Promise<void> {
		if (message !== null) this.#say([message]);
		if (place === null) return;
		const { node, layer } = place;
		if (node === 0) return this.do(`layer ${layer + 1}`);
		const { tree } = this.#subject;
		const isFolder = tree.subtreeEnds[node] > node + 1;
		this.#folder = isFolder ? node : tree.parents[node];
		const point = changeBefore(tree, node, tree.layerCount) < 0 ? tree.layerCount : layer + 1;
		await this.do(`about ${shownPath(tree, node)} @${point}`);
	}

	/** Does what a line says. */
	async do(line: string): Promise<void> {
		const [, name = '', argument = ''] = /^\s*(\S*)\s*(.*?)\s*$/s.exec(line) ?? [];
		if (name === '') return;
		this.#working = new AbortController();
		if (name === 'more') return this.#more(argument);
		await this.#answer(() => this.#answerTo(name, argument));
	}

	async #answerTo(name: string, argument: string): Promise<Answer> {
		const { kind } = this.#subject;
		if (name === 'help' || name === '?') return helpAnswer(kind);
		if (name === 'filter') return this.#filter(argument);
		const command = commandNamed(name, kind);
		return command === undefined ? unknownAnswer(name, kind) : command.run(argument, this);
	}

	async #filter(text: string): Promise<Answer> {
		return this.#filtered === undefined ? said('There is no list to filter yet.') : this.#filtered(text);
	}

	async #answer(work: () => Promise<Answer>): Promise<void> {
		await this.#unlessInterrupted(async () => {
			const { lines, list: rows, folder, filtered } = await work();
			if (folder !== undefined) this.#folder = folder;
			this.#filtered = filtered ?? this.#filtered;
			this.#pages = rows === undefined ? this.#pages : new Pages(rows);
			const page = rows === undefined ? [] : ((await this.#pages?.page(PAGE_ROWS)) ?? []);
			this.#say([...lines, ...page]);
		});
	}

	async #more(argument: string): Promise<void> {
		const size = /^[1-9]\d{0,4}$/.test(argument) ? Number(argument) : PAGE_ROWS;
		await this.#unlessInterrupted(async () => {
			const page = (await this.#pages?.page(size)) ?? [];
			this.#say(page.length === 0 ? ['There is nothing more.'] : page);
		});
	}

	/** What the user stops is no failure. */
	async #unlessInterrupted(work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (error) {
			if (!this.signal.aborted) throw error;
			this.#say(['Stopped.']);
		}
	}

	#isWaiting(name: string): boolean {
		const details: Readonly<Record<string, { readonly kind: string }>> = this.#subject.details;
		return details[name]?.kind === 'waiting';
	}
}

function aborted(signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
