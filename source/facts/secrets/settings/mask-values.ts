import { MASK } from '../../../text/mask.ts';
import { recordedSettings } from './recorded-settings.ts';
import { isFlaggedSecret, isNamedSecret } from './secret-name.ts';
import type { Span } from './span.ts';
import { textSpans } from './text-spans.ts';

/** A text of people or programs without the values in it that look secret. */
export function maskText(text: string): string {
	return withMasks(text, textSpans(text));
}

/** An instruction as a Dockerfile or a history has it, without the values in it that look secret. */
export function maskInstruction(text: string): string {
	const named = recordedSettings(text).filter(({ name, value }) => isNamedSecret(name, value));
	return withMasks(text, [...named, ...textSpans(text)]);
}

/** The value of an environment variable, a label or the like. */
export function maskSetting(name: string, value: string): string {
	return isNamedSecret(name, value) ? MASK : maskText(value);
}

/** `NAME=VALUE` as an environment has it. */
export function maskVariable(variable: string): string {
	const equals = variable.indexOf('=');
	if (equals < 0) return maskText(variable);
	const name = variable.slice(0, equals);
	return `${maskText(name)}=${maskSetting(name, variable.slice(equals + 1))}`;
}

/** The words of a command. */
export function maskWords(words: readonly string[]): readonly string[] {
	return words.map((word, index) => {
		const [, flag] = /^--?([A-Za-z][\w.-]{0,99})$/.exec(words[index - 1] ?? '') ?? [];
		return flag !== undefined && isFlaggedSecret(flag, word) ? MASK : maskText(word);
	});
}

/** Whether an environment variable, a label or the like is a secret by its name, or by what it looks like. */
export function isSecretSetting(name: string, value: string): boolean {
	return isNamedSecret(name, value) || textSpans(value).length > 0;
}

function withMasks(text: string, spans: readonly Span[]): string {
	let masked = '';
	let at = 0;
	for (const { start, end } of spans.toSorted((left, right) => left.start - right.start)) {
		// What overlaps is one value.
		if (start >= at) masked += text.slice(at, start) + MASK;
		at = Math.max(at, end);
	}
	return masked + text.slice(at);
}
