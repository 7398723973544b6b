import type { ExplorerServicesAnswers } from '../../effects/requests.ts';
import type { TextEdit } from '../../prompt/text-input.ts';
import type { PathScreenId } from '../screen.ts';
import type { TextRows } from './rows/text-rows.ts';

/** The actions of the screen on a file. */
export type FileAction =
	/** Out of what is typed, of the diff, of the search, of the screen. */
	| { readonly type: 'out' }
	| { readonly type: 'confirm' }
	| { readonly type: 'search' }
	| { readonly type: 'edit'; readonly edit: TextEdit }
	/** Left or right, in the text that is typed or on the page. */
	| { readonly type: 'sideways'; readonly direction: 1 | -1 }
	| { readonly type: 'next-match'; readonly direction: 1 | -1 }
	| { readonly type: 'other-version'; readonly direction: 1 | -1 }
	| { readonly type: 'toggle-wrap' | 'toggle-hex' | 'toggle-diff' | 'toggle-secrets' }
	| { readonly type: 'read-again' }
	| { readonly type: 'copy-content' | 'copy-path' }
	| { readonly type: 'page' }
	| { readonly type: 'open'; readonly screen: PathScreenId }
	| { readonly type: 'copied'; readonly isTaken: boolean; readonly what: string }
	| Answered<'read', 'read-file'>
	| Answered<'compared', 'compare-file'>
	| Answered<'followed', 'follow-link'>
	| Answered<'paged', 'page-file'>
	| Answered<'opened-again', 'open-again'>
	/** The colours of a text, for as long as it is shown. */
	| { readonly type: 'coloured'; readonly rows: TextRows; readonly runs: Uint32Array };

type Answered<Type extends string, Kind extends keyof ExplorerServicesAnswers> = {
	readonly type: Type;
	readonly answer: ExplorerServicesAnswers[Kind];
};
