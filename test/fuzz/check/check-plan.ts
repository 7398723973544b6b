import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildArchive } from '../build/build-archive.ts';
import { harmlessChanges, type LayerPlan, type Plan } from '../plan.ts';
import { Random } from '../random.ts';
import { checkCache } from './check-cache.ts';
import { checkFigures } from './check-figures.ts';
import { checkFiles } from './check-files.ts';
import { checkModel } from './check-model.ts';
import { checkReplay } from './check-replay.ts';
import { requireAlike } from './check-ways.ts';
import { FuzzFailure } from './failure.ts';
import { finalState } from './final-state.ts';
import { modelOf } from './model.ts';
import { type Outcome, outcomeOf, outcomeOfStream } from './outcome.ts';

/** To walk the paths of a larger tree takes longer than to read it. */
const MOST_WALKED_NODES = 20_000;
/** One case of this number is read with a cache, which takes ten times as long as all else. */
const CACHED = 10;
const HUGE_PATHS = 1_000_000;
const DEEP_PATH_BYTES = 200_000_000;

/** Does one case in each way. `onStep` is called before each. Throws `FuzzFailure`. */
export async function checkPlan(plan: Plan, onStep: (step: string) => void): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'fathom-fuzz-'));
	try {
		await checkIn(folder, plan, onStep);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function checkIn(folder: string, plan: Plan, onStep: (step: string) => void): Promise<void> {
	const random = new Random(plan.choices);
	const archive = buildArchive(plan);
	const path = join(folder, 'image.tar');
	writeFileSync(path, archive);
	onStep('by position');
	const byPosition = await outcomeOf(path);
	if (byPosition.kind === 'image') await checkImage(byPosition, plan, random, onStep);
	else if (isHonest(plan)) throw new FuzzFailure('refused', byPosition.code, byPosition.message);
	onStep('as a stream');
	const asStream = await outcomeOfStream(archive, random);
	if (asStream.kind === 'image') checkFigures(asStream.session);
	if (canBeStreamed(plan)) requireAlike('ways', byPosition, asStream);
	requireCleanPrototype();
	if (plan.choices % CACHED !== 0 || isHuge(plan)) return;
	onStep('with a cache');
	await checkCache(path, folder, plan.packing !== 'plain');
}

type OpenedImage = Extract<Outcome, { readonly kind: 'image' }>;

async function checkImage(
	{ session, report }: OpenedImage,
	plan: Plan,
	random: Random,
	onStep: (step: string) => void,
): Promise<void> {
	try {
		checkFigures(session);
		const model = isHonest(plan) && plan.form !== 'snapshot' ? modelOf(plan.layers) : null;
		if (session.tree.nodeCount <= MOST_WALKED_NODES) {
			const final = finalState(session.tree);
			checkReplay(report, final);
			if (model !== null) checkModel(report, final, model);
		}
		onStep('its files');
		if (plan.packing === 'plain') await checkFiles({ session, report, model }, random);
	} finally {
		await session.close();
	}
}

/** Whether an archive is as it should be, so that the program has to read it. */
function isHonest({ layers, documents, indexTrap, damage, packing, packedDamage }: Plan): boolean {
	const isSound = layers.every(isHonestLayer) && damage.length + packedDamage.length === 0;
	const isTold = documents.every(({ change }) => harmlessChanges.includes(change)) && indexTrap === null;
	return isSound && isTold && packing !== 'bzip2' && (packing === 'plain' || layers.every(isReadAtOnce));
}

function isHonestLayer({ entries, deepPaths, ending, damage, packing, packedDamage }: LayerPlan): boolean {
	const isSound = entries.every(({ lie }) => lie === null) && damage.length + packedDamage.length === 0;
	const isUsual = ending !== 'garbage' && packing !== 'bzip2';
	return isSound && isUsual && !isDeep(deepPaths);
}

/** Whether paths may be refused, as the folders on the way to them have so many bytes of paths. */
function isDeep(deepPaths: LayerPlan['deepPaths']): boolean {
	return deepPaths !== null && deepPaths.paths * deepPaths.parts ** 2 > DEEP_PATH_BYTES;
}

/** A layer in xz or bzip2 cannot be read out of an archive that streams. */
function canBeStreamed({ layers, packing }: Plan): boolean {
	return packing !== 'plain' || layers.every(isReadAtOnce);
}

function isReadAtOnce({ packing }: LayerPlan): boolean {
	return packing !== 'xz' && packing !== 'bzip2';
}

function isHuge({ layers }: Plan): boolean {
	return layers.some(
		({ deepPaths }) => deepPaths !== null && deepPaths.paths * deepPaths.parts >= HUGE_PATHS,
	);
}

function requireCleanPrototype(): void {
	if ('polluted' in {}) throw new FuzzFailure('error', 'the prototype of all objects was changed', '');
}
