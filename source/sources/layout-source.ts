import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { notAnImage, pickImage } from './assemble-image.ts';
import type { ImageSource } from './image-source.ts';
import { folderStore } from './located-store.ts';
import { readPicked } from './read-picked.ts';

/** An OCI image layout (OCI image specification, image-layout.md), or a folder into which an archive was unpacked. */
export const layoutSource: ImageSource = {
	accepts: (reference) => statSync(reference).isDirectory(),
	read: async (input, options) => {
		const label = basename(resolve(input.reference));
		const store = folderStore(label, input.reference);
		const picked = await pickImage(store, options);
		if (picked) return readPicked(input, { store, picked, sourceKind: 'oci-layout' }, options);
		const isLayout = existsSync(join(input.reference, 'oci-layout'));
		throw notAnImage(
			label,
			isLayout ? 'it has no index.json' : 'the folder has no index.json and no manifest.json',
		);
	},
};
