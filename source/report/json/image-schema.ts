import { z } from 'zod';
import { count, layerIndex } from './row-schemas.ts';

export const text = z.string().nullable();
export const texts = z.array(z.string()).readonly();
const textRecord = z.record(z.string(), z.string()).readonly();

export const platform = z.object({ os: z.string(), architecture: z.string(), variant: text }).readonly();

const seconds = z.number().min(0).nullable();

const healthcheck = z
	.object({
		test: texts.nullable().describe('NONE, or CMD and its words, or CMD-SHELL and a text for the shell'),
		intervalSeconds: seconds,
		timeoutSeconds: seconds,
		startPeriodSeconds: seconds,
		startIntervalSeconds: seconds,
		retries: count.nullable(),
	})
	.readonly();

/** What the image says of itself. */
export const image = z
	.object({
		reference: z.string().describe('the image as it was named on the command line'),
		source: z.string().describe('what it was read from, such as docker-archive, oci-layout or registry'),
		foundIn: text.describe('the engine or registry that holds it, in words; null for a file'),
		names: texts.describe('tags or reference names, as written in the source'),
		platform: platform.nullable(),
		osVersion: text
			.optional()
			.describe('os.version of the config, which images for Windows have; absent in older reports'),
		osFeatures: texts.optional().describe('os.features of the config; absent in older reports'),
		manifestDigest: text,
		configDigest: text,
		created: text.describe('RFC 3339, as written in the config'),
		author: text,
		annotations: textRecord.describe('annotations of the manifest'),
		config: z
			.object({
				user: text,
				exposedPorts: texts,
				env: texts,
				entrypoint: texts.nullable(),
				cmd: texts.nullable(),
				volumes: texts,
				workingDir: text,
				labels: textRecord,
				stopSignal: text,
				healthcheck: healthcheck
					.nullable()
					.optional()
					.describe('null where the image has none of its own; absent in older reports'),
				shell: texts.nullable().optional().describe('absent in older reports'),
				onBuild: texts
					.optional()
					.describe('instructions for the images that are built on this one; absent in older reports'),
			})
			.readonly(),
		history: z
			.array(
				z
					.object({
						createdBy: text,
						instruction: text,
						created: text,
						comment: text,
						author: text,
						layerIndex: layerIndex.nullable(),
					})
					.readonly(),
			)
			.readonly()
			.describe('all steps of the build, oldest first; layerIndex is null for a step that made no layer'),
	})
	.readonly();
