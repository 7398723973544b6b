import {
	maskInstruction,
	maskSetting,
	maskText,
	maskVariable,
	maskWords,
} from '../../facts/secrets/settings/mask-values.ts';
import type { HistoryStep, ImageDescription, LayerDescription, RuntimeConfig } from '../../image/image.ts';
import type { Steps } from '../../steps.ts';
import type { SourceLine } from '../../text/dockerfile/source-line.ts';
import type { Warning } from '../../warning.ts';

/** What an image says of itself without the values that look secret: all that is shown of it, printed and saved is of this. */
export function* maskDescription(description: ImageDescription): Steps<ImageDescription> {
	const { author, annotations, config, layers, history } = description;
	return {
		...description,
		author: author && maskText(author),
		annotations: yield* maskRecord(annotations),
		config: yield* maskConfig(config),
		layers: yield* maskEach(layers, maskLayer),
		history: yield* maskEach(history, maskStep),
	};
}

/** Warnings whose example is an address where a layer is kept, without a password in it. Other examples are paths, which stay as they are. */
export function maskWarnings(warnings: readonly Warning[]): readonly Warning[] {
	return warnings.map((warning) => {
		const { code, example } = warning;
		return code === 'layer-absent' && example !== null ? { ...warning, example: maskText(example) } : warning;
	});
}

/** The same of the lines of the author's file. */
export function* maskLines(lines: readonly (SourceLine | null)[]): Steps<readonly (SourceLine | null)[]> {
	return yield* maskEach(lines, (line) => line && { ...line, text: maskInstruction(line.text) });
}

function* maskConfig(config: RuntimeConfig): Steps<RuntimeConfig> {
	const { env, entrypoint, cmd, labels, healthcheck, shell, onBuild } = config;
	const test = healthcheck?.test && maskWords(healthcheck.test);
	return {
		...config,
		env: yield* maskEach(env, maskVariable),
		entrypoint: entrypoint && maskWords(entrypoint),
		cmd: cmd && maskWords(cmd),
		labels: yield* maskRecord(labels),
		healthcheck: healthcheck && { ...healthcheck, test: test ?? null },
		shell: shell && maskWords(shell),
		onBuild: yield* maskEach(onBuild, maskInstruction),
	};
}

function maskLayer(layer: LayerDescription): LayerDescription {
	const { absent } = layer;
	return { ...layer, ...maskMade(layer), absent: absent && { ...absent, urls: absent.urls.map(maskText) } };
}

function maskStep(step: HistoryStep): HistoryStep {
	return { ...step, ...maskMade(step), author: step.author && maskText(step.author) };
}

type Made = Pick<HistoryStep, 'createdBy' | 'instruction' | 'comment'>;

function maskMade({ createdBy, instruction, comment }: Made): Made {
	return {
		createdBy: createdBy && maskInstruction(createdBy),
		instruction: instruction && maskInstruction(instruction),
		comment: comment && maskText(comment),
	};
}

function* maskRecord(record: Readonly<Record<string, string>>): Steps<Readonly<Record<string, string>>> {
	const masked = yield* maskEach(Object.entries(record), ([name, value]) => [
		maskText(name),
		maskSetting(name, value),
	]);
	return Object.fromEntries(masked);
}

function* maskEach<Item, Masked>(
	items: readonly Item[],
	mask: (item: Item) => Masked,
): Steps<readonly Masked[]> {
	const masked: Masked[] = [];
	for (const item of items) {
		masked.push(mask(item));
		yield;
	}
	return masked;
}
