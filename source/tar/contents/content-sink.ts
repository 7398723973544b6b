/** Receives the content of one entry. The pieces are views that are valid during the call only. */
export interface ContentSink {
	write(piece: Uint8Array): void;
	/** Whether the content is hashed as well, as it is without a sink. False by default. */
	readonly isHashed?: boolean;
	/** Whether it is not done with what it was given. It gets nothing more, and does not end, before `step` was called often enough. */
	readonly isBehind?: boolean;
	/** Does a small piece of the work that is left. */
	step?(): void;
	end(): void;
}
