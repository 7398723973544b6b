import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { assemblyProgramSources } from './assembly-programs.ts';

// Run `npm run build:assembly` after a change in assembly/ or in source/tar/type-flags.ts. What it writes is committed, so that nothing
// else needs the compiler; a test compiles again and compares.
for (const { path, text } of await assemblyProgramSources()) {
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, text);
}
