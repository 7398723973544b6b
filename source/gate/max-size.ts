import type { Figures } from '../analysis/figures.ts';
import type { Measure, MeasureName, Rule } from './rule.ts';

/** Each size that can be limited; the first is meant where the limit does not say. */
export const maxSize: Rule<'max-size', never> = {
	key: 'max-size',
	syntax: 'sizes',
	bound: 'highest',
	defaultLimit: null,
	summary: 'unpacked, stored: or live: size',
	isAboutChange: false,
	needs: [],
	measures: [size('unpacked', 'unpackedBytes'), size('stored', 'storedBytes'), size('live', 'liveBytes')],
};

type SizeFigure = 'unpackedBytes' | 'storedBytes' | 'liveBytes';

function size(name: MeasureName, figure: SizeFigure): Measure<never> {
	return {
		name,
		unit: 'bytes',
		what: `${name} size of the image`,
		countsStoredBytes: figure === 'storedBytes',
		measure: ({ figures }) => ({
			value: figures[figure],
			...(figure === 'storedBytes' && isUncompressed(figures) && ({ mark: 'uncompressed' } as const)),
		}),
	};
}

/** Whether the source keeps all layers as they are unpacked, as Docker Engine usually does. */
export function isUncompressed({
	storedBytes,
	unpackedBytes,
}: Pick<Figures, 'storedBytes' | 'unpackedBytes'>): boolean {
	return storedBytes > 0 && storedBytes === unpackedBytes;
}
