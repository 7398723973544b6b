import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The packages for rare formats, which are loaded with the first such file. */
export const rareDecoders = (): typeof import('./rare-decoders.ts') =>
	// The file has the ending of this one: `.ts` in the source, `.js` in the built program.
	require(`./rare-decoders${import.meta.url.slice(-3)}`);
