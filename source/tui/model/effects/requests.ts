import type { Subject } from '../subject.ts';
import type { AskedFile, FileRequests } from './file-requests.ts';

/**
 * What the explorer asks for that is not in the model, such as the content of a file: what is asked, and what comes back. A new kind of
 * request is a line here and one in `ExplorerServices`. An answer says itself what failed.
 */
export interface Requests extends FileRequests {
	/** Puts text into the clipboard of the terminal (OSC 52). `isTaken`: whether that was tried; terminals do not say what they do. */
	readonly 'copy-text': {
		readonly ask: { readonly text: string };
		readonly answer: { readonly isTaken: boolean };
	};
	/** Shows the other images of the same place, to pick one. `message`: what is said in place of that, safe for a terminal; null for nothing. */
	readonly 'pick-image': { readonly ask: { readonly subject: Subject }; readonly answer: Said };
	/** Marks the image; with another one marked, shows what differs between the two; marked already, takes the mark away. */
	readonly 'mark-image': { readonly ask: { readonly subject: Subject }; readonly answer: Said };
	/** Opens the image once more, as it is now, at a path as `pathOf` writes it in a layer, 0-based. */
	readonly 'open-again': {
		readonly ask: { readonly path: string; readonly layer: number };
		readonly answer: Said;
	};
	/** Has a layer, 0-based, read before the others, or once more where it could not be read. What comes of it shows in the image. */
	readonly 'read-layer': {
		readonly ask: { readonly layer: number; readonly isAgain: boolean };
		readonly answer: { readonly isTaken: boolean };
	};
}

/** What the status line says, safe for a terminal; null for nothing. */
export interface Said {
	readonly message: string | null;
}

export type RequestKind = keyof Requests;

/** A request as an effect, and the action that its answer becomes. */
export type RequestEffect<Answer, Asked extends RequestKind = RequestKind> = {
	readonly [Kind in Asked]: {
		readonly type: 'request';
		readonly kind: Kind;
		readonly ask: Requests[Kind]['ask'];
		/** A later request of the same topic, or `drop` with it, stops this one, which then has no answer. Null for none. */
		readonly topic?: string;
		readonly answered: (answer: Requests[Kind]['answer']) => Answer;
	};
}[Asked];

/** Who answers requests. A promise that rejects ends the explorer: expected failures are answers. */
export type ExplorerServices = {
	readonly [Kind in RequestKind]: (
		ask: Requests[Kind]['ask'],
		signal: AbortSignal,
	) => Promise<Requests[Kind]['answer']>;
};

/** Who knows where the image is from, and shows others. */
export type ImageServices = Pick<ExplorerServices, 'pick-image' | 'mark-image' | 'open-again' | 'read-layer'>;

/** What comes back of each kind of request. */
export type ExplorerServicesAnswers = { readonly [Kind in RequestKind]: Requests[Kind]['answer'] };

/** Who reads files, and writes them. */
export type FileServices = Omit<ExplorerServices, 'copy-text' | 'page-file' | keyof ImageServices> & {
	/** The command line of the user's pager. */
	readonly pager: string;
	/** The whole content; throws what `wordFailure` puts into words. */
	readonly contentOf: (ask: AskedFile, signal: AbortSignal) => AsyncIterable<Uint8Array>;
	/** What went wrong, in plain words; null for what is no expected failure. */
	readonly wordFailure: (error: unknown) => string | null;
};
