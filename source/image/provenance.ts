import type { BuildArgument } from './image.ts';
import { isObject, parseJsonObject } from './json.ts';
import * as tolerant from './tolerant.ts';

/** How BuildKit made an image, as it attests with `--provenance` (SLSA provenance v0.2 and v1). All of it is hostile text. */
export interface Provenance {
	/** The Dockerfiles; most builds have one. None with `mode=min`, which has materials all the same. */
	readonly files: readonly ProvenanceFile[];
	readonly steps: readonly ProvenanceStep[];
	/** How many other steps have lines or layers that no builder writes. */
	readonly malformedSteps: number;
	readonly buildArguments: readonly BuildArgument[];
	/** Images and other things that were built on. */
	readonly materials: readonly Material[];
	/** The stage that was asked for; null for the last. */
	readonly target: string | null;
}

export interface ProvenanceFile {
	/** Without folders. */
	readonly name: string;
	readonly source: string;
}

/** An instruction, and the layers that were there after it. */
export interface ProvenanceStep {
	/** The position of its file. */
	readonly file: number;
	/** Its first line, from 1. */
	readonly line: number;
	/** The digests of their blobs, lowest first; a list for each way in which they were exported. */
	readonly layers: readonly (readonly string[])[];
}

export interface Material {
	/** A package URL, such as `pkg:docker/debian@12?platform=linux%2Famd64`. */
	readonly uri: string;
	/** With its algorithm: `sha256:HEX`. */
	readonly digest: string;
}

/** Most bytes of an attestation that is read: real ones have some ten thousand. */
export const maximumProvenanceBytes = 4 * 1024 * 1024;

/** More than any image has. */
const MOST_STEPS = 500;
const MOST_FILES = 20;
/** An image is exported with one compression, or a few. */
const MOST_CHAINS = 4;
const MOST_FILE_BYTES = 1024 * 1024;

const PREDICATE_TYPES = /^https:\/\/slsa\.dev\/provenance\/v(?:0\.2|1)$/;

/** Whether a predicate type is that of a statement that is read. */
export function isProvenanceType(type: string | undefined): boolean {
	return type !== undefined && PREDICATE_TYPES.test(type);
}

/** Parses an in-toto statement. Null where it says nothing that is used. Throws `corrupt`. */
export function parseProvenance(bytes: Uint8Array, where: string): Provenance | null {
	const { predicate, predicateType } = parseJsonObject(bytes, where);
	if (!isProvenanceType(tolerant.text.parse(predicateType) ?? undefined)) return null;
	const definition = at(predicate, 'buildDefinition');
	const isFirst = isObject(definition);
	const metadata = isFirst
		? at(predicate, 'runDetails', 'metadata', 'buildkit_metadata')
		: at(predicate, 'metadata', 'https://mobyproject.org/buildkit@v1#metadata');
	const files = filesOf(at(metadata, 'source', 'infos'));
	const request = isFirst
		? at(definition, 'externalParameters', 'request')
		: at(predicate, 'invocation', 'parameters');
	const given = at(request, 'args');
	const buildArguments = argumentsOf(given);
	const materials = materialsOf(
		isFirst ? at(definition, 'resolvedDependencies') : at(predicate, 'materials'),
	);
	if (files.length + materials.length + buildArguments.length === 0) return null;
	return {
		files,
		...stepsOf(at(metadata, 'source', 'locations'), at(metadata, 'layers')),
		buildArguments,
		materials,
		target: tolerant.text.parse(at(given, 'target')),
	};
}

/** What is under some keys, one in the other; undefined where there is nothing. */
function at(value: unknown, ...keys: readonly string[]): unknown {
	let current = value;
	for (const key of keys) {
		if (!isObject(current) || !Object.hasOwn(current, key)) return undefined;
		current = current[key];
	}
	return current;
}

function listOf(value: unknown, most: number): readonly unknown[] {
	return Array.isArray(value) ? value.slice(0, most) : [];
}

/** Only those that are whole: positions in this list are those that steps name. */
function filesOf(infos: unknown): readonly ProvenanceFile[] {
	return listOf(infos, MOST_FILES).map((info) => {
		const data = at(info, 'data');
		const name = tolerant.text.parse(at(info, 'filename')) ?? 'Dockerfile';
		const isText = typeof data === 'string' && data.length <= MOST_FILE_BYTES;
		const source = isText ? Buffer.from(data, 'base64').toString('utf8') : '';
		return { name: name.replace(/^.*[\\/]/s, '') || 'Dockerfile', source };
	});
}

/** The layers are under the number of the step and of its output: `step4:0`. */
function stepsOf(locations: unknown, layers: unknown): Pick<Provenance, 'steps' | 'malformedSteps'> {
	const named = isObject(layers) ? Object.entries(layers).slice(0, MOST_STEPS) : [];
	const steps = named.map(([output, chains]) =>
		stepOf(at(locations, output.replace(/:\d{1,9}$/, ''), 'locations'), chains),
	);
	return {
		steps: steps.filter((step) => step !== null && step !== 'malformed'),
		malformedSteps: steps.filter((step) => step === 'malformed').length,
	};
}

/** Null for a step that names no line or no layers. */
function stepOf(locations: unknown, chains: unknown): ProvenanceStep | 'malformed' | null {
	const [location] = listOf(locations, 1);
	const starts = listOf(at(location, 'ranges'), MOST_STEPS)
		.map((range) => at(range, 'start', 'line'))
		.filter((line) => line !== undefined);
	if (starts.length === 0 || chains === null) return null;
	const lines = starts.map((line) => tolerant.wholeNumber.parse(line) ?? 0);
	const layers = chainsOf(chains);
	if (layers === null || lines.includes(0)) return 'malformed';
	const file = tolerant.wholeNumber.parse(at(location, 'sourceIndex')) ?? 0;
	return { file, line: lines.reduce((least, line) => Math.min(least, line)), layers };
}

/** Null where they are no lists of digests. */
function chainsOf(chains: unknown): readonly (readonly string[])[] | null {
	if (!Array.isArray(chains) || !chains.every((chain) => Array.isArray(chain))) return null;
	const digests = listOf(chains, MOST_CHAINS).map((chain) =>
		listOf(chain, MOST_STEPS).map((layer) => tolerant.digest.parse(at(layer, 'digest'))),
	);
	return digests.every((chain) => chain.every((digest) => digest !== null)) ? digests : null;
}

function argumentsOf(given: unknown): readonly BuildArgument[] {
	return Object.entries(tolerant.dictionary.parse(given)).flatMap(([key, value]) => {
		const [, name] = /^build-arg:(.+)$/s.exec(key) ?? [];
		return name === undefined ? [] : [{ name, value: SECRET_NAMES.test(name) ? null : value }];
	});
}

const SECRET_NAMES =
	/pass(?:word|wd|phrase)?(?:$|_)|secret|token|credential|private|auth|pwd|(?:^|_)(?:api|access)?key$|(?:^|_)pat$/i;

function materialsOf(list: unknown): readonly Material[] {
	return listOf(list, MOST_STEPS).flatMap((material) => {
		const uri = tolerant.text.parse(at(material, 'uri'));
		const digest = tolerant.digest.parse(`sha256:${String(at(material, 'digest', 'sha256'))}`);
		return uri === null || digest === null ? [] : [{ uri, digest }];
	});
}
