import type { OpenedDifference } from './opened-difference.ts';
import type { OpenedImage } from './opened-image.ts';

/** What the explorer shows. */
export type Subject = OpenedImage | OpenedDifference;

export type SubjectKind = Subject['kind'];
