import { createHash } from 'node:crypto';
import { isObject, parseJson } from '../../../image/json.ts';

/** Engines of that format stacked at most 127 layers. */
const MOST_LAYERS = 128;
/** Each document is hashed with each layer. */
const MOST_BYTES = 32 * 1024;

/**
 * Tells which layer a folder of an export of Docker Engine before version 25 has, by the `json` in it, which comes before its `layer.tar`.
 * The name of the folder is the digest of that document with the chain ID of the layer in it (moby, image/v1/imagev1.go).
 */
export class LegacyLayerIds {
	readonly #chainIds: readonly string[];
	#documentsLeft: number;

	/** Lowest layer first. */
	constructor(diffIds: readonly string[]) {
		this.#chainIds = diffIds.length > MOST_LAYERS ? [] : chainIdsOf(diffIds);
		this.#documentsLeft = this.#chainIds.length;
	}

	/** The layer, 0-based, of a folder with this name; null where it cannot be told. */
	layerOf(id: string, json: Uint8Array): number | null {
		if (json.length > MOST_BYTES || this.#documentsLeft === 0) return null;
		this.#documentsLeft -= 1;
		const { id: _id, ...document } = objectIn(json);
		const { os: _os, ...withoutSystem } = document;
		// The operating system is put in after the hashing, except where it was there before.
		for (const each of [withoutSystem, document]) {
			const layer = this.#chainIds.findIndex((chainId) => idOf(each, chainId) === id);
			if (layer !== -1) return layer;
		}
		return null;
	}
}

/** As the OCI image specification defines them (config.md, "Layer ChainID"). */
function chainIdsOf(diffIds: readonly string[]): readonly string[] {
	const chainIds: string[] = [];
	for (const diffId of diffIds) {
		const below = chainIds.at(-1);
		chainIds.push(below === undefined ? diffId : `sha256:${sha256(`${below} ${diffId}`)}`);
	}
	return chainIds;
}

type Document = Readonly<Record<string, unknown>>;

function objectIn(json: Uint8Array): Document {
	try {
		const document = parseJson(json, 'json');
		return isObject(document) ? document : {};
	} catch {
		return {};
	}
}

function idOf({ parent, ...document }: Document, chainId: string): string {
	const hashed: Document = {
		...document,
		layer_id: chainId,
		...(typeof parent === 'string' && { parent: `sha256:${parent}` }),
	};
	const sorted = Object.fromEntries(
		Object.entries(hashed).sort(([left], [right]) => (left < right ? -1 : 1)),
	);
	return sha256(asGoWrites(JSON.stringify(sorted)));
}

/** Go escapes what would mean something in HTML, and what ends a line in JavaScript (encoding/json, HTMLEscape). */
function asGoWrites(json: string): string {
	return json.replace(
		/[<>&\u2028\u2029]/g,
		(sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}

function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
