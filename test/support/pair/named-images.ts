import type { ImageSession } from '../../../source/session/image-session.ts';
import type { ComparedImages } from './compare-archived.ts';

/** The images as if the user had named them so. */
export function namedImages(
	{ images, ...rest }: ComparedImages,
	names: readonly [string, string],
): ComparedImages {
	return { images: [namedImage(images[0], names[0]), namedImage(images[1], names[1])], ...rest };
}

function namedImage(session: ImageSession, reference: string): ImageSession {
	return Object.create(session, { image: { value: { ...session.image, reference } } });
}
