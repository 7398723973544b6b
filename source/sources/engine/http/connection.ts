import type { IncomingHttpHeaders } from 'node:http';
import type { Endpoint } from './endpoint.ts';

/** What is run at the other end of ssh: it hands its input and output to the engine's socket there. */
export type DialCommand = (path: string | null) => readonly string[];

/** What is needed to talk to an engine. */
export interface Connection {
	readonly endpoint: Endpoint;
	/** What it is called in messages: `Docker Engine`. */
	readonly engine: string;
	/** For what is reached through ssh. */
	readonly dial: DialCommand;
	/** For the ssh program. */
	readonly environment: NodeJS.ProcessEnv;
	/** How long the engine may take for a first answer, milliseconds; by default it depends on how far away it is. */
	readonly patience?: number;
}

export interface Answer {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly body: Uint8Array;
}
