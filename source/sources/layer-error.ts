import { FathomError } from '../errors.ts';
import { BLOCK_BYTES } from '../tar/header.ts';
import { TarError } from '../tar/tar-error.ts';

/** Adds the file or layer to an error of a tar. Everything else passes through. */
export function asLayerError(error: unknown, where: string): unknown {
	if (!(error instanceof TarError)) return error;
	return new FathomError({
		code: error.kind,
		message: `${where}: ${error.message}.`,
		hint: hintFor(error),
		cause: error,
	});
}

function hintFor({ kind, position, cause }: TarError): string {
	switch (kind) {
		case 'corrupt':
			return 'The file is damaged, or it is not an image: save the image again.';
		case 'unsupported':
			return 'Unpack the file first, and open what comes out.';
		case 'truncated':
			return position < BLOCK_BYTES && cause === undefined
				? 'The file is incomplete or no image: save or copy the image again.'
				: 'The file is incomplete: save or copy the image again.';
	}
}
