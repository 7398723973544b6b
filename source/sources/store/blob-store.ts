/** The named files of an image archive or layout, however they are stored. */
export interface BlobStore {
	/** What to call the whole in messages. */
	readonly label: string;
	/** Stored bytes of the named file, or null. */
	sizeOf(name: string): number | null;
	/** Whether a file that is in no folder has a name like this. */
	hasRootFile(name: RegExp): boolean;
	/** A JSON document; null where there is no such file. */
	document(name: string): Promise<Uint8Array | null>;
}
