import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FathomError } from '../../errors.ts';
import { askProgram } from '../../sources/engine/run-program.ts';

/** A program that builds images, which is also the source that has them afterwards. */
export type Builder = 'docker' | 'podman';

export interface BuildRun {
	readonly builder: Builder;
	/** What the user wants of it, untouched. */
	readonly rest: readonly string[];
	readonly environment: Readonly<NodeJS.ProcessEnv>;
	readonly signal: AbortSignal;
}

/** How long a program may take to print its help. */
const HELP_MILLISECONDS = 10_000;

/**
 * Runs `docker build` or `podman build` and gives the ID of the image that came of it. What the build says goes to standard error, its
 * standard input is that of this process. Throws `unavailable` when the program is not there, `build` when it fails, and `interrupted`.
 */
export async function runBuild(run: BuildRun): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'fathom-build-'));
	try {
		const named = valueBehind('--iidfile', run.rest);
		const idFile = named ?? join(folder, 'id');
		const options = [
			'build',
			...(named === null ? ['--iidfile', idFile] : []),
			...((await needsLoad(run)) ? ['--load'] : []),
			...run.rest,
		];
		await runToItsEnd(run, options);
		return await readId(run, idFile);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** BuildKit may build elsewhere, and brings the image into the engine only when it is told to; the older builder does not know the flag. */
async function needsLoad({ builder, rest, environment, signal }: BuildRun): Promise<boolean> {
	if (builder === 'podman' || rest.some((text) => /^(?:--load|--push|--output|-o)(?:=|$)/.test(text)))
		return false;
	const asked = { program: builder, options: ['build', '--help'], environment, signal };
	const { stdout } = await askProgram(asked, HELP_MILLISECONDS);
	return /^\s*--load\b/m.test(stdout.toString('utf8'));
}

function runToItsEnd({ builder, environment, signal }: BuildRun, options: readonly string[]): Promise<void> {
	return new Promise((resolve, reject) => {
		// Standard output is for reports and verdicts alone.
		const child = spawn(builder, options, { env: environment, stdio: ['inherit', 2, 2] });
		const stop = () => child.kill();
		signal.addEventListener('abort', stop, { once: true });
		child.on('error', (cause) => reject(cannotStart(builder, cause)));
		child.on('close', (exitCode, ending) => {
			signal.removeEventListener('abort', stop);
			if (signal.aborted) reject(new FathomError({ code: 'interrupted', message: 'Interrupted.' }));
			else if (exitCode === 0) resolve();
			else
				reject(
					failed(builder, ending === null ? `failed with exit code ${exitCode}` : `was ended by ${ending}`),
				);
		});
	});
}

async function readId({ builder, rest }: BuildRun, idFile: string): Promise<string> {
	const text = await readFile(idFile, 'utf8').catch(() => '');
	const id = /^(?:sha256:)?[0-9a-f]{64}$/.exec(text.trim())?.[0];
	if (id !== undefined) return id;
	const isElsewhere = rest.some((text) => /^(?:--push|--output|-o)(?:=|$)/.test(text));
	throw failed(
		builder,
		'built no image that could be opened',
		isElsewhere
			? 'Leave out --push and --output, or add --load, so that the image is in the engine.'
			: undefined,
	);
}

/** The value of a flag, after it or in it; null where the flag is absent. */
function valueBehind(flag: string, rest: readonly string[]): string | null {
	const index = rest.findIndex((text) => text === flag || text.startsWith(`${flag}=`));
	if (index === -1) return null;
	return rest[index] === flag ? (rest[index + 1] ?? null) : rest[index].slice(flag.length + 1);
}

function failed(builder: Builder, what: string, hint?: string): FathomError {
	return new FathomError({
		code: 'build',
		message: `${builder} build ${what}.`,
		...(hint !== undefined && { hint }),
	});
}

function cannotStart(builder: Builder, cause: NodeJS.ErrnoException): FathomError {
	const isMissing = cause.code === 'ENOENT';
	return new FathomError({
		code: 'unavailable',
		message: isMissing
			? `${builder} is not installed.`
			: `${builder} cannot be run: ${cause.code ?? cause.message}.`,
		hint: 'fathom build needs docker or podman on the PATH.',
		cause,
	});
}
