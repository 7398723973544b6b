/** Where an instruction stands in the file of its author. */
export interface SourceLine {
	/** The name of the file, without folders; hostile where it is out of an attestation. */
	readonly file: string;
	/** From 1. */
	readonly line: number;
	/** The instruction as it stands there, with its line breaks. */
	readonly text: string;
}
