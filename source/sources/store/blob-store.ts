/** The named files of an image archive or layout, however they are stored. */
export interface BlobStore {
	/** What to call the whole in messages. */
	readonly label: string;
	/** Stored bytes of the named file, or null. */
	sizeOf(name: string): number | null;
	/** A JSON document; null where there is no such file. */
	document(name: string): Promise<Uint8Array | null>;
}
