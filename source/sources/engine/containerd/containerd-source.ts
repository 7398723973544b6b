import { existsSync } from 'node:fs';
import { FathomError } from '../../../errors.ts';
import type { FoundImage, ImageSource, OpenOptions, SourceInput } from '../../image-source.ts';
import { socketDenied } from '../engine-error.ts';
import { mayUseSocket } from '../http/socket-owners.ts';
import { requireImageName } from '../image-name.ts';
import { type ContainerdAddress, containerdAddress } from './containerd-address.ts';
import { findWithCtr } from './find-with-ctr.ts';
import { findWithNerdctl } from './find-with-nerdctl.ts';

/** containerd, asked by the programs `ctr` or `nerdctl`: it has no API that a program without gRPC could speak. */
export const containerdSource: ImageSource = { sourceName: 'containerd', find: findInContainerd };

async function findInContainerd(input: SourceInput, options: OpenOptions): Promise<FoundImage> {
	requireImageName(input.name);
	const place = containerdAddress(input);
	// A containerd that runs as the user has its socket where only nerdctl finds it.
	if (!existsSync(place.address)) return findWithNerdctl(place, input, options).catch(orNoSocket(place));
	if (!mayUseSocket(place.address)) throw socketDenied(place.label, place.address);
	try {
		return await findWithCtr(place, input, options);
	} catch (error) {
		if (!isNotInstalled(error)) throw error;
		return findWithNerdctl(place, input, options).catch((other: unknown) => {
			throw isNotInstalled(other) ? error : other;
		});
	}
}

function isNotInstalled(error: unknown): boolean {
	return error instanceof FathomError && /is not installed/.test(error.message);
}

function orNoSocket({ label }: ContainerdAddress): (error: unknown) => never {
	return (error) => {
		if (!isNotInstalled(error)) throw error;
		throw new FathomError({
			code: 'unavailable',
			message: `${label} does not answer: there is no such socket.`,
			hint: 'Start it, or set CONTAINERD_ADDRESS to its socket.',
			cause: error,
		});
	};
}
