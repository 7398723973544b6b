import { FathomError } from '../../errors.ts';
import type { Changeset } from '../../tar/changeset.ts';
import { sparseMapOf } from '../../tar/sparse/sparse-files.ts';
import { shorten } from '../../text/shorten.ts';

/** Throws `unsupported` for a file of an image archive that is stored with holes, so that it cannot be read where it is. */
export function requireDense(
	outer: Changeset,
	{ name, entry }: { readonly name: string; readonly entry: number },
	label: string,
): void {
	if (sparseMapOf(outer, entry) === null) return;
	throw new FathomError({
		code: 'unsupported',
		message: `${label}: ${shorten(name)} is a sparse file in the archive.`,
		hint: 'Pack the archive again without "--sparse", or unpack it and open the folder.',
	});
}
