import type { AnswerName, Answers, AskedAnswers } from '../analysis/answers.ts';
import type { Figures } from '../analysis/figures.ts';
import type { LayerCache } from '../cache/layer-cache.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import type { ReadImage } from '../sources/image-source.ts';
import type { LayerWorkers } from '../sources/workers/layer-workers.ts';
import { SessionContents } from './session-contents.ts';
import { SessionFiles } from './session-files.ts';

export interface SessionParts {
	readonly read: Omit<ReadImage, 'changesets'>;
	readonly tree: FileTree;
	readonly figures: Figures;
	readonly answers: AskedAnswers;
	readonly workers: LayerWorkers;
	readonly cache: LayerCache;
}

/** One image while it is looked at. It holds threads, files and connections, and has to be closed. */
export class ImageSession {
	/** What the image says of itself, and where it was found. */
	readonly image: Omit<ReadImage, 'changesets' | 'content' | 'answers' | 'files' | 'identityScheme'>;
	readonly tree: FileTree;
	/** What is worked out in any case. */
	readonly figures: Figures;
	/** The content of its files. */
	readonly files: SessionFiles;
	/** The SHA-256 of its files. */
	readonly contents: SessionContents;
	readonly #answers: AskedAnswers;
	readonly #workers: LayerWorkers;

	constructor({ read, tree, figures, answers, workers, cache }: SessionParts) {
		const { content: _content, answers: address, files, identityScheme, ...image } = read;
		this.image = image;
		this.tree = tree;
		this.figures = figures;
		const { reference } = image;
		this.files = new SessionFiles({ reference, tree, reader: files });
		this.contents = new SessionContents({
			reference,
			tree,
			reader: files,
			workers,
			cache,
			address,
			identityScheme,
		});
		this.#answers = answers;
		this.#workers = workers;
	}

	/** What is worked out only when it is asked for, each answer once. Throws `interrupted` when the signal is aborted. */
	ask<Name extends AnswerName>(names: readonly Name[], signal?: AbortSignal): Promise<Pick<Answers, Name>> {
		return this.#answers.ask(names, signal);
	}

	/** Ends workers, closes files and connections, and removes what was unpacked. */
	async close(): Promise<void> {
		await Promise.all([this.#workers.close(), this.files.close()]);
	}
}
