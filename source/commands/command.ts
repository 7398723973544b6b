import type { Worker } from 'node:worker_threads';
import type { NamedBase } from '../analysis/base.ts';
import type { LayerCache } from '../cache/layer-cache.ts';
import type { Dockerfile } from '../image/source-lines.ts';
import type { ByteSink } from '../report/byte-stream.ts';
import type { ReportOptions } from '../report/reporter.ts';
import type { CommandName } from '../settings/commands.ts';
import type { FlagTexts } from '../settings/flags.ts';
import type { Settings } from '../settings/settings.ts';
import type { Host } from '../sources/host.ts';
import type { Access, ReadNote } from '../sources/image-source.ts';

/** An image as the user named it, with the settings for it. */
export interface NamedImage {
	readonly reference: string;
	readonly settings: Settings;
}

/** Everything that a command needs from the process, handed in: a command reads no environment and sets no exit code. */
export interface CommandContext {
	readonly command: CommandName;
	/** The image as the user named it. */
	readonly reference: string;
	/** The second image, for a command that takes two; else null. */
	readonly newImage: NamedImage | null;
	/** Paths in the images, as the user wrote them; for `explain`, the code. */
	readonly paths: readonly string[];
	/** The arguments after `build`: for the program that builds. */
	readonly rest: readonly string[];
	readonly settings: Settings;
	readonly flags: FlagTexts;
	/** What sources may know of the user and the machine. */
	readonly host: Host;
	readonly cache: LayerCache;
	/** How to get at images that are not files. */
	readonly access: Access;
	/** What the user says the base is; null where they say nothing. */
	readonly base: NamedBase | null;
	/** What the image was built from; null where the user does not say it. */
	readonly dockerfile: Dockerfile | null;
	/** A worker that was started for this image while the command was being loaded. */
	readonly earlyWorker: Worker | null;
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	/** For how far something is, where somebody watches. */
	readonly stderr: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;
	/** Standard output, for reports. */
	readonly output: ByteSink;
	/** How text is laid out on standard output. */
	readonly layout: ReportOptions;
	/** Says at once what happens while an image is read. */
	readonly onNote: (note: ReadNote) => void;
	/** Says in a line for people what they should know, and was done all the same. Text from an image may be in it. */
	readonly onWarning: (message: string) => void;
	/** Aborted when the user interrupts. */
	readonly signal: AbortSignal;
}

/** 0: done, and nothing to object to; 1: a rule failed. That something could not be done is an error, which is thrown. */
export type CommandResult = 0 | 1;

/** Throws `FathomError`. */
export type Command = (context: CommandContext) => Promise<CommandResult>;
