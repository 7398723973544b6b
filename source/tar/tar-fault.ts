/** A tar that does not hold together, at a position in it. Whoever knows which file or layer it is makes a `FathomError` of it. */
export class TarFault extends Error {
	override readonly name = 'TarFault';
	readonly kind: 'truncated' | 'corrupt';
	/** Bytes from the start of the tar. */
	readonly position: number;

	constructor(kind: 'truncated' | 'corrupt', position: number, message: string) {
		super(message);
		this.kind = kind;
		this.position = position;
	}
}

export function truncated(position: number): TarFault {
	return new TarFault('truncated', position, `the tar ends in the middle of an entry (byte ${position})`);
}

export function invalidHeader(position: number): TarFault {
	return new TarFault('corrupt', position, `no valid tar header at byte ${position} (bad checksum or size)`);
}

export function compressedDataFault(format: string, cause: Error, ended: boolean): TarFault {
	const what = ended
		? `the ${format} data ends too early`
		: `the ${format} data is damaged (${cause.message})`;
	const fault = new TarFault(ended ? 'truncated' : 'corrupt', 0, what);
	fault.cause = cause;
	return fault;
}
