import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../shared/fixtures', import.meta.url));

/** Where other projects' images and tars lie, which are no part of this one; null where they are not at hand. */
export const fixturesFolder: string | null = existsSync(folder) ? folder : null;
