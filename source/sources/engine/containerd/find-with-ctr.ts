import { baseClaimsOf } from '../../../image/base-claims.ts';
import type { ImageSummary } from '../../../image/image-summary.ts';
import type { FoundImage, ReadOptions, SourceInput } from '../../image-source.ts';
import type { ImageRecord } from '../engine-image.ts';
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
	const summarise = async (): Promise<ImageSummary> => summaryOf(digest, record);
	return { foundIn, read: () => readCtrImage({ ctr, names, record }, options), summarise };
}

function summaryOf(
	digest: string,
	{ config: { diffIds, created, runtime }, manifestDigest, annotations }: ImageRecord,
): ImageSummary {
	return {
		digests: [...new Set([digest, ...(manifestDigest === null ? [] : [manifestDigest])])],
		diffIds,
		created,
		claims: baseClaimsOf({ annotations, labels: runtime.labels, materials: [] }),
	};
}
