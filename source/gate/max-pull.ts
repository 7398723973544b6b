import { layersToPull } from '../diff/pull.ts';
import type { Baseline } from './baseline/baseline.ts';
import { notThere } from './baseline/not-known.ts';
import type { Measured, Rule, RuleInput } from './rule.ts';

/** What a host that has the baseline has to pull for this image. */
export const maxPull: Rule<'max-pull', never> = {
	key: 'max-pull',
	syntax: 'bytes',
	bound: 'highest',
	defaultLimit: null,
	summary: 'stored bytes an update pulls',
	isAboutChange: true,
	needs: [],
	measures: [
		{
			name: null,
			unit: 'bytes',
			what: 'stored bytes of layers that the baseline does not have',
			countsStoredBytes: true,
			measure: (input) => (input.baseline === null ? notThere : measurePull(input, input.baseline)),
		},
	],
};

type LayerInput = Pick<RuleInput, 'figures' | 'layers'>;

function measurePull({ figures, layers }: LayerInput, baseline: Baseline): Measured {
	const pull = layersToPull([baseline.layers, layers]);
	const storages = new Set(pull.layers.map((index) => storageOf(figures.layers[index])));
	return { value: pull.storedBytes, ...comparability(storages, storagesOf(baseline.layers)) };
}

type Storage = 'compressed' | 'uncompressed';

/** A limit that was set for compressed layers says nothing of uncompressed ones, so that both images have to keep theirs in one way. */
function comparability(pulled: ReadonlySet<Storage>, before: ReadonlySet<Storage>): Omit<Measured, 'value'> {
	if (pulled.size === 0) return {};
	const mark = pulled.has('uncompressed') ? ({ mark: 'uncompressed' } as const) : {};
	if (pulled.size > 1)
		return { ...mark, obstacle: 'some of the new layers are stored uncompressed and some are not' };
	const [storage] = pulled;
	if (before.size === 0 || (before.size === 1 && before.has(storage))) return mark;
	return {
		...mark,
		obstacle: `the new layers are stored ${storage}, and those of the baseline ${before.size > 1 ? 'in both ways' : storage === 'compressed' ? 'uncompressed' : 'compressed'}`,
	};
}

function storagesOf(layers: Baseline['layers']): ReadonlySet<Storage> {
	return new Set(layers.map(storageOf));
}

/** A blob that is as long as its tar is that tar. */
function storageOf({
	storedBytes,
	unpackedBytes,
}: {
	readonly storedBytes: number;
	readonly unpackedBytes: number;
}): Storage {
	return storedBytes === unpackedBytes ? 'uncompressed' : 'compressed';
}
