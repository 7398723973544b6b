import { FathomError } from '../../errors.ts';
import type { ConfigStep } from '../../image/config.ts';
import type { LayerFacts } from '../../image/describe.ts';
import * as tolerant from '../../image/tolerant.ts';
import { instructionOf } from '../../text/instruction.ts';

/** A step as an engine lists it. */
export interface ToldStep extends Omit<ConfigStep, 'emptyLayer' | 'author'> {
	/** What its layer holds, bytes; 0 also where it has none. */
	readonly bytes: number;
}

const schema = tolerant.listOfEach(
	tolerant.fields({
		Created: tolerant.wholeNumber,
		CreatedBy: tolerant.text,
		Comment: tolerant.text,
		Size: tolerant.byteCount,
	}),
);

/**
 * The history that an engine answers with; no steps where it does not give one: Podman 4.3 fails where a step has no time, and exports the
 * image all the same. Throws `interrupted`.
 */
export async function historyOrNone(answer: Promise<unknown>): Promise<readonly ToldStep[]> {
	try {
		return parseHistory(await answer);
	} catch (error) {
		if (!(error instanceof FathomError) || error.code === 'interrupted') throw error;
		return [];
	}
}

/** The latest time that RFC 3339 can write, seconds. */
const LATEST_SECONDS = 253_402_300_799;

/** The steps, first to last, in what the engine answers to `GET /images/NAME/history`, which has the last one first. */
export function parseHistory(document: unknown): readonly ToldStep[] {
	const steps = schema.parse(document).map(({ Created, CreatedBy, Comment, Size }) => ({
		createdBy: CreatedBy,
		created: Created === null || Created > LATEST_SECONDS ? null : timeOf(Created),
		comment: Comment,
		bytes: Size ?? 0,
	}));
	return steps.reverse();
}

function timeOf(seconds: number): string {
	return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/**
 * The steps as a config has them. The engine does not say which of them have a layer: those do that hold something, and of the others as
 * many as it takes, those first that are likely to.
 */
export function configSteps(steps: readonly ToldStep[], layerCount: number): readonly ConfigStep[] {
	const likelihoods = steps.map(likelihoodOf);
	const likeliest = [...steps.keys()].sort((left, right) => likelihoods[right] - likelihoods[left]);
	const withLayer = new Set(likeliest.slice(0, layerCount));
	return steps.map(({ createdBy, created, comment }, index) => ({
		...{ createdBy, created, comment },
		author: null,
		emptyLayer: !withLayer.has(index),
	}));
}

/** Instructions that change the config alone. */
const configOnly =
	/^(?:CMD|ENTRYPOINT|ENV|LABEL|EXPOSE|USER|VOLUME|STOPSIGNAL|HEALTHCHECK|SHELL|ONBUILD|ARG|MAINTAINER)\b/i;
/** It has a layer where the folder is made. */
const folderMaking = /^WORKDIR\b/i;

/** Enough for what is in front of an instruction. */
const MOST_LOOKED_INTO = 200;

/** How likely it is that a step has a layer. */
function likelihoodOf({ bytes, createdBy }: ToldStep): number {
	if (bytes > 0) return 3;
	const instruction = instructionOf((createdBy ?? '').slice(0, MOST_LOOKED_INTO));
	if (configOnly.test(instruction)) return 0;
	return folderMaking.test(instruction) ? 1 : 2;
}

/** The layers of an image whose engine keeps them unpacked, by the steps of its history that have one. */
export function unpackedLayers(
	steps: readonly ToldStep[],
	history: readonly Pick<ConfigStep, 'emptyLayer'>[],
	layerCount: number,
): readonly LayerFacts[] {
	const isSame = steps.length === history.length;
	const sizes = isSame ? steps.flatMap(({ bytes }, step) => (history[step].emptyLayer ? [] : [bytes])) : [];
	return Array.from({ length: layerCount }, (_, layer) => ({
		digest: null,
		mediaType: null,
		storedBytes: sizes.length === layerCount ? sizes[layer] : 0,
	}));
}
