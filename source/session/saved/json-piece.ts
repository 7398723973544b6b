/** What to do with a value: look into it, hand it over as a whole, or read past it. */
export type PieceTreatment = 'open' | 'take' | 'skip';

/** What a value is. */
export type PieceKind = 'object' | 'array' | 'other';

/** The keys and positions that lead to a value, outermost first. */
export type PiecePath = readonly (string | number)[];

export interface PieceVisitor {
	/** Asked about every value in what was opened. A value that is neither an object nor an array cannot be opened, and is handed over. */
	readonly treatmentOf: (path: PiecePath, kind: PieceKind) => PieceTreatment;
	/** Gets a value. The path is valid during the call only. */
	readonly onValue: (path: PiecePath, value: unknown) => void;
}

/** What is wrong with a JSON document. */
export class JsonPieceError extends Error {
	override readonly name = 'JsonPieceError';
	readonly fault: 'syntax' | 'truncated' | 'too-long';
	readonly path: PiecePath;

	constructor(fault: JsonPieceError['fault'], path: PiecePath) {
		super(`JSON: ${fault}`);
		this.fault = fault;
		this.path = [...path];
	}
}
