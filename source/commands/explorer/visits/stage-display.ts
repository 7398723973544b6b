import type { ImageSession } from '../../../session/image-session.ts';
import type { ImageOpening } from '../../../session/open-image.ts';
import type { ImageView, Stage } from '../../../session/stages.ts';
import { nothingKnown } from '../../../tui/model/image-details.ts';
import type { OpenedImage, Stage as ShownStage } from '../../../tui/model/opened-image.ts';
import type { ImageSheet } from '../../../tui/view/sheets/sheet.ts';
import { type DetailsChoice, DetailsDisplay } from '../details-display.ts';
import type { LeftImage } from '../farewell.ts';
import type { ExplorerFiles } from '../files/explorer-files.ts';
import { ProgressDisplay } from '../progress-display.ts';
import { findStart, type WantedStart } from '../start-place.ts';

/** A sheet, and who reads the files of what it shows. */
export interface ShownOn {
	readonly sheet: ImageSheet;
	readonly files: ExplorerFiles;
}

/** What is shown of an image. */
export interface VisitedImage {
	readonly details: DetailsChoice;
	/** Where the user asks to begin. */
	readonly start?: WantedStart | null;
	/** What else is done with the image once it is read; when that fails, so does exploring. */
	readonly onComplete?: (session: ImageSession) => Promise<void>;
}

/** Shows each stage of an image on the screen. */
export class StageDisplay {
	/** Whether the image is read; `onComplete` may still be at work. */
	isRead = false;
	/** The image is complete, if without layers that cannot be read. Rejects when it, or something after it, fails. */
	readonly finished: Promise<void>;
	readonly #sheet: ImageSheet;
	readonly #files: ExplorerFiles;
	readonly #progress: ProgressDisplay;
	readonly #choice: DetailsChoice;
	#details: DetailsDisplay;
	/** What was shown last, so that a stage that brings progress alone draws no image. */
	#shown: ImageView | null = null;

	/** What was shown of all layers. */
	#whole: ImageView | null = null;
	/** Whether the image has been left. */
	#isClosed = false;
	/** Where the user is still to be taken. */
	#start: WantedStart | null;

	constructor(
		{ sheet, files }: ShownOn,
		opening: ImageOpening,
		{ details, onComplete, start = null }: Pick<VisitedImage, 'details' | 'onComplete' | 'start'>,
	) {
		this.#start = start;
		this.#sheet = sheet;
		this.#files = files;
		this.#progress = new ProgressDisplay(sheet);
		this.#choice = details;
		this.#details = new DetailsDisplay(sheet, details);
		const finished = Promise.withResolvers<void>();
		this.finished = finished.promise;
		this.#show(opening.stages, async (session) => {
			await onComplete?.(session);
			finished.resolve();
		}).catch(finished.reject);
		// The user may have left before it fails.
		this.finished.catch(() => {});
	}

	/** What is known of the image; null until all of its layers are read. */
	get left(): LeftImage | null {
		if (this.#whole === null) return null;
		return { figures: this.#whole.figures, findings: this.#details.known.findings ?? null };
	}

	/** Stops working out details. */
	close(): void {
		this.#isClosed = true;
		this.#progress.close();
		this.#details.close();
	}

	async #show(
		stages: AsyncIterable<Stage>,
		onComplete: NonNullable<VisitedImage['onComplete']>,
	): Promise<void> {
		for await (const stage of stages) {
			if (stage.kind === 'complete') {
				await this.#showComplete(stage, onComplete);
				continue;
			}
			const view = stage.kind === 'draft' ? stage.draft : stage.shown;
			const { layers } = stage;
			if (view !== null && view !== this.#shown)
				this.#showView(
					view,
					stage.kind === 'draft'
						? { kind: 'comparing', layers }
						: { kind: 'reading', progress: stage.progress, layers },
				);
			else if (layers.length > 0) this.#sheet.showLayers?.(layers);
			// All layers are in a draft.
			if (stage.kind === 'draft') await this.#goToStart(stage.draft);
			if (stage.progress !== null) this.#progress.show(stage.progress);
		}
	}

	/** The image is complete more than once where a layer could be read at another attempt alone. */
	async #showComplete(
		{ session, layers }: Extract<Stage, { readonly kind: 'complete' }>,
		onComplete: NonNullable<VisitedImage['onComplete']>,
	): Promise<void> {
		if (session === this.#shown) {
			if (!this.#isClosed) this.#sheet.showLayers?.(layers);
			return;
		}
		const isFirst = !this.isRead;
		this.isRead = true;
		if (isFirst) await onComplete(session);
		if (this.#isClosed) return;
		this.#files.open(session);
		this.#showView(session, { kind: 'complete', ...(layers.length > 0 && { layers }) });
		await this.#goToStart(session);
		if (!isFirst) {
			this.#details.close();
			this.#details = new DetailsDisplay(this.#sheet, this.#choice);
		}
		this.#details.show(session);
	}

	async #goToStart({ tree }: Pick<ImageView, 'tree'>): Promise<void> {
		const start = this.#start;
		this.#start = null;
		if (start !== null && !this.#isClosed) this.#sheet.startAt(await findStart(tree, start));
	}

	#showView(view: ImageView, stage: ShownStage): void {
		if (this.#isClosed) return;
		this.#shown = view;
		if (stage.kind !== 'reading') this.#whole = view;
		this.#sheet.show(openedImage(view, stage));
	}
}

function openedImage({ image, tree, figures }: ImageView, stage: ShownStage): OpenedImage {
	const {
		reference,
		sourceKind,
		foundIn,
		description,
		warnings,
		notices,
		instructions = [],
		choices,
	} = image;
	const isContainer = sourceKind === 'container';
	const read = { reference, foundIn, isContainer, description, warnings, notices, instructions };
	return {
		kind: 'image',
		...read,
		...(choices !== undefined && { choices }),
		tree,
		figures,
		stage,
		details: nothingKnown,
	};
}
