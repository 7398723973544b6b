import { registerHooks } from 'node:module';
import process from 'node:process';

/*
 * Loaded before the program: when it ends, prints the path of every module that it has loaded on standard error. The build puts many
 * modules into one file, with a comment that has its path above each.
 */

const paths: string[] = [];

registerHooks({
	load(address, context, next) {
		const loaded = next(address, context);
		paths.push(...(String(loaded.source).match(/^\/\/ (?:source|node_modules)\/.*$/gm) ?? []));
		return loaded;
	},
});

process.on('exit', () => process.stderr.write(`${paths.join('\n')}\n`));
