import type { Healthcheck, HistoryStep, ImageDescription, RuntimeConfig } from '../image/image.ts';
import { formatPlatform } from '../image/platform.ts';
import { nothingUnknown } from './unknown-facts.ts';

/** What differs between the configs of two images, in one field or one entry of it. */
export interface ConfigChange {
	readonly field: ConfigField;
	/** The variable, label, port or volume; null for a field that is one value. */
	readonly name: string | null;
	/** Null where it is not set. */
	readonly oldValue: ConfigValue | null;
	readonly newValue: ConfigValue | null;
}

/** A text, or the words of a command. */
export type ConfigValue = string | readonly string[];

export const configFields = [
	'platform',
	'osVersion',
	'osFeatures',
	'created',
	'author',
	'user',
	'workingDir',
	'entrypoint',
	'cmd',
	'env',
	'exposedPorts',
	'volumes',
	'labels',
	'stopSignal',
	'healthcheck',
	'shell',
	'onBuild',
	'history',
	'comments',
] as const;

export type ConfigField = (typeof configFields)[number];

type Compared = Pick<
	ImageDescription,
	'platform' | 'osVersion' | 'osFeatures' | 'created' | 'author' | 'config' | 'history'
>;
/** The entries of a field by name; a field that is one value has the name ''. */
type Entries = ReadonlyMap<string, ConfigValue>;

/**
 * Compares two configs field by field, entries by name (OCI image specification, config.md). Entries are in the order of their names. A field
 * that is unknown of one of them is left out.
 */
export function compareConfigs(
	older: Compared,
	newer: Compared,
	unknown: ReadonlySet<string> = nothingUnknown,
): readonly ConfigChange[] {
	const known = configFields.filter((field) => !unknown.has(field));
	return known.flatMap((field) =>
		compareEntries(field, readers[field](older, newer), readers[field](newer, older)),
	);
}

const readers: Readonly<Record<ConfigField, (image: Compared, other: Compared) => Entries>> = {
	platform: ({ platform }) => single(platform && formatPlatform(platform)),
	osVersion: ({ osVersion }) => single(osVersion),
	osFeatures: ({ osFeatures }) => names(osFeatures),
	created: ({ created }) => single(created),
	author: ({ author }) => single(author),
	user: ({ config }) => single(config.user),
	workingDir: ({ config }) => single(config.workingDir),
	entrypoint: ({ config }) => single(config.entrypoint),
	cmd: ({ config }) => single(config.cmd),
	env: ({ config }) => variables(config),
	exposedPorts: ({ config }) => names(config.exposedPorts),
	volumes: ({ config }) => names(config.volumes),
	labels: ({ config }) => new Map(Object.entries(config.labels)),
	stopSignal: ({ config }) => single(config.stopSignal),
	healthcheck: ({ config }) => settingsOf(config.healthcheck),
	shell: ({ config }) => single(config.shell),
	onBuild: ({ config }) => single(config.onBuild),
	history: ({ history }) => steps(history),
	comments: ({ history }, { history: others }) => comments(history, others),
};

/** An empty text, such as a user that is not set, says the same as none. */
function single(value: ConfigValue | null): Entries {
	return new Map(value === null || value.length === 0 ? [] : [['', value]]);
}

function names(values: readonly string[]): Entries {
	return new Map(values.map((value) => [value, value]));
}

/** The last of several of one name counts, as it does in a process. */
function variables({ env }: RuntimeConfig): Entries {
	return new Map(
		env.map((variable) => {
			const equals = variable.indexOf('=');
			return equals < 0 ? [variable, ''] : [variable.slice(0, equals), variable.slice(equals + 1)];
		}),
	);
}

/** What a health check sets, by name. */
function settingsOf(check: Healthcheck | null): Entries {
	if (check === null) return new Map();
	const { test, retries, ...seconds } = check;
	const settings = new Map<string, ConfigValue>();
	if (test !== null) settings.set('test', test);
	if (retries !== null) settings.set('retries', String(retries));
	for (const [name, value] of Object.entries(seconds))
		if (value !== null) settings.set(name.replace(/Seconds$/, ''), `${value}s`);
	return settings;
}

/** Instructions that made no layer, which no comparison of layers shows. One that is there twice counts twice. */
function steps(history: readonly HistoryStep[]): Entries {
	const counts = new Map<string, number>();
	for (const { createdBy, layerIndex } of history)
		if (layerIndex === null && createdBy !== null) counts.set(createdBy, (counts.get(createdBy) ?? 0) + 1);
	return new Map(
		Array.from(counts, ([step, count]) => [step, count === 1 ? step : `${step} (${count} times)`]),
	);
}

/**
 * The comments of the steps that both histories have, by instruction. A step of one image alone is told as such, and BuildKit writes the same
 * comment for every step.
 */
function comments(history: readonly HistoryStep[], others: readonly HistoryStep[]): Entries {
	const shared = new Set(others.map(({ createdBy }) => createdBy));
	const found = new Map<string, Set<string>>();
	for (const { createdBy, comment } of history) {
		if (comment === null || !shared.has(createdBy)) continue;
		const ofStep = found.get(createdBy ?? '') ?? new Set();
		found.set(createdBy ?? '', ofStep.add(comment));
	}
	return new Map(Array.from(found, ([step, texts]) => [step, [...texts].sort().join(', ')]));
}

function compareEntries(field: ConfigField, older: Entries, newer: Entries): readonly ConfigChange[] {
	const both = [...new Set([...older.keys(), ...newer.keys()])].sort();
	return both.flatMap((name): readonly ConfigChange[] => {
		const oldValue = older.get(name) ?? null;
		const newValue = newer.get(name) ?? null;
		if (isSame(oldValue, newValue)) return [];
		return [{ field, name: name === '' ? null : name, oldValue, newValue }];
	});
}

function isSame(left: ConfigValue | null, right: ConfigValue | null): boolean {
	if (left === null || right === null || typeof left !== typeof right) return left === right;
	if (typeof left === 'string' || typeof right === 'string') return left === right;
	return left.length === right.length && left.every((word, index) => word === right[index]);
}
