import { letterMeanings } from '../../frame/change-letters.ts';
import type { View } from '../view.ts';
import { filesFrame } from './files-frame.ts';
import { FILES_TITLE, filesKeys } from './files-keys.ts';
import { filesLayout, filesPanes } from './files-layout.ts';
import { type FilesTypes, followImage, initialFiles } from './files-state.ts';
import { prepareFirst, prepareImage } from './prepare.ts';
import { updateFiles } from './update-files.ts';

/** The layers of an image, the details of the selected layer, and the file tree with that layer's changes. */
export const filesView: View<FilesTypes> = {
	kind: 'image',
	tab: () => ({ name: 'Files', count: null }),
	title: FILES_TITLE,
	panes: filesPanes,
	keys: filesKeys,
	help: {
		title: 'Letters in the file tree',
		rows: letterMeanings.map(({ letter, style, meaning }) => ({ sign: letter, style, meaning })),
	},
	initial: initialFiles,
	follow: followImage,
	focus: ({ focus }) => focus,
	filter: ({ filter }) => filter,
	layout: (size, { tree }) => filesLayout(size, tree.layerCount),
	update: updateFiles,
	frame: filesFrame,
	arrive: prepareFirst,
	pending: prepareImage,
};
