import type { ExplorerServicesAnswers } from '../../effects/requests.ts';
import type { FilePlace } from '../../views/view.ts';

export interface AboutTypes {
	readonly id: 'about';
	readonly state: AboutState;
	readonly action: AboutAction;
}

export interface AboutState extends FilePlace {
	/** The SHA-256 of the content; null where there is none. */
	readonly digest: { readonly kind: 'waiting' } | ExplorerServicesAnswers['digest-file'] | null;
	/** The first visible line. */
	readonly top: number;
}

export type AboutAction =
	| { readonly type: 'close' }
	| { readonly type: 'digested'; readonly answer: ExplorerServicesAnswers['digest-file'] };
