import unbzip2 from 'unbzip2-stream';
import xz from 'xz-decompress';

/* What is loaded only for the first file in a format that few images have. */

const { XzReadableStream } = xz;

export { unbzip2, XzReadableStream };
