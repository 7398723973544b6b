import { FathomError } from '../../errors.ts';
import { isSameImage, labelOf } from '../../image/at-hand/image-at-hand.ts';
import { STANDARD_INPUT } from '../../sources/archive/standard-input-source.ts';
import { escapeForTerminal } from '../../text/escape.ts';
import { cutText } from '../../text/width.ts';
import type { Said } from '../../tui/model/effects/requests.ts';
import type { OpenedImage } from '../../tui/model/opened-image.ts';
import type { Screen } from '../../tui/view/screen.tsx';
import type { Sheet } from '../../tui/view/sheets/sheet.ts';
import type { LeftImage } from './farewell.ts';
import type { WantedStart } from './start-place.ts';
import { untilLeft } from './until-left.ts';
import { listBeside } from './visits/list-visit.ts';
import type { Visit, VisitedName, VisitPlan, Ways } from './visits/visit.ts';

/** More images are not kept open for the way back: each takes the memory of its tree. */
const MOST_OPEN = 4;
const MOST_LABEL_CELLS = 30;

/** How what the user asks for is shown. */
export interface Plans {
	readonly image: (name: VisitedName, ways: Ways, start: WantedStart | null) => VisitPlan;
	readonly pair: (older: VisitedName, newer: VisitedName) => VisitPlan;
	readonly list: (list: ReturnType<typeof listBeside>, ways: Ways) => VisitPlan;
	/** The images at hand. */
	readonly home: (ways: Ways, marked: VisitedName | null) => VisitPlan;
}

/** The image that was shown when the user left. */
export interface LastImage {
	readonly name: VisitedName;
	readonly left: LeftImage;
}

interface Shown {
	readonly visit: Visit;
	readonly sheet: Sheet;
	/** Whether it goes when the user chooses from it. */
	readonly isPassing: boolean;
}

/** Leads the user from one image to others and back, on one screen. */
export class Navigator {
	readonly #plans: Plans;
	#screen: Screen | null = null;
	/** The last one is on the screen; the others stay as they are. */
	#shown: readonly Shown[] = [];
	#marked: VisitedName | null = null;
	readonly #failed = Promise.withResolvers<never>();
	readonly ways: Ways;

	constructor(plans: Plans) {
		this.#plans = plans;
		this.ways = {
			open: (name) => this.#open(name),
			openAgain: (name, start) => this.#openAgain(name, start),
			back: () => this.#back(),
			pick: (name, image) => this.#pick(name, image),
			mark: (name) => this.#mark(name),
		};
		// It is awaited in `run`.
		this.#failed.promise.catch(() => {});
	}

	/**
	 * Shows what `plan` says on a screen of its own, until the user leaves; gives the last image. Throws why the first image cannot be shown,
	 * and `interrupted`.
	 */
	async run(
		plan: VisitPlan,
		openScreen: (options: VisitPlan['options']) => Screen,
	): Promise<LastImage | null> {
		const screen = openScreen(plan.options);
		this.#screen = screen;
		this.#add(plan, screen.first, false);
		try {
			await Promise.race([screen.closed, this.#failed.promise]);
			// What was asked for besides is still done.
			const [top] = this.#shown.slice(-1);
			if (top?.visit.isRead) await top.visit.finished;
			await untilLeft(screen);
			const last = this.#shown.findLast(({ visit }) => visit.left !== null)?.visit;
			return last?.left && last.name ? { name: last.name, left: last.left } : null;
		} catch (error) {
			screen.close();
			await screen.closed;
			throw error;
		} finally {
			await Promise.all(this.#shown.map(({ visit }) => visit.close()));
		}
	}

	#add(plan: VisitPlan, sheet: Sheet, isPassing: boolean): void {
		const visit = plan.begin(sheet);
		const shown = { visit, sheet, isPassing };
		sheet.listenForReturn(() => this.#back());
		this.#shown = [...this.#shown, shown];
		visit.finished.catch((error: unknown) => this.#fail(shown, error));
		this.#closeOldest();
	}

	#show(plan: VisitPlan, isPassing = false): void {
		const screen = this.#screen;
		if (screen === null) return;
		const sheet = screen.newSheet(plan.options);
		this.#add(plan, sheet, isPassing);
		screen.turnTo(sheet);
	}

	#open(name: VisitedName): void {
		const [top] = this.#shown.slice(-1);
		const below = this.#shown.at(-2);
		const opened = below?.visit.name ?? null;
		if (top?.isPassing && opened !== null && isSameImage(opened, name)) {
			this.#back();
			return;
		}
		this.#show(this.#plans.image(name, this.ways, null));
		if (top?.isPassing) this.#remove(top);
	}

	/** Where it cannot be opened any more, the user is back where they were. */
	#openAgain(name: VisitedName, start: WantedStart): Said {
		const before = this.#shown.at(-1);
		this.#show(this.#plans.image(name, this.ways, start));
		const again = this.#shown.at(-1);
		again?.visit.finished.then(
			() => {
				if (before !== undefined && this.#shown.includes(before)) this.#remove(before);
			},
			() => {},
		);
		return { message: null };
	}

	#back(): void {
		const top = this.#shown.at(-1);
		const below = this.#shown.at(-2);
		if (top === undefined) return;
		if (below === undefined) {
			if (top.visit.updateList === null) this.#show(this.#plans.home(this.ways, this.#marked), true);
			return;
		}
		this.#screen?.turnTo(below.sheet);
		this.#remove(top);
		below.visit.onShown();
	}

	#pick(name: VisitedName, { choices = [] }: Pick<OpenedImage, 'choices'>): Said {
		if (choices.length < 2)
			return said(`${shortLabel(name)} holds one image alone. Going back shows the images at hand.`);
		const list = { ...listBeside(name, choices, Date.now() / 1000), marked: this.#marked };
		this.#show(this.#plans.list(list, this.ways), true);
		return { message: null };
	}

	#mark(name: VisitedName): Said {
		if (name.reference === STANDARD_INPUT)
			return said('Standard input can be read only once: write it to a file to compare it.');
		const older = this.#marked;
		if (older !== null && !isSameImage(older, name)) {
			this.#show(this.#plans.pair(older, name));
			return { message: null };
		}
		this.#marked = older === null ? name : null;
		for (const { visit } of this.#shown) visit.updateList?.((list) => ({ ...list, marked: this.#marked }));
		if (older !== null) return said(`${shortLabel(name)} is not marked any more.`);
		const isInList = this.#shown.at(-1)?.visit.updateList !== null;
		const where = isInList ? '' : ' Going back shows the images at hand.';
		return said(`Marked ${shortLabel(name)}. Mark another one to compare them.${where}`);
	}

	/** What cannot be shown is said where the user came from. */
	#fail(shown: Shown, error: unknown): void {
		const place = this.#shown.indexOf(shown);
		if (place === -1) return;
		const isTop = place === this.#shown.length - 1;
		const below = place === 0 ? undefined : this.#shown[place - 1];
		if (!(error instanceof FathomError) || error.code === 'interrupted' || this.#shown.length === 1) {
			this.#failed.reject(error);
			return;
		}
		if (isTop && below !== undefined) {
			this.#screen?.turnTo(below.sheet);
			below.visit.onShown();
			below.visit.updateList?.((list) => ({ ...list, message: error.message }));
			below.sheet.say(escapeForTerminal(error.message));
		}
		this.#remove(shown);
	}

	#closeOldest(): void {
		const images = this.#shown.filter(({ visit }) => visit.updateList === null);
		if (images.length > MOST_OPEN) this.#remove(images[0]);
	}

	#remove(shown: Shown): void {
		this.#shown = this.#shown.filter((each) => each !== shown);
		this.#screen?.drop(shown.sheet);
		shown.visit.close().catch((error: unknown) => this.#failed.reject(error));
	}
}

/** The end of what an image is called, which tells it from others, as short as the line that says it needs it. */
function shortLabel(name: VisitedName): string {
	return cutText(escapeForTerminal(labelOf(name)), MOST_LABEL_CELLS, 'start');
}

function said(message: string): Said {
	return { message };
}
