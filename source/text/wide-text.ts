import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';

/* What is loaded only for text that may have characters of other widths than one cell: the packages know the width of every character. */

export { cliTruncate, stringWidth };
