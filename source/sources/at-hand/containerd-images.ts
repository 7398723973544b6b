import { noCache } from '../../cache/layer-cache.ts';
import type { ImageAtHand } from '../../image/at-hand/image-at-hand.ts';
import { containerdAddress } from '../engine/containerd/containerd-address.ts';
import { askCtr, parseImageList } from '../engine/containerd/ctr.ts';
import { readCtrRecord } from '../engine/containerd/ctr-documents.ts';
import type { SourceInput } from '../image-source.ts';

/** To tell when an image was made, `ctr` is run three times: not for very many. */
const MOST_ASKED = 24;
const ASKED_AT_ONCE = 4;
const PATIENCE_MILLISECONDS = 2000;

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** The images that containerd lists, with what their documents say as far as that is told soon. Throws `unavailable` and `interrupted`. */
export async function containerdImages(
	input: Pick<SourceInput, 'host' | 'access'>,
	signal: AbortSignal,
): Promise<readonly ImageAtHand[]> {
	const address = containerdAddress(input);
	const { stdout } = await askCtr({ address, input }, ['images', 'ls'], signal);
	const listed = parseImageList(stdout.toString());
	const soon = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MILLISECONDS)]);
	const details = new Map<string, Pick<ImageAtHand, 'bytes' | 'seconds'>>();
	const queue = listed.slice(0, MOST_ASKED);
	const drain = async (): Promise<void> => {
		for (let image = queue.shift(); image !== undefined && !soon.aborted; image = queue.shift()) {
			const ctr = { address, input: { ...input, cache: noCache(), name: image.name } };
			// An image of which something is missing is listed all the same.
			const record = await readCtrRecord(ctr, image.digest, undefined, soon).catch(() => null);
			if (record === null) continue;
			const seconds = Date.parse(record.config.created ?? '') / 1000;
			details.set(image.name, {
				bytes: record.layers?.reduce((sum, { storedBytes }) => sum + storedBytes, 0) ?? null,
				seconds: Number.isFinite(seconds) ? seconds : null,
			});
		}
	};
	await Promise.all(Array.from({ length: ASKED_AT_ONCE }, drain));
	return listed.map(({ name, size }) => ({
		reference: `containerd:${name}`,
		name,
		place: 'containerd',
		bytes: details.get(name)?.bytes ?? parseListedSize(size),
		seconds: details.get(name)?.seconds ?? null,
	}));
}

/** A size as `ctr images ls` writes it: `2.8 MiB`. Null for anything else. */
export function parseListedSize(text: string): number | null {
	const match = /^(\d+(?:\.\d+)?) ([KMGT]i)?B$/.exec(text);
	if (match === null) return null;
	return Math.round(Number(match[1]) * 1024 ** UNITS.indexOf(`${match[2] ?? ''}B`));
}
