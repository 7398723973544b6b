import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '../..');

/** The program as it ships. `npm test` builds it; a test file that is run by itself insists that it is no older than its source. */
export const programPath = join(repository, 'distribution', 'cli.js');

const builtAt = statSync(programPath, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const changed = globSync('{source,tools}/**/*.{ts,tsx}', { cwd: repository }).find(
	(path) => statSync(join(repository, path)).mtimeMs > builtAt,
);
if (changed !== undefined) throw new Error(`${changed} is newer than distribution/: run npm run build.`);
