import { writeFile } from 'node:fs/promises';
import { packImage } from './archive.ts';
import { sampleImage } from './image.ts';

// `npm run sample` writes the image that `fathom demo` opens. It is a plain tar, because the bytes of a compressed one depend on the
// version of the compressor.
await writeFile(new URL('image.tar', import.meta.url), await packImage(sampleImage));
