import type { ImageDescription } from '../../../../source/image/image.ts';
import { openImage } from '../../../../source/session/open-image.ts';
import type { Host } from '../../../../source/sources/host.ts';

/** What somebody who watches is shown of an image before any of its layers is read. */
export async function toldByEngine(reference: string, host: Host): Promise<ImageDescription> {
	const watched = { firstLayer: 0, isForgiving: true };
	const opening = openImage({ reference }, { host, watched });
	opening.complete.catch(() => {});
	try {
		for await (const stage of opening.stages)
			if (stage.kind === 'reading' && stage.shown !== null) return stage.shown.image.description;
		throw new Error('Nothing was shown before the image was complete.');
	} finally {
		await opening.close();
	}
}
