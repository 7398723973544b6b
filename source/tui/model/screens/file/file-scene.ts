import type { ScreenScene, ScreenStep } from '../screen.ts';
import type { FileAction } from './file-action.ts';
import type { FileState } from './file-state.ts';

/** The types of the screen on a file. */
export interface FileTypes {
	readonly id: 'file';
	readonly state: FileState;
	readonly action: FileAction;
}

export type FileScene = ScreenScene<FileTypes>;
export type FileStep = ScreenStep<FileTypes>;
