import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildArchive } from './build/build-archive.ts';
import type { Failure } from './check/failure.ts';
import type { Plan } from './plan.ts';

/** Writes the archive of a case, its plan and what was wrong with it. Gives the folder. */
export function saveCase(folder: string, name: string, plan: Plan, failure: Failure): string {
	const path = join(folder, name);
	mkdirSync(path, { recursive: true });
	writeFileSync(join(path, 'archive.tar'), buildArchive(plan));
	writeFileSync(join(path, 'plan.json'), `${JSON.stringify(plan, null, '\t')}\n`);
	writeFileSync(join(path, 'failure.txt'), `${failure.kind}: ${failure.subject}\n${failure.detail}\n`);
	return path;
}
