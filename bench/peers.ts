import { accessSync, constants, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Command } from './measure.ts';
import type { PairArchives } from './synthetic/pair-archives.ts';

/** How another program does the same task; null where it is not on the PATH. */
export interface Peers {
	/** Judges the image by its default rules. */
	readonly dive: ((image: string) => Command) | null;
	/** Writes its JSON report, without what it may have kept from an earlier run. */
	readonly diving: ((image: string) => Command) | null;
	/** Opens its explorer. */
	readonly xray: ((image: string) => Command) | null;
	/** Loads both archives into an empty store of its own, then compares what they mean. */
	readonly diffoci: ((archives: PairArchives, scratch: string) => Command) | null;
	/** Unpacks both archives, then compares their files. */
	readonly 'container-diff': ((archives: PairArchives, scratch: string) => Command) | null;
}

export function findPeers(): Peers {
	const dive = findOnPath('dive');
	const diving = findOnPath('diving');
	const xray = findOnPath('xray');
	const diffoci = findOnPath('diffoci');
	const containerDiff = findOnPath('container-diff');
	return {
		dive:
			dive === null
				? null
				: (image) => ({ words: [dive, '--ci', '--source', 'docker-archive', image], accepts: [0, 1] }),
		diving: diving === null ? null : (image) => divingCommand(diving, image),
		xray: xray === null ? null : (image) => ({ words: [xray, '--fs', image] }),
		diffoci: diffoci === null ? null : (archives, scratch) => diffociCommand(diffoci, archives, scratch),
		'container-diff':
			containerDiff === null
				? null
				: (archives, scratch) => containerDiffCommand(containerDiff, archives, scratch),
	};
}

function divingCommand(diving: string, image: string): Command {
	const home = mkdtempSync(join(tmpdir(), 'fathom-bench-'));
	const output = join(home, 'report.json');
	return {
		words: [diving, '--output-file', output, `file://${image}`],
		output,
		env: { HOME: home },
		accepts: [0, 1],
	};
}

function diffociCommand(diffoci: string, archives: PairArchives, scratch: string): Command {
	const script =
		'"$0" load --input "$1" && "$0" load --input "$2" && "$0" diff --semantic --pull never old:1 new:1';
	return {
		words: ['sh', '-c', script, diffoci, archives.old, archives.new],
		env: { DIFFOCI_BACKEND: 'local', DIFFOCI_LOCAL_CACHE: mkdtempSync(join(scratch, 'diffoci-')) },
		accepts: [0, 1],
	};
}

function containerDiffCommand(containerDiff: string, archives: PairArchives, scratch: string): Command {
	const folder = mkdtempSync(join(scratch, 'container-diff-'));
	const options = ['--type=file', '--json', '--quiet', '--no-cache', '--cache-dir', folder];
	return { words: [containerDiff, 'diff', archives.old, archives.new, ...options], env: { TMPDIR: folder } };
}

function findOnPath(name: string): string | null {
	for (const folder of (process.env.PATH ?? '').split(delimiter)) {
		const path = join(folder, name);
		try {
			accessSync(path, constants.X_OK);
			return path;
		} catch {
			// Not in this folder.
		}
	}
	return null;
}
