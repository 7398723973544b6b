/** Characters that a terminal obeys or that change how text around them reads: all but a newline between lines. */
export const rawControls = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
