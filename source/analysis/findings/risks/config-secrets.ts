import {
	isSecretSetting,
	maskInstruction,
	maskText,
	maskWords,
} from '../../../facts/secrets/settings/mask-values.ts';
import { type RecordedSetting, recordedSettings } from '../../../facts/secrets/settings/recorded-settings.ts';
import { isSecretName } from '../../../facts/secrets/settings/secret-name.ts';
import type { HistoryStep, ImageDescription, RuntimeConfig } from '../../../image/image.ts';
import type { Steps } from '../../../steps.ts';
import type { FoundFinding, RuleInput } from '../finding.ts';

/** A setting, of which the name is shown and never the value. */
type Setting = Pick<RecordedSetting, 'kind' | 'name' | 'value'>;

const MOST_NAMED = 5;
/** Of an instruction, in characters. */
const MOST_SHOWN = 80;
const SETTINGS_A_STEP = 16;
/** The beginning of an instruction has the arguments; what follows is a command of any length. */
const MOST_CHARACTERS = 16_384;

/** Values in the config and the history that are secrets by the names of their settings, or by what they look like. They are not shown. */
export function* findConfigSecrets({
	recorded,
	buildArguments = [],
}: RuleInput): Steps<readonly FoundFinding[]> {
	const names = new Set<string>();
	for (const settings of groupsOf(recorded)) {
		for (const setting of settings) if (isSecret(setting)) names.add(shownName(setting));
		yield;
	}
	for (const step of recorded.history) {
		const { createdBy, comment } = step;
		const text = (createdBy ?? '').slice(0, MOST_CHARACTERS);
		const secrets = recordedSettings(text).filter(isSecret);
		for (const setting of secrets) names.add(shownName(setting));
		if (secrets.length === 0 && maskInstruction(text) !== text) names.add(nameOfStep(step));
		else if (comment !== null && maskText(comment) !== comment)
			names.add(`the comment of ${nameOfStep(step)}`);
		yield;
	}
	for (const name of commandsWithSecrets(recorded.config)) names.add(name);
	const found = names.size === 0 ? [] : [foundIn(names)];
	const asked = new Set<string>();
	for (const { name, value } of buildArguments) {
		const setting = { kind: 'build argument', name, value: value ?? '' } as const;
		const looksLikeOne = value === null ? isSecretName(name) : isSecret(setting);
		if (looksLikeOne && !names.has(shownName(setting))) asked.add(shownName(setting));
		yield;
	}
	return asked.size === 0 ? found : [...found, takenBy(asked)];
}

function foundIn(names: ReadonlySet<string>): FoundFinding {
	return {
		...risk,
		code: 'secret-in-config',
		title: `the config or the history has what looks like a secret: ${listed(names)}`,
		advice: {
			text: 'Everybody who has the image can read it: treat it as known, and change it. Hand secrets to a build with RUN --mount=type=secret, and to a container when it starts.',
			edit: null,
		},
	};
}

/** The provenance or the Dockerfile says so; whether the value is in the image is not known. */
function takenBy(names: ReadonlySet<string>): FoundFinding {
	return {
		...risk,
		code: 'secret-build-argument',
		title: `the build takes what looks like a secret as an argument: ${listed(names)}`,
		advice: {
			text: 'Hand secrets to a build with RUN --mount=type=secret: arguments are kept in the provenance, and in the history of what uses them.',
			edit: null,
		},
	};
}

const risk = {
	level: 'risk',
	claim: { kind: 'nothing', nodes: [] },
	shippedIn: null,
	wastedIn: null,
} as const satisfies Partial<FoundFinding>;

function listed(names: ReadonlySet<string>): string {
	const shown = [...names].slice(0, MOST_NAMED).join(', ');
	return names.size > MOST_NAMED ? `${shown} and ${names.size - MOST_NAMED} more` : shown;
}

/** A reader finds a step by its instruction: reports show that, and no numbers of steps. */
function nameOfStep({ instruction, createdBy }: HistoryStep): string {
	const text = maskInstruction(instruction ?? createdBy ?? '')
		.replace(/\s+/g, ' ')
		.trim();
	const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
	return shown === '' ? 'a step of the history' : `the instruction ${shown}`;
}

function commandsWithSecrets({ entrypoint, cmd, healthcheck, onBuild }: RuntimeConfig): readonly string[] {
	const hasSecret = (words: readonly string[] | null | undefined) => {
		const masked = maskWords(words ?? []);
		return masked.some((word, index) => word !== words?.[index]);
	};
	return [
		...(hasSecret(entrypoint) ? ['the entrypoint'] : []),
		...(hasSecret(cmd) ? ['the command'] : []),
		...(hasSecret(healthcheck?.test) ? ['the health check'] : []),
		...(onBuild.some((text) => maskInstruction(text) !== text) ? ['an ONBUILD instruction'] : []),
	];
}

/** Without what may be a part of a value: a name can be any text, such as what is before the first `=` of an address. */
function shownName({ kind, name }: Setting): string {
	const isName = /^[A-Za-z_][\w./-]{0,99}$/.test(name) && maskText(name) === name;
	return isName ? `${kind} ${name}` : `${kind} of a name that is not shown`;
}

/** What a container is started with, some at a time. */
function* groupsOf({ config }: ImageDescription): Generator<readonly Setting[]> {
	for (let start = 0; start < config.env.length; start += SETTINGS_A_STEP)
		yield config.env
			.slice(start, start + SETTINGS_A_STEP)
			.map((variable) => ({ kind: 'environment variable', ...assignment(variable) }));
	const labels = Object.entries(config.labels);
	for (let start = 0; start < labels.length; start += SETTINGS_A_STEP)
		yield labels
			.slice(start, start + SETTINGS_A_STEP)
			.map(([name, value]) => ({ kind: 'label', name, value }));
}

function assignment(text: string): Pick<Setting, 'name' | 'value'> {
	const equals = text.indexOf('=');
	return equals === -1
		? { name: text, value: '' }
		: { name: text.slice(0, equals), value: text.slice(equals + 1).replace(/^(["'])(.*)\1$/s, '$2') };
}

function isSecret({ name, value }: Setting): boolean {
	return isSecretSetting(name, value);
}
