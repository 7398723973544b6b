import type { FoundImage, ReadOptions, SourceInput } from '../../image-source.ts';
import type { ContainerdAddress } from './containerd-address.ts';
import type { Ctr } from './ctr.ts';
import { readCtrRecord } from './ctr-documents.ts';
import { findCtrImage } from './ctr-images.ts';
import { readCtrImage } from './read-ctr-image.ts';

/** Finds an image with `ctr`: reads its documents at once, and its layers blob by blob. */
export async function findWithCtr(
	address: ContainerdAddress,
	input: SourceInput,
	options: ReadOptions,
): Promise<FoundImage> {
	const { platform } = input;
	const { signal } = options;
	const ctr: Ctr = { address, input };
	const { digest, names } = await findCtrImage(ctr, signal);
	const record = await readCtrRecord(ctr, digest, platform, signal);
	const foundIn = `${address.label}, namespace ${address.namespace}`;
	return { foundIn, read: () => readCtrImage({ ctr, names, record }, options) };
}
