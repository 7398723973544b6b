import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/** A folder with a shell script in it, which appends its arguments to `NAME.log` and runs these lines. */
export async function withProgram(t: TestContext, name: string, lines: readonly string[]): Promise<string> {
	const folder = await temporaryFolder(t);
	const path = join(folder, name);
	await writeFile(path, ['#!/bin/sh', `echo "$@" >> "${path}.log"`, ...lines, ''].join('\n'));
	await chmod(path, 0o755);
	return folder;
}
