import type { IncomingHttpHeaders } from 'node:http';
import type { Endpoint } from './endpoint.ts';

/** The command that ssh runs on the other machine, which connects its standard input and output to the engine's socket there. */
export type DialCommand = (socketPath: string | null) => readonly string[];

/** What is needed to talk to an engine. */
export interface Connection {
	readonly endpoint: Endpoint;
	/** The engine's name in messages: `Docker Engine`. */
	readonly engine: string;
	/** For an endpoint that is reached through ssh. */
	readonly dial: DialCommand;
	/** For the ssh program. */
	readonly environment: NodeJS.ProcessEnv;
	/** How long to wait for a response to an API call; the default depends on the kind of endpoint. */
	readonly timeoutMilliseconds?: number;
}

/** The response to an API call, read to its end. */
export interface EngineResponse {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly body: Uint8Array;
}
