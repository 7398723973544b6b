import type { ImageSession } from '../../source/session/image-session.ts';
import { openImage } from '../../source/session/open-image.ts';
import type { SessionOptions } from '../../source/session/session-options.ts';
import type { ImageChoice } from '../../source/sources/image-source.ts';

export type LoadOptions = Omit<ImageChoice, 'reference'> &
	SessionOptions & {
		/** Stops it. */
		readonly signal?: AbortSignal;
	};

/** Opens an image, and waits until all of it is read. */
export function loadImage(reference: string, options: LoadOptions = {}): Promise<ImageSession> {
	const { source, imageName, platform, asLayer, over, signal, ...rest } = options;
	const choice = {
		reference,
		...(source !== undefined && { source }),
		...(imageName !== undefined && { imageName }),
		...(platform !== undefined && { platform }),
		...(asLayer !== undefined && { asLayer }),
		...(over !== undefined && { over }),
	};
	const opening = openImage(choice, rest);
	signal?.addEventListener('abort', () => opening.close());
	return opening.complete;
}
