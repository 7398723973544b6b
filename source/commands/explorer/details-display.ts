import type { AcceptedFindings } from '../../analysis/findings/image-findings.ts';
import { FathomError } from '../../errors.ts';
import type { ImageSession } from '../../session/image-session.ts';
import type { DetailName, ImageDetails } from '../../tui/model/image-details.ts';
import type { ImageSheet } from '../../tui/view/sheets/sheet.ts';

/** What the user chose of what is worked out. */
export interface DetailsChoice {
	/** The findings that the user lives with. */
	readonly accepted: readonly AcceptedFindings[];
	/** Copies of at least this size are listed. */
	readonly copiesFromBytes: number;
}

/** Works out the details of an image while the user looks at it, one after the other, and shows each as soon as it is known. */
export class DetailsDisplay {
	readonly #sheet: ImageSheet;
	readonly #choice: DetailsChoice;
	readonly #closed = new AbortController();
	#known: Partial<ImageDetails> = {};

	constructor(sheet: ImageSheet, choice: DetailsChoice) {
		this.#sheet = sheet;
		this.#choice = choice;
	}

	/** What has been worked out so far. */
	get known(): Partial<ImageDetails> {
		return this.#known;
	}

	/** What fails is shown in its place. A bug ends the program, as anywhere else. */
	show(session: ImageSession): void {
		this.#showAll(session).catch((error) => {
			if (!this.#closed.signal.aborted) throw error;
		});
	}

	close(): void {
		this.#closed.abort();
	}

	async #showAll({ details }: ImageSession): Promise<void> {
		const { signal } = this.#closed;
		const { accepted, copiesFromBytes } = this.#choice;
		const choice = { withContents: true, accepted };
		// What takes least comes first. All facts are read for the findings, in one pass.
		await this.#showOne('ledger', () => details.ledger({ signal }));
		await this.#showOne('findings', () => details.findings(choice, { signal }));
		await this.#showOne('packages', () => details.packages({ signal }));
		await this.#showOne('secrets', () => details.secrets({ signal }));
		await this.#showOne('deleted', () => details.deleted({ signal }));
		await this.#showOne('copies', () => details.copies(copiesFromBytes, { signal }));
	}

	async #showOne<Name extends DetailName>(
		name: Name,
		work: () => Promise<ImageDetails[Name]>,
	): Promise<void> {
		try {
			const value = await work();
			this.#known = { ...this.#known, [name]: value };
			if (!this.#closed.signal.aborted) this.#sheet.showDetails({ [name]: { kind: 'known', value } });
		} catch (error) {
			if (this.#closed.signal.aborted) throw error;
			if (!(error instanceof FathomError)) throw error;
			this.#sheet.showDetails({ [name]: { kind: 'failed', reason: error.message } });
		}
	}
}
