import { writeFileSync } from 'node:fs';
import { inflateProgramSource } from './inflate-program.ts';

// `npm run build:inflate` is to be run after a change in assembly/inflate. What it writes is kept in the repository, so that nothing
// else needs the compiler; a test compiles once more and compares.
const { path, text } = await inflateProgramSource();
writeFileSync(path, text);
