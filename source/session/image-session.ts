import type { AnswerName, Answers, AskedAnswers } from '../analysis/answers.ts';
import type { Figures } from '../analysis/figures.ts';
import type { LayerCache } from '../cache/layer-cache.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import type { ImageDescription } from '../image/image.ts';
import type { ReadImage } from '../sources/image-source.ts';
import type { SharedFacts } from '../sources/sharing/shared-facts.ts';
import type { LayerWorkers } from '../sources/workers/layer-workers.ts';
import { SessionCopies } from './copies/session-copies.ts';
import { SessionContents } from './session-contents.ts';
import { SessionDetails } from './session-details.ts';
import { SessionFacts } from './session-facts.ts';
import { SessionFiles } from './session-files.ts';

export interface SessionParts {
	/** Without the values that look secret. */
	readonly read: Omit<ReadImage, 'changesets'>;
	/** The description with them. */
	readonly recorded: ImageDescription;
	readonly tree: FileTree;
	readonly figures: Figures;
	readonly answers: AskedAnswers;
	readonly workers: LayerWorkers;
	readonly cache: LayerCache;
	/** What is read of layers that another image has too; null where there is none. */
	readonly sharedFacts: SharedFacts | null;
	/** Gets how far the reading of contents is. */
	readonly onContents?: ((bytesDone: number, bytesTotal: number) => void) | undefined;
}

/** One image while it is looked at. It holds threads, files and connections, and has to be closed. */
export class ImageSession {
	/** What the image says of itself, without the values that look secret, and where it was found. */
	readonly image: Omit<
		ReadImage,
		'changesets' | 'content' | 'answers' | 'files' | 'identityScheme' | 'closedLayers'
	>;
	/** The description with all values: for comparisons and findings, and never to be shown. */
	readonly recorded: ImageDescription;
	readonly tree: FileTree;
	/** What is worked out in any case. */
	readonly figures: Figures;
	/** The content of its files. */
	readonly files: SessionFiles;
	/** The SHA-256 of its files. */
	readonly contents: SessionContents;
	/** What is read from the content of its files. */
	readonly facts: SessionFacts;
	/** What is worked out of it. */
	readonly details: SessionDetails;
	/** What its final file system has more than once. */
	readonly copies: SessionCopies;
	readonly #answers: AskedAnswers;
	readonly #workers: LayerWorkers;

	constructor(parts: SessionParts) {
		const { read, recorded, tree, figures, answers, workers, cache, sharedFacts, onContents } = parts;
		const { content: _content, answers: address, files, identityScheme, closedLayers, ...image } = read;
		this.image = image;
		this.recorded = recorded;
		this.tree = tree;
		this.figures = figures;
		const { reference } = image;
		const closed = closedLayers ?? new Set<number>();
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
		this.facts = new SessionFacts({
			reference,
			tree,
			reader: files,
			closedLayers: closed,
			workers,
			cache,
			address,
			shared: sharedFacts,
			onProgress: onContents,
		});
		this.copies = new SessionCopies({ tree, contents: this.contents, closedLayers: closed, cache, address });
		this.details = new SessionDetails({
			tree,
			figures,
			instructions: image.instructions ?? [],
			buildArguments: image.buildArguments ?? [],
			description: image.description,
			recorded,
			isFromRegistry: image.sourceKind === 'registry' || image.sourceKind === 'containerd',
			facts: this.facts,
			copies: this.copies,
			cache,
			address,
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
