import { accessSync, constants, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Command } from './measure.ts';

/** How another program does the same task; null where it is not on the PATH. */
export interface Peers {
	/** Judges the image by its default rules. */
	readonly dive: ((image: string) => Command) | null;
	/** Writes its JSON report, without what it may have kept from an earlier run. */
	readonly diving: ((image: string) => Command) | null;
	/** Opens its explorer. */
	readonly xray: ((image: string) => Command) | null;
}

export function findPeers(): Peers {
	const dive = findOnPath('dive');
	const diving = findOnPath('diving');
	const xray = findOnPath('xray');
	return {
		dive:
			dive === null
				? null
				: (image) => ({ words: [dive, '--ci', '--source', 'docker-archive', image], accepts: [0, 1] }),
		diving: diving === null ? null : (image) => divingCommand(diving, image),
		xray: xray === null ? null : (image) => ({ words: [xray, '--fs', image] }),
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
