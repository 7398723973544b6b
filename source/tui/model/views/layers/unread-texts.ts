import { escapeForTerminal } from '../../../../text/escape.ts';
import { percentOf } from '../../frame/figures.ts';
import { readingOf } from '../../opened-image.ts';
import type { LayersImage } from './layers-state.ts';

/** Why the files of a layer are not there. */
export function unreadTexts(image: LayersImage, layer: number): readonly string[] {
	const reading = readingOf(image, layer);
	switch (reading.kind) {
		case 'read':
			return [];
		case 'waiting':
			return ['This layer has not been read yet.'];
		case 'reading': {
			const { storedBytes } = image.figures.layers[layer];
			return [`This layer is being read: ${percentOf(reading.bytesDone, storedBytes)}.`];
		}
		case 'failed':
			return [
				`This layer could not be read: ${escapeForTerminal(reading.reason)}`,
				'Figures and changes are without it.',
			];
	}
}
