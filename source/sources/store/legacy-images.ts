import { type ConfigStep, type ImageConfig, parseConfig } from '../../image/config.ts';
import { isObject, parseJsonObject } from '../../image/json.ts';
import * as tolerant from '../../image/tolerant.ts';
import { shorten } from '../../text/shorten.ts';
import type { BlobStore } from './blob-store.ts';
import { DocumentBudget } from './document-budget.ts';
import type { ListedImage } from './listed-image.ts';

/** The file that names the images in what `docker save` wrote before Docker 1.10. */
export const LEGACY_LIST = 'repositories';

/** Engines of that time stacked at most 127 layers. */
const MOST_LAYERS = 1000;
const MOST_IMAGES = 1000;

/**
 * The images of `repositories`, as Docker saved them before version 1.10: a folder for each layer with `json`, which names the parent, and
 * `layer.tar` (Docker image specification v1). Throws `corrupt` for a document that cannot be read, and `interrupted`.
 */
export async function legacyImages(
	list: Uint8Array,
	store: BlobStore,
	signal: AbortSignal | undefined,
): Promise<readonly ListedImage[]> {
	const budget = new DocumentBudget(signal);
	const images: ListedImage[] = [];
	for (const [id, names] of namesById(list)) {
		if (images.length >= MOST_IMAGES || budget.isExceeded) break;
		images.push(await legacyImage({ id, names, store, budget }));
	}
	return images;
}

/** `{"NAME": {"TAG": "ID"}}` turned round. */
function namesById(list: Uint8Array): ReadonlyMap<string, readonly string[]> {
	const named = new Map<string, string[]>();
	for (const [name, tags] of Object.entries(objectIn(list))) {
		for (const [tag, id] of Object.entries(isObject(tags) ? tags : {})) {
			if (typeof id !== 'string' || !layerId.test(id)) continue;
			const names = named.get(id) ?? [];
			names.push(`${name}:${tag}`);
			named.set(id, names);
		}
	}
	return named;
}

/** A file of that name that is something else lists nothing. */
function objectIn(list: Uint8Array): Readonly<Record<string, unknown>> {
	try {
		return parseJsonObject(list, LEGACY_LIST);
	} catch {
		return {};
	}
}

/** It becomes a part of a path. */
const layerId = /^[0-9a-f]{64}$/;

interface LegacyImage {
	readonly id: string;
	readonly names: readonly string[];
	readonly store: BlobStore;
	readonly budget: DocumentBudget;
}

async function legacyImage({ id, names, store, budget }: LegacyImage): Promise<ListedImage> {
	const steps: LegacyStep[] = [];
	const missing: string[] = [];
	const seen = new Set<string>();
	for (let next: string | null = id; next !== null && !seen.has(next); ) {
		seen.add(next);
		const step: LegacyStep | null = seen.size <= MOST_LAYERS ? await readStep(next, store, budget) : null;
		if (step === null) {
			missing.push(`${next}/json`);
			break;
		}
		steps.unshift(step);
		next = step.parent;
	}
	const top = steps.at(-1)?.config ?? parseConfig(Buffer.from('{}'), store.label);
	const layers = steps.map(({ id: layer }) => ({
		name: `${layer}/layer.tar`,
		digest: null,
		mediaType: null,
		statedBytes: null,
		urls: [],
	}));
	const lost = layers.filter(({ name }) => store.sizeOf(name) === null).map(({ name }) => name);
	return {
		names,
		platform: top.platform,
		manifestDigest: null,
		configDigest: null,
		annotations: {},
		config: { ...top, history: steps.map(({ history }) => history) },
		layers,
		missing: [...missing, ...lost],
	};
}

/** One layer and what made it. */
interface LegacyStep {
	readonly id: string;
	readonly parent: string | null;
	readonly config: ImageConfig;
	readonly history: ConfigStep;
}

const stepSchema = tolerant.fields({
	parent: tolerant.text,
	comment: tolerant.text,
	container_config: tolerant.fields({ Cmd: tolerant.command }),
});

async function readStep(id: string, store: BlobStore, budget: DocumentBudget): Promise<LegacyStep | null> {
	const name = `${id}/json`;
	const bytes = await store.document(name);
	if (bytes === null || !(await budget.admit(bytes))) return null;
	const where = `${store.label}: ${shorten(name)}`;
	const document = parseJsonObject(bytes, where);
	const { parent, comment, container_config } = stepSchema.parse(document);
	const config = parseConfig(bytes, where);
	const { created, author } = config;
	return {
		id,
		parent: parent !== null && layerId.test(parent) ? parent : null,
		config,
		history: {
			createdBy: container_config.Cmd?.join(' ') ?? null,
			created,
			comment,
			author,
			emptyLayer: false,
		},
	};
}
