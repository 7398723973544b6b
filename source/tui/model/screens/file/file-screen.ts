import type { Screen } from '../screen.ts';
import { fileFrame } from './file-frame.ts';
import { FILE_TITLE, fileKeys } from './file-keys.ts';
import type { FileTypes } from './file-scene.ts';
import { updateFile } from './update-file.ts';

/** The content of one file, as the layers have it. */
export const fileScreen: Screen<FileTypes> = {
	title: FILE_TITLE,
	keys: fileKeys,
	typed: ({ typed }, text) => (typed === null ? null : { type: 'edit', edit: { type: 'insert', text } }),
	update: updateFile,
	frame: fileFrame,
};
