import type { ArchiveForm, IndexTrap, LayerPlan, Packing, Plan } from '../plan.ts';
import { caseSeed, Random } from '../random.ts';
import { makeDamage } from './make-damage.ts';
import { makeDocumentChange } from './make-document-change.ts';
import { largeFile } from './make-entry.ts';
import { makeLayer } from './make-layer.ts';

/** The case of that number. Half of all cases are honest archives, of which the right figures are known. */
export function makePlan(seed: number, number: number): Plan {
	const random = new Random(caseSeed(seed, number));
	const isHonest = random.oneIn(2);
	const form = random.weighted<ArchiveForm>([
		[4, 'docker'],
		[3, 'docker-25'],
		[1, 'podman'],
		[4, 'oci'],
		[1, 'snapshot'],
	]);
	const made: LayerPlan[] = [];
	for (const below of random.list(1, form === 'snapshot' ? 1 : 4, () => made))
		made.push(
			makeLayer(
				random,
				isHonest,
				below.flatMap(({ entries }) => entries),
			),
		);
	const layers = random.oneIn(8) ? packedAlike(made, random.pick(['gzip', 'zstd', 'xz', 'xz'])) : made;
	const part = isHonest
		? null
		: random.weighted([
				[4, 'layer'],
				[4, 'documents'],
				[3, 'archive'],
				[1, 'packed'],
				[1, 'trap'],
			] as const);
	const isOdd = random.oneIn(4);
	return {
		form,
		layers,
		documents:
			part === 'documents' ? random.list(1, 3, () => makeDocumentChange(random)) : harmless(random, isOdd),
		indexTrap: part === 'trap' ? makeTrap(random) : null,
		damage: part === 'archive' ? random.list(1, 2, () => makeDamage(random)) : [],
		packing: random.weighted<Packing>([
			[part === 'packed' ? 0 : 20, 'plain'],
			[2, 'gzip'],
			[1, 'gzip-members'],
			[1, 'zstd'],
			[1, 'xz'],
		]),
		packedDamage: part === 'packed' ? random.list(1, 2, () => makeDamage(random)) : [],
		choices: random.below(2 ** 31),
	};
}

/** Layers that take the same decoder, each with a file that is larger than the pieces that decoders give. */
function packedAlike(layers: readonly LayerPlan[], packing: Packing): readonly LayerPlan[] {
	return layers.map((layer) => ({ ...layer, packing, entries: [...layer.entries, largeFile] }));
}

/** Blanks and a byte order mark before a document, which change nothing. */
function harmless(random: Random, isOdd: boolean): Plan['documents'] {
	if (!isOdd) return [];
	return [
		{ document: random.below(8), steps: [], change: random.pick(['spaces', 'byte-order-mark'] as const) },
	];
}

function makeTrap(random: Random): IndexTrap {
	return {
		indexes: random.pick([1, 1, 2, 3, 12]),
		descriptors: random.pick([1, 2, 20, 400, 5000, 9999, 10_000]),
	};
}
