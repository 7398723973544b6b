import { namesFormat } from './names.ts';
import { ndjsonFormat } from './ndjson.ts';
import { textFormat } from './text.ts';

/** The values of `--format` for `fathom files`; the first is the default. */
export const fileFormats = [textFormat, ndjsonFormat] as const;

/** For `-0`. */
export const nulFormat = namesFormat;
