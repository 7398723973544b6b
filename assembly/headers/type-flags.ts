// Written by `npm run build:assembly` from source/tar/type-flags.ts.

export const FILE: u8 = 0;
export const HARD_LINK: u8 = 1;
export const SYMLINK: u8 = 2;
export const DIRECTORY: u8 = 3;
export const NO_PLAIN_KIND: u8 = 0xff;

/** The code of the entry kind in a changeset, or NO_PLAIN_KIND. */
export function plainKindOf(typeFlag: u8): u8 {
	switch (typeFlag) {
		case 0x00:
		case 0x30:
		case 0x37:
			return FILE;
		case 0x31:
			return HARD_LINK;
		case 0x32:
			return SYMLINK;
		case 0x35:
			return DIRECTORY;
		default:
			return NO_PLAIN_KIND;
	}
}
