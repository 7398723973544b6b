import { labelOf } from '../../../image/at-hand/image-at-hand.ts';
import { openImage } from '../../../session/open-image.ts';
import type { SessionOptions } from '../../../session/session-options.ts';
import type { ImageChoice, ReadNote } from '../../../sources/image-source.ts';
import type { ImageServices } from '../../../tui/model/effects/requests.ts';
import type { ImageSheet } from '../../../tui/view/sheets/sheet.ts';
import { ExplorerFiles, type FilesHost } from '../files/explorer-files.ts';
import { StageDisplay, type VisitedImage } from './stage-display.ts';
import type { Visit, VisitedName, VisitPlan, Ways } from './visit.ts';

/** The views show what is in contents: of a stream it is read on the way. */
const facts = ['packages', 'secrets', 'executables'] as const;

export interface ImagePlan extends VisitedImage {
	readonly name: VisitedName;
	readonly choice: ImageChoice;
	readonly options: SessionOptions;
	/** Whether the image is shown although layers cannot be read. */
	readonly isForgiving: boolean;
	readonly host: FilesHost;
}

/** Shows an image. Leaving it while it is still being read stops the reading, and is no error. */
export function imageVisit(
	plan: ImagePlan,
	ways: Pick<Ways, 'pick' | 'mark' | 'openAgain'>,
): VisitPlan<ImageSheet> {
	const { name, host } = plan;
	const files = new ExplorerFiles(host);
	let visit: ShownImage | null = null;
	const image: ImageServices = {
		'pick-image': async ({ subject }) =>
			subject.kind === 'image' ? ways.pick(name, subject) : { message: null },
		'mark-image': async () => ways.mark(name),
		'open-again': async ({ path, layer }) => ways.openAgain(name, { path, layer: layer + 1 }),
		'read-layer': async ({ layer, isAgain }) => {
			visit?.readLayer(layer, isAgain);
			return { isTaken: visit !== null };
		},
	};
	return {
		options: { references: [labelOf(name)], files: files.services, image },
		begin: (sheet) => {
			visit = new ShownImage(sheet, files, plan);
			return visit;
		},
	};
}

class ShownImage implements Visit {
	readonly name: VisitedName;
	readonly updateList = null;
	readonly #plan: ImagePlan;
	readonly #files: ExplorerFiles;
	readonly #opening: ReturnType<typeof openImage>;
	readonly #display: StageDisplay;
	/** What the screen has no place for. */
	readonly #details: ReadNote[] = [];

	constructor(sheet: ImageSheet, files: ExplorerFiles, plan: ImagePlan) {
		this.name = plan.name;
		this.#plan = plan;
		this.#files = files;
		const onNote = (note: ReadNote): void => {
			if (note.kind === 'detail') this.#details.push(note);
			else sheet.showReading({ waiting: note.kind === 'waiting' ? note.message : null });
		};
		const watched = { firstLayer: 0, isForgiving: plan.isForgiving };
		this.#opening = openImage(plan.choice, { ...plan.options, onNote, watched, facts });
		this.#display = new StageDisplay({ sheet, files }, this.#opening, plan);
	}

	get finished(): Promise<void> {
		return this.#display.finished;
	}

	get isRead(): boolean {
		return this.#display.isRead;
	}

	get left(): Visit['left'] {
		return this.#display.left;
	}

	onShown(): void {}

	readLayer(layer: number, isAgain: boolean): void {
		if (isAgain) this.#opening.readAgain(layer);
		else this.#opening.want(layer);
	}

	async close(): Promise<void> {
		this.#display.close();
		this.#files.close();
		await this.#opening.close();
		for (const note of this.#details) this.#plan.options.onNote?.(note);
	}
}
