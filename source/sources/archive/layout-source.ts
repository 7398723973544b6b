import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { ImageSource, ReadImage, ReadOptions, SourceInput } from '../image-source.ts';
import { pickImage } from '../store/assemble-image.ts';
import { folderStore } from '../store/disk-store.ts';
import { notAnImage } from '../store/no-image.ts';
import { readPicked } from '../store/read-picked.ts';
import { hintForFolder } from './folder-contents.ts';

/** An OCI image layout (OCI image specification, image-layout.md), or a folder into which an archive was unpacked. */
export const layoutSource: ImageSource = {
	sourceName: 'oci',
	find: async (input, options) => ({ foundIn: null, read: () => readLayout(input, options) }),
};

async function readLayout(input: SourceInput, options: ReadOptions): Promise<ReadImage> {
	const { name } = input;
	const label = basename(resolve(name));
	const store = folderStore(label, name);
	const isForgiving = options.watcher?.isForgiving === true;
	const picked = await pickImage(store, input, { signal: options.signal, isForgiving });
	if (picked) return readPicked(input, { store, picked, sourceKind: 'oci-layout' }, options);
	const isLayout = existsSync(join(name, 'oci-layout'));
	throw notAnImage(
		label,
		isLayout ? 'it has no index.json' : 'the folder has no index.json and no manifest.json',
		isLayout ? 'The layout is incomplete: copy it again.' : hintForFolder(name),
	);
}
