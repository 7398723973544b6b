import { registerHooks } from 'node:module';
import process from 'node:process';

/* Loaded before the program: prints the address of every module that the program loads, when it ends, on standard error. */

const addresses: string[] = [];

registerHooks({
	load(address, context, next) {
		addresses.push(address);
		return next(address, context);
	},
});

process.on('exit', () => process.stderr.write(`${addresses.join('\n')}\n`));
