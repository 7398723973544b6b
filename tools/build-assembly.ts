import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { assemblyProgramSources } from './assembly-programs.ts';

// `npm run build:assembly` is to be run after a change in assembly/. What it writes is kept in the repository, so that nothing else
// needs the compiler; a test compiles once more and compares.
for (const { path, text } of await assemblyProgramSources()) {
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, text);
}
