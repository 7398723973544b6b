import type { Chunks } from '../../../tar/compression/unpack.ts';
import type { SourceInput } from '../../image-source.ts';
import { truncatedExport } from '../export/export-error.ts';
import { askProgram, ProgramOutput, type ProgramResult } from '../run-program.ts';
import type { ContainerdAddress } from './containerd-address.ts';

/** An image as containerd lists it. */
export interface ListedImage {
	readonly name: string;
	/** The digest of its manifest or index. */
	readonly digest: string;
	/** As ctr writes it: `2.8 MiB`. */
	readonly size: string;
}

/** What is needed to run `ctr` for an image. */
export interface Ctr {
	readonly address: ContainerdAddress;
	readonly input: SourceInput;
}

const TIMEOUT_MILLISECONDS = 20_000;

/** Runs `ctr` and collects its output. Throws `unavailable` and `interrupted`. */
export function askCtr(
	{ address, input }: Pick<Ctr, 'address'> & { readonly input: Pick<SourceInput, 'host'> },
	options: readonly string[],
	signal?: AbortSignal,
): Promise<ProgramResult> {
	const run = {
		program: 'ctr',
		options: [...optionsOf(address), ...options],
		environment: input.host.environment,
		signal,
	};
	return askProgram(run, TIMEOUT_MILLISECONDS);
}

/** A blob in containerd as it arrives. Throws `truncated` when ctr fails before its end. */
export async function* streamBlob({ address, input }: Ctr, digest: string, signal?: AbortSignal): Chunks {
	const options = [...optionsOf(address), 'content', 'get', digest];
	const output = new ProgramOutput({ program: 'ctr', options, environment: input.host.environment, signal });
	yield* output.chunks();
	if (output.exitCode === 0) return;
	const reason = new Error(output.lastError || `ctr exited with code ${output.exitCode}`);
	throw truncatedExport(address.label, input.name, reason);
}

/** A small blob as a whole; null where containerd does not have it. */
export async function readBlob(
	ctr: Parameters<typeof askCtr>[0],
	digest: string,
	signal?: AbortSignal,
): Promise<Uint8Array | null> {
	const { exitCode, stdout } = await askCtr(ctr, ['content', 'get', digest], signal);
	return exitCode === 0 ? stdout : null;
}

/** Parses the first four columns of `ctr images ls`, of which the last alone contains a space. */
export function parseImageList(output: string): readonly ListedImage[] {
	return output.split('\n').flatMap((line) => {
		const [name = '', , digest = '', amount = '', unit = ''] = line.split(/\s+/);
		return /^sha\d+:[0-9a-f]+$/.test(digest) ? [{ name, digest, size: `${amount} ${unit}` }] : [];
	});
}

function optionsOf({ socketPath, namespace }: ContainerdAddress): readonly string[] {
	return ['--address', socketPath, '--namespace', namespace];
}
