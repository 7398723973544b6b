import { createHash } from 'node:crypto';
import type * as z from 'zod/mini';
import type { Healthcheck, RuntimeConfig } from './image.ts';
import { parseJsonObject } from './json.ts';
import type { Platform } from './platform.ts';
import * as tolerant from './tolerant.ts';

/** The config of an image (OCI image specification, config.md). */
export interface ImageConfig {
	readonly platform: Platform | null;
	/** `os.version`. */
	readonly osVersion: string | null;
	/** `os.features`. */
	readonly osFeatures: readonly string[];
	/** RFC 3339 as written. */
	readonly created: string | null;
	readonly author: string | null;
	readonly runtime: RuntimeConfig;
	/** One for each layer, lowest first; null where the digest is invalid. */
	readonly diffIds: readonly (string | null)[];
	readonly history: readonly ConfigStep[];
}

/** One step of the history. */
export interface ConfigStep {
	readonly createdBy: string | null;
	readonly created: string | null;
	readonly comment: string | null;
	readonly author: string | null;
	/** Whether the step has no layer. */
	readonly emptyLayer: boolean;
}

const step = tolerant.fields({
	created_by: tolerant.text,
	created: tolerant.text,
	comment: tolerant.text,
	author: tolerant.text,
	empty_layer: tolerant.flag,
});

const schema = tolerant.fields({
	'os.version': tolerant.text,
	'os.features': tolerant.texts,
	created: tolerant.text,
	author: tolerant.text,
	config: tolerant.fields({
		User: tolerant.text,
		ExposedPorts: tolerant.keys,
		Env: tolerant.texts,
		Entrypoint: tolerant.command,
		Cmd: tolerant.command,
		Volumes: tolerant.keys,
		WorkingDir: tolerant.text,
		Labels: tolerant.dictionary,
		StopSignal: tolerant.text,
		Healthcheck: tolerant.fields({
			Test: tolerant.command,
			Interval: tolerant.wholeNumber,
			Timeout: tolerant.wholeNumber,
			StartPeriod: tolerant.wholeNumber,
			StartInterval: tolerant.wholeNumber,
			Retries: tolerant.wholeNumber,
		}),
		Shell: tolerant.command,
		OnBuild: tolerant.texts,
	}),
	rootfs: tolerant.fields({ diff_ids: tolerant.listOfEach(tolerant.digest) }),
	history: tolerant.listOfEach(step),
});

/**
 * Parses the config of an image. A field that is missing, null or of the wrong type counts as absent; lists and strings are cut at
 * the bounds in `tolerant.ts`, with a digest of what is cut. Throws `corrupt`, with `where` at the start of the message, for what is not a JSON object.
 */
export function parseConfig(bytes: Uint8Array, where: string): ImageConfig {
	const document = parseJsonObject(bytes, where);
	const parsed = schema.parse(document);
	return {
		platform: tolerant.platform.parse(document),
		osVersion: parsed['os.version'],
		osFeatures: parsed['os.features'],
		created: parsed.created,
		author: parsed.author,
		runtime: runtimeOf(parsed.config),
		diffIds: parsed.rootfs.diff_ids,
		history: [...parsed.history, ...restOfHistory(document)].map((step) => ({
			createdBy: step.created_by,
			created: step.created,
			comment: step.comment,
			author: step.author,
			emptyLayer: step.empty_layer,
		})),
	};
}

/** In place of the steps beyond the most that are read, so that two histories that differ in those do not become one. */
function restOfHistory({ history }: Readonly<Record<string, unknown>>): readonly z.output<typeof step>[] {
	const rest = Array.isArray(history) ? history.slice(tolerant.maximumItems) : [];
	if (rest.length === 0) return [];
	const digest = createHash('sha256').update(JSON.stringify(rest)).digest('hex');
	return [
		step.parse({ created_by: `… and ${rest.length} more steps (sha256:${digest})`, empty_layer: true }),
	];
}

function runtimeOf(config: z.output<typeof schema>['config']): RuntimeConfig {
	return {
		user: config.User,
		exposedPorts: config.ExposedPorts,
		env: config.Env,
		entrypoint: config.Entrypoint,
		cmd: config.Cmd,
		volumes: config.Volumes,
		workingDir: config.WorkingDir,
		labels: config.Labels,
		stopSignal: config.StopSignal,
		healthcheck: healthcheckOf(config.Healthcheck),
		shell: config.Shell,
		onBuild: config.OnBuild,
	};
}

const NANOSECONDS_A_SECOND = 1e9;

/** Zero means the same as no value: a default, or what the base image has. */
function healthcheckOf(check: z.output<typeof schema>['config']['Healthcheck']): Healthcheck | null {
	const seconds = (nanoseconds: number | null) => (nanoseconds ? nanoseconds / NANOSECONDS_A_SECOND : null);
	const parsed = {
		test: check.Test,
		intervalSeconds: seconds(check.Interval),
		timeoutSeconds: seconds(check.Timeout),
		startPeriodSeconds: seconds(check.StartPeriod),
		startIntervalSeconds: seconds(check.StartInterval),
		retries: check.Retries || null,
	};
	return Object.values(parsed).every((value) => value === null) ? null : parsed;
}

/** The config of an image that has none, such as a container snapshot. */
export const emptyConfig: ImageConfig = {
	platform: null,
	osVersion: null,
	osFeatures: [],
	created: null,
	author: null,
	runtime: runtimeOf(schema.parse({}).config),
	diffIds: [],
	history: [],
};
