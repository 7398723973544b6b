/** An escape sequence that changes how text looks, as in a regular expression (ECMA-48, "Select graphic rendition"). */
export const styleSequence = '\u{1B}\\[[\\d;]*m';
