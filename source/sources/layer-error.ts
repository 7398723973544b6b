import { FathomError, type FathomErrorCode } from '../errors.ts';
import { noTar, saysTar } from '../image/layer-type.ts';
import { maxPathBytesHint, maxPathsHint } from '../tar/entry-budget.ts';
import { TarError, type TarErrorKind } from '../tar/tar-error.ts';

/** Adds the file or layer to an error of a tar. Everything else passes through. */
export function asLayerError(error: unknown, where: string): unknown {
	if (!(error instanceof TarError)) return error;
	return new FathomError({
		code: codeOf(error.kind),
		message: `${where}: ${error.message}.`,
		hint: hintFor(error),
		cause: error,
	});
}

/** The same for a layer of an image: one whose media type is not that of a tar is no damaged tar. */
export function asErrorOfLayer(error: unknown, where: string, mediaType: string | null): unknown {
	const isNoTar = error instanceof TarError && mediaType !== null && !saysTar(mediaType);
	return isNoTar ? noTar(where, mediaType, error) : asLayerError(error, where);
}

function codeOf(kind: TarErrorKind): FathomErrorCode {
	return kind === 'too-many-paths' || kind === 'too-many-path-bytes' ? 'too-large' : kind;
}

function hintFor(error: TarError): string {
	switch (error.kind) {
		case 'corrupt':
			return 'The file is damaged, or it is not an image: save the image again.';
		case 'unsupported':
			return /window/.test(error.message)
				? 'Compress it again without a large window: zstd without --long and --ultra.'
				: 'Unpack the file first, and open what comes out.';
		case 'too-many-paths':
			return maxPathsHint;
		case 'too-many-path-bytes':
			return maxPathBytesHint;
		case 'truncated':
			return error.isAtStart
				? 'The file is incomplete or no image: save or copy the image again.'
				: 'The file is incomplete: save or copy the image again.';
	}
}
