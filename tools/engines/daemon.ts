import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const START_SECONDS = 60;
const STOP_SECONDS = 15;
const LAST_LINES = 20;

/** A program that runs until it is stopped, with all that it starts in a process group of its own. */
export class Daemon {
	readonly #child: ChildProcess;
	readonly #logPath: string;
	#isStopped = false;

	constructor(
		folder: string,
		program: string,
		options: readonly string[],
		environment: NodeJS.ProcessEnv = {},
	) {
		this.#logPath = join(folder, `${program}.log`);
		const log = openSync(this.#logPath, 'a');
		this.#child = spawn(program, options, {
			env: { ...process.env, ...environment },
			stdio: ['ignore', log, log],
			detached: true,
		});
		this.#child.on('error', () => {});
	}

	/** Waits until it answers on a socket or a port of this machine; false when it ends before, or never does. */
	async answersAt(place: string | number, path: string): Promise<boolean> {
		for (const start = Date.now(); Date.now() - start < START_SECONDS * 1000; await sleep(100)) {
			if (this.#child.exitCode !== null || this.#child.pid === undefined) return false;
			if (await answers(place, path)) return true;
		}
		return false;
	}

	log(): string {
		return readFileSync(this.#logPath, 'utf8').split('\n').slice(-LAST_LINES).join('\n');
	}

	/** Ends it, by force if it takes too long. Works while a process exits, so it does not wait by promises. */
	stop(): void {
		const { pid } = this.#child;
		if (pid === undefined || this.#isStopped) return;
		this.#isStopped = true;
		signalGroup(pid, 'SIGTERM');
		for (const start = Date.now(); isAlive(pid); spawnSync('sleep', ['0.1'])) {
			if (Date.now() - start < STOP_SECONDS * 1000) continue;
			signalGroup(pid, 'SIGKILL');
			return;
		}
		// What it started and did not end itself.
		signalGroup(pid, 'SIGKILL');
	}
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(-pid, signal);
	} catch {
		// It has ended.
	}
}

/** A process that nobody has waited for yet is no longer alive, and still there. */
function isAlive(pid: number): boolean {
	try {
		return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
	} catch {
		return false;
	}
}

function answers(place: string | number, path: string): Promise<boolean> {
	const where = typeof place === 'string' ? { socketPath: place } : { host: '127.0.0.1', port: place };
	return new Promise((resolve) => {
		const sent = request({ ...where, path, agent: false }, (response) => {
			response.resume();
			resolve(response.statusCode === 200);
		});
		sent.on('error', () => resolve(false));
		sent.end();
	});
}
