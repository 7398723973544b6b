import { fileURLToPath } from 'node:url';
import type { Platform } from '../image/platform.ts';
import { packageRoot } from '../package-root.ts';

/** The sample image, which lies beside the program in the package as in the repository. */
export const samplePath = fileURLToPath(new URL('sample/image.tar', packageRoot));

export const samplePlatform: Platform = { os: 'linux', architecture: 'amd64', variant: null };
