#!/usr/bin/env node
// Any version of Node may read this file, so it uses only old syntax, and loads nothing before the version is known to suffice.
export {};

const NEEDED_MAJOR = 22;
const NEEDED_MINOR = 15;

const version = process.versions.node.split('.').map(Number);
const suffices = version[0] > NEEDED_MAJOR || (version[0] === NEEDED_MAJOR && version[1] >= NEEDED_MINOR);

if (suffices) {
	process.getBuiltinModule('node:module').enableCompileCache();
	import('./main.ts').then(({ main }) => main());
} else {
	process.stderr.write(
		`fathom: Node.js ${NEEDED_MAJOR}.${NEEDED_MINOR} or newer is needed, and this is ${process.versions.node}.\n`,
	);
	process.exitCode = 2;
}
