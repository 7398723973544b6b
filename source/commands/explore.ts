import type { ImageSession } from '../session/image-session.ts';
import { type ImageOpening, openImage } from '../session/open-image.ts';
import type { SessionOptions } from '../session/session-options.ts';
import type { ImageView, Stage } from '../session/stages.ts';
import type { ImageChoice, ReadNote } from '../sources/image-source.ts';
import type { OpenedImage, Stage as ShownStage } from '../tui/model/opened-image.ts';
import type { Screen } from '../tui/view/screen.tsx';
import { ProgressDisplay } from './explorer/progress-display.ts';
import { untilLeft } from './explorer/until-left.ts';

export interface ExploreOptions {
	readonly choice: ImageChoice;
	readonly options: SessionOptions;
	/** A terminal to read keys from: not the stream that an image comes from. */
	readonly stdin: NodeJS.ReadStream;
	/** The terminal to draw on. */
	readonly stdout: NodeJS.WriteStream;
	/** Whether colours may be used. */
	readonly colour: boolean;
	/** Gives the terminal back when it is aborted. */
	readonly signal?: AbortSignal;
	/** What else is done with the image once it is read; when that fails, so does exploring. */
	readonly onComplete?: (session: ImageSession) => Promise<void>;
}

/**
 * Shows an image in the terminal until the user leaves. Leaving while it is still being read stops the reading, and is no error.
 * Throws what opening the image throws, and `interrupted` for Ctrl-C before anything is shown, with the terminal as it was before.
 */
export async function explore(given: ExploreOptions): Promise<void> {
	const { choice, options, stdin, stdout, colour, signal, onComplete } = given;
	const { openScreen } = await import('../tui/view/screen.tsx');
	const screen = openScreen({ references: [choice.reference], stdin, stdout, colour });
	signal?.addEventListener('abort', () => screen.close());
	const details: ReadNote[] = [];
	const onNote = (note: ReadNote): void => {
		if (note.kind === 'detail') details.push(note);
		else screen.showReading({ waiting: note.kind === 'waiting' ? note.message : null });
	};
	const opening = openImage(choice, { ...options, onNote, isWatched: true });
	const showing = new StageDisplay(screen, opening, onComplete);
	try {
		await Promise.race([showing.finished, screen.closed]);
		// The user who leaves while the image is read does not wait for the rest; what was asked for besides is still done.
		if (showing.isRead) await showing.finished;
		await untilLeft(screen);
	} catch (error) {
		screen.close();
		await screen.closed;
		throw error;
	} finally {
		await opening.close();
		// The screen had no place for them.
		for (const note of details) options.onNote?.(note);
	}
}

/** Shows each stage of an image on the screen. */
class StageDisplay {
	/** Whether the image is read; `onComplete` may still be at work. */
	isRead = false;
	readonly finished: Promise<void>;
	readonly #screen: Screen;
	readonly #progress: ProgressDisplay;
	/** What was shown last, so that a stage that brings progress alone draws no image. */
	#shown: ImageView | null = null;

	constructor(screen: Screen, opening: ImageOpening, onComplete: ExploreOptions['onComplete']) {
		this.#screen = screen;
		this.#progress = new ProgressDisplay(screen);
		this.finished = this.#show(opening.stages, onComplete);
		// The user may have left before it fails.
		this.finished.catch(() => {});
	}

	async #show(stages: AsyncIterable<Stage>, onComplete: ExploreOptions['onComplete']): Promise<void> {
		for await (const stage of stages) {
			if (stage.kind === 'complete') {
				this.isRead = true;
				await onComplete?.(stage.session);
				this.#showView(stage.session, { kind: 'complete' });
				return;
			}
			const view = stage.kind === 'draft' ? stage.draft : stage.lowest;
			const reading = { kind: 'reading', layersRead: 1, progress: null } as const;
			if (view !== null && view !== this.#shown)
				this.#showView(view, stage.kind === 'draft' ? { kind: 'comparing' } : reading);
			if (stage.progress !== null) this.#progress.show(stage.progress);
		}
	}

	#showView(view: ImageView, stage: ShownStage): void {
		this.#shown = view;
		this.#screen.show(openedImage(view, stage));
	}
}

function openedImage({ image, tree, figures }: ImageView, stage: ShownStage): OpenedImage {
	const { reference, foundIn, description, warnings, notices } = image;
	return { kind: 'image', reference, foundIn, description, tree, figures, warnings, notices, stage };
}
