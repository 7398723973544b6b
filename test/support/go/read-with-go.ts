import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** An entry as Go's archive/tar finds it. */
export interface GoEntry {
	/** In base 64. */
	readonly Name: string;
	readonly Link: string;
	/** Code of the type flag's character. */
	readonly Type: number;
	readonly Size: number;
	readonly Mode: number;
	readonly Uid: number;
	readonly Gid: number;
	readonly Major: number;
	readonly Minor: number;
	readonly IsSparse: boolean;
	/** Values in base 64. */
	readonly Attributes: Readonly<Record<string, string>>;
}

export interface GoListing {
	readonly Entries: readonly GoEntry[];
	/** Empty where it reads the tar to its end. */
	readonly Error: string;
}

export type ReadWithGo = (tars: readonly Uint8Array[]) => readonly GoListing[];

const source = fileURLToPath(new URL('list-tar.go', import.meta.url));
const places = ['go', '/usr/local/go/bin/go'];
/** The standard library alone is used, so that nothing is downloaded. */
const environment = { GO111MODULE: 'off', GOTOOLCHAIN: 'local', GOPROXY: 'off', CGO_ENABLED: '0' };

/** Compiles the program that lists tars, and gives what runs it; null where there is no Go. */
export function compileGoReader(): ReadWithGo | null {
	const folder = mkdtempSync(join(tmpdir(), 'fathom-go-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	const program = join(folder, 'list-tar');
	const env = { HOME: folder, ...process.env, ...environment };
	const isCompiled = places.some(
		(go) => spawnSync(go, ['build', '-o', program, source], { env }).status === 0,
	);
	return isCompiled ? (tars) => run(program, tars) : null;
}

function run(program: string, tars: readonly Uint8Array[]): readonly GoListing[] {
	const input = tars.flatMap((tar) => {
		const length = Buffer.alloc(4);
		length.writeUInt32BE(tar.length);
		return [length, tar];
	});
	const { status, stdout, stderr } = spawnSync(program, {
		input: Buffer.concat(input),
		maxBuffer: 1024 * 1024 * 1024,
	});
	if (status !== 0) throw new Error(`The program in Go failed: ${stderr}`);
	return stdout
		.toString()
		.split('\n')
		.slice(0, -1)
		.map((line) => JSON.parse(line) as GoListing);
}
