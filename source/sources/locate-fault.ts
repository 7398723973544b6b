import { FathomError } from '../errors.ts';
import { TarFault } from '../tar/tar-fault.ts';

/** Says which file or layer a fault of a tar is in. Everything else passes through. */
export function locateFault(error: unknown, where: string): unknown {
	if (!(error instanceof TarFault)) return error;
	const { kind, message } = error;
	return new FathomError({
		code: kind,
		message: `${where}: ${message}.`,
		hint:
			kind === 'truncated'
				? 'The file is incomplete: save or copy the image again.'
				: 'The file is damaged or no image: save the image again.',
		cause: error,
	});
}
