/** What a source may know of the user and the machine, handed in from the start of the program. */
export interface Host {
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly homeFolder: string;
	/** Where relative paths start. */
	readonly currentFolder: string;
	readonly system: NodeJS.Platform;
	/** null on Windows. */
	readonly userId: number | null;
}
