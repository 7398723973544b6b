import type { ImageDifference } from '../../diff/image-difference.ts';
import type { Both } from '../../diff/merge-structure.ts';
import type { Reportable } from '../reporter.ts';

/** Two images and what differs between them, as a report needs it. */
export interface DifferenceInput {
	readonly images: Both<Pick<Reportable, 'image' | 'tree' | 'figures'>>;
	readonly difference: ImageDifference;
}
