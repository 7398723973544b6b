import { existsSync } from 'node:fs';
import { FathomError } from '../../../errors.ts';
import type { FoundImage, ImageSource, ReadOptions, SourceInput } from '../../image-source.ts';
import { requireImageName } from '../image-name.ts';
import { mayUseSocket, socketDenied } from '../socket-access.ts';
import { type ContainerdAddress, containerdAddress } from './containerd-address.ts';
import { findWithCtr } from './find-with-ctr.ts';
import { findWithNerdctl } from './find-with-nerdctl.ts';

/** containerd, through the programs `ctr` or `nerdctl`: its API takes gRPC. */
export const containerdSource: ImageSource = { sourceName: 'containerd', find: findInContainerd };

async function findInContainerd(input: SourceInput, options: ReadOptions): Promise<FoundImage> {
	requireImageName(input.name);
	const address = containerdAddress(input);
	// Only nerdctl finds the socket of a containerd that runs as the user.
	if (!existsSync(address.socketPath))
		return findWithNerdctl(address, input, options).catch(orNoSocket(address));
	if (!mayUseSocket(address.socketPath)) throw socketDenied(address.label, address.socketPath);
	try {
		return await findWithCtr(address, input, options);
	} catch (error) {
		if (!isNotInstalled(error)) throw error;
		return findWithNerdctl(address, input, options).catch((other: unknown) => {
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
