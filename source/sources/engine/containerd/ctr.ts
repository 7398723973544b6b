import type { Chunks } from '../../../tar/unpack.ts';
import type { SourceInput } from '../../image-source.ts';
import { brokenOff } from '../engine-error.ts';
import { askProgram, ProgramOutput, type ProgramResult } from '../run-program.ts';
import type { ContainerdAddress } from './containerd-address.ts';

/** An image as containerd lists it. */
export interface ListedImage {
	readonly name: string;
	/** Of its manifest or index. */
	readonly digest: string;
}

/** containerd as the `ctr` program shows it. */
export interface Ctr {
	readonly place: ContainerdAddress;
	readonly input: SourceInput;
}

const PATIENCE_MILLISECONDS = 20_000;

export function askCtr(
	{ place, input }: Ctr,
	options: readonly string[],
	signal?: AbortSignal,
): Promise<ProgramResult> {
	const run = {
		program: 'ctr',
		options: [...optionsOf(place), ...options],
		environment: input.host.environment,
		signal,
	};
	return askProgram(run, PATIENCE_MILLISECONDS);
}

/** A blob of containerd as it comes. Throws `truncated` when ctr fails in the middle. */
export async function* streamBlob({ place, input }: Ctr, digest: string, signal?: AbortSignal): Chunks {
	const options = [...optionsOf(place), 'content', 'get', digest];
	const output = new ProgramOutput({ program: 'ctr', options, environment: input.host.environment, signal });
	yield* output.chunks();
	if (output.exitCode === 0) return;
	throw brokenOff(place.label, input.name, new Error(output.said || `ctr ended with ${output.exitCode}`));
}

/** A small blob in one piece; null where it is not there. */
export async function readBlob(ctr: Ctr, digest: string, signal?: AbortSignal): Promise<Uint8Array | null> {
	const { exitCode, stdout } = await askCtr(ctr, ['content', 'get', digest], signal);
	return exitCode === 0 ? stdout : null;
}

/** The first three columns of `ctr images ls`; none of them has a space in it. */
export function parseImageList(output: string): readonly ListedImage[] {
	return output.split('\n').flatMap((line) => {
		const [name = '', , digest = ''] = line.split(/\s+/);
		return /^sha\d+:[0-9a-f]+$/.test(digest) ? [{ name, digest }] : [];
	});
}

function optionsOf({ address, namespace }: ContainerdAddress): readonly string[] {
	return ['--address', address, '--namespace', namespace];
}
