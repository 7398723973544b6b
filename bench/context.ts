import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from './measure.ts';
import type { Peers } from './peers.ts';

/** What every part of the bench needs. */
export interface BenchContext {
	readonly peers: Peers;
	/** How often each thing is measured. */
	readonly rounds: number;
	/** The folder of the real images; null when none was named. */
	readonly images: string | null;
	/** For reports, which are written and not kept. */
	readonly scratch: string;
}

/** One line of the table. `goal` is what the figure should at most be; null where it only tells what others need. */
export interface Row {
	readonly what: string;
	readonly value: string;
	readonly goal: string | null;
}

const repository = fileURLToPath(new URL('../', import.meta.url));

export const sampleImage = join(repository, 'sample', 'image.tar');

/** fathom as it is installed: the built program, on the Node that the bench runs on. */
export function fathom(...options: readonly string[]): Command {
	return {
		words: [process.execPath, join(repository, 'distribution', 'cli.js'), ...options],
		accepts: [0, 1],
		// What is measured is reading, not finding again what the round before has read.
		env: { FATHOM_CACHE: 'off' },
	};
}

/** A script of this folder on the same Node. */
export function benchScript(name: string, ...options: readonly string[]): Command {
	return { words: [process.execPath, fileURLToPath(new URL(name, import.meta.url)), ...options] };
}

/** Node that does nothing: what no program on it can be faster than. */
export const bareNode: Command = { words: [process.execPath, '-e', '0'] };

/** What a report has that reads no contents of files but to compare them. */
export const PLAIN_PARTS = 'figures,changes';

/** The JSON report, by default of what needs no contents. */
export function reportTo(scratch: string, image: string, parts = PLAIN_PARTS): Command {
	const output = join(scratch, 'report.json');
	return { ...fathom('report', image, '--only', parts, '--format', 'json', '--output', output), output };
}

export function makeScratch(): string {
	return mkdtempSync(join(tmpdir(), 'fathom-bench-'));
}

export function seconds(value: number): string {
	return value < 1 ? `${Math.round(value * 1000)} ms` : `${value.toFixed(2)} s`;
}

export function milliseconds(value: number): string {
	return `${value.toFixed(1)} ms`;
}

export function megabytes(bytes: number): string {
	return `${Math.round(bytes / 1e6)} MB`;
}

/** `0.27x`. */
export function ratio(value: number, to: number): string {
	return `${(value / to).toFixed(value / to < 0.1 ? 3 : 2)}x`;
}
