import * as z from 'zod/mini';
// By name: a member of a namespace would bundle all of it.
import { type $ZodObject, $ZodObjectJIT, type $ZodShape } from 'zod/v4/core';
import { listedKinds } from '../../analysis/figures.ts';
import { wasteCauses } from '../../filetree/file-tree.ts';
import { parseDigest } from '../../image/digest.ts';
import { entryKinds } from '../../tar/changeset.ts';
import type { WarningCode } from '../../warning.ts';

/*
 * What is read of a JSON report: less than it has (`report/json/schema.ts`), because trees and lists are worked out anew from its rows. Members
 * that older reports lack are optional, and members that a newer fathom added are not looked at. Lengths need no bound of their own: no value is
 * longer than `MOST_VALUE_BYTES`.
 */

const LARGEST_ID = 0xffff_fffe;

const bytes = z.int().check(z.gte(0));
const count = z.int().check(z.gte(0));
const text = z.nullable(z.string());
const texts = z.array(z.string());
const textRecord = z.record(z.string(), z.string());
const digest = z.pipe(
	z.nullable(z.string()),
	z.transform((value: string | null) => parseDigest(value)),
);
const ratio = z.number().check(z.gte(0), z.lte(1));
const seconds = z.nullable(z.number());

const path = z
	.string()
	.check(z.refine((value) => !/\0|(?:^|\/)\.{0,2}(?:\/|$)/.test(value), 'is no path of an image'));
const hexOf = (length: number) => z.string().check(z.regex(new RegExp(`^[0-9a-f]{${length}}$`)));
const mode = z.string().check(z.regex(/^[0-7]{4}$/));
const kinds = z.enum(entryKinds);

const healthcheck = z.object({
	test: z.nullable(texts),
	intervalSeconds: seconds,
	timeoutSeconds: seconds,
	startPeriodSeconds: seconds,
	startIntervalSeconds: seconds,
	retries: seconds,
});

const image = z.object({
	reference: z.string(),
	source: z.string(),
	foundIn: text,
	names: texts,
	platform: z.nullable(z.object({ os: z.string(), architecture: z.string(), variant: text })),
	osVersion: z.optional(text),
	osFeatures: z.optional(texts),
	manifestDigest: digest,
	configDigest: digest,
	created: text,
	author: text,
	annotations: textRecord,
	config: z.object({
		user: text,
		exposedPorts: texts,
		env: texts,
		entrypoint: z.nullable(texts),
		cmd: z.nullable(texts),
		volumes: texts,
		workingDir: text,
		labels: textRecord,
		stopSignal: text,
		healthcheck: z.optional(z.nullable(healthcheck)),
		shell: z.optional(z.nullable(texts)),
		onBuild: z.optional(texts),
	}),
	history: z.array(
		z.object({
			createdBy: text,
			instruction: text,
			created: text,
			comment: text,
			author: text,
			layerIndex: z.nullable(count),
		}),
	),
});

const layerWaste = z.object({
	wastedBytes: bytes,
	layerBytes: bytes,
	wastedRatio: z.number().check(z.gte(0)),
});

const warning = z.object({
	// A code of a newer fathom says what it is about in its message.
	code: z.pipe(
		z.string(),
		z.transform((code) => code as WarningCode),
	),
	layerIndex: z.nullable(count),
	count,
	example: text,
	message: z.string(),
});

/** The members of a report before and beside its long lists. */
export const headSchema = z.object({
	generator: z.object({ name: z.literal('fathom'), version: z.string() }),
	image,
	totals: z.object({
		storedBytes: bytes,
		unpackedBytes: bytes,
		totalBytes: bytes,
		liveBytes: bytes,
		wastedBytes: bytes,
	}),
	efficiency: ratio,
	// What says where the base ends may be something that a newer fathom knows.
	base: z.object({
		layerCount: count,
		origin: z.catch(z.enum(['named', 'provenance', 'annotation', 'first-layer', 'none']), 'named'),
		image: z.optional(z.string()),
	}),
	baseLayers: z.optional(layerWaste),
	addedLayers: layerWaste,
	waste: z.object({ byCause: forEach(wasteCauses, bytes) }),
	finalFileSystem: z.object({
		files: count,
		hardLinks: count,
		symlinks: count,
		directories: count,
		special: count,
	}),
	warnings: z.array(warning),
	packagesNotReadInLayers: z.optional(z.array(count)),
});

export type SavedHead = z.output<typeof headSchema>;

/** The members of a layer beside its lists. */
export const layerSchema = z.object({
	digest,
	diffId: digest,
	diffIdMatches: z.nullable(z.boolean()),
	mediaType: text,
	absent: z.nullable(z.object({ sizeBytes: z.nullable(bytes), urls: texts })),
	createdBy: text,
	instruction: text,
	created: text,
	comment: text,
	storedBytes: bytes,
	unpackedBytes: bytes,
	layerBytes: bytes,
	wastedBytes: bytes,
	changeCounts: forEach(listedKinds, z.object({ files: count, directories: count, bytes })),
});

export type SavedLayer = z.output<typeof layerSchema>;

const described = {
	path,
	type: kinds,
	sizeBytes: bytes,
	mode,
	uid: count.check(z.lte(LARGEST_ID)),
	gid: count.check(z.lte(LARGEST_ID)),
	mtime: z.optional(z.number()),
	attributesDigest: z.optional(hexOf(32)),
};

/** A row of `changes`, and of `unchangedDirectories`, which have fewer members. */
export const changeSchema = rowOf({
	...described,
	kind: z.enum([...listedKinds, 'unchanged']),
	linkTarget: z.optional(z.string()),
	sha256: z.optional(hexOf(64)),
	device: z.optional(z.string()),
	linked: z.optional(
		z.nullable(z.object({ layerIndex: count, path, sizeBytes: bytes, superseded: z.optional(count) })),
	),
});

export type SavedChange = z.output<typeof changeSchema>;

/** A row of `superseded`. */
export const supersededSchema = rowOf({
	path,
	type: kinds,
	sizeBytes: bytes,
	sha256: z.optional(hexOf(64)),
});

export type SavedSuperseded = z.output<typeof supersededSchema>;

/** A row of `packages`. */
export const packageSchema = rowOf({
	type: z.string(),
	name: z.string(),
	version: z.string(),
	architecture: text,
	purl: z.string(),
	path: z.string(),
	layerIndex: count,
	files: count,
	bytes,
	addedBytes: bytes,
});

export type SavedPackage = z.output<typeof packageSchema>;

function forEach<Key extends string, Value extends z.ZodMiniType>(keys: readonly Key[], value: Value) {
	const shape = Object.fromEntries(keys.map((key) => [key, value])) as Record<Key, Value>;
	return z.object(shape);
}

/** Of the many rows: compiled to a function, which checks a row in half the time. */
function rowOf<Shape extends $ZodShape>(shape: Shape): $ZodObject<Shape> {
	return new $ZodObjectJIT({ type: 'object', shape }) as $ZodObject<Shape>;
}
