import type { DocumentChange } from '../plan.ts';

/** A JSON document with some changes. Those of the text come last, in their order. */
export function writeDocument(value: unknown, changes: readonly DocumentChange[]): Uint8Array {
	const raw: string[] = [];
	const changed = changes.reduce((document, change) => changeAt(document, change, raw), value);
	const text = JSON.stringify(changed ?? null).replaceAll(/"@raw(\d+)@"/g, (_, index) => raw[Number(index)]);
	return Buffer.from(changes.reduce(changeText, text));
}

function changeText(text: string, { change, steps }: DocumentChange): string {
	switch (change) {
		case 'cut':
			return text.slice(0, (steps[0] ?? 0) % text.length);
		case 'trailing':
			return `${text}x`;
		case 'spaces':
			return withMark(text, ' \t\r\n'.repeat(20 + ((steps[0] ?? 500) % 500)) + withoutMark(text));
		case 'byte-order-mark':
			return MARK + withoutMark(text);
		default:
			return text;
	}
}

/** Goes down a document by the steps and changes what is there. */
function changeAt(value: unknown, change: DocumentChange, raw: string[]): unknown {
	const [step, ...steps] = change.steps;
	if (step === undefined || typeof value !== 'object' || value === null)
		return changeValue(value, change, raw);
	const keys = Object.keys(value);
	if (keys.length === 0) return changeValue(value, change, raw);
	const key = keys[step % keys.length];
	if (change.change === 'remove' && steps.length === 0) {
		return Array.isArray(value)
			? value.filter((_, index) => String(index) !== key)
			: Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
	}
	const inner = changeAt(value[key as keyof typeof value], { ...change, steps }, raw);
	if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? inner : item));
	return { ...value, [key]: inner };
}

function changeValue(value: unknown, { change }: DocumentChange, raw: string[]): unknown {
	switch (change) {
		case 'huge-number':
			return asRaw('9'.repeat(400), raw);
		case 'negative-number':
			return -1;
		case 'fraction':
			return asRaw('1.5e-7', raw);
		case 'null':
			return null;
		case 'list':
			return [value];
		case 'object':
			return { '': value };
		case 'text':
			return 'text';
		case 'empty-text':
			return '';
		case 'long-text':
			return 'x'.repeat(100_000);
		case 'hostile-path':
			return '../../../../../../etc/passwd\0\n\u001b[31m';
		case 'deep':
			return asRaw('['.repeat(5000) + ']'.repeat(5000), raw);
		case 'prototype':
			return asRaw(withMember(value, '"__proto__":{"polluted":true,"Layers":[1],"manifests":[1]}'), raw);
		case 'duplicate-key':
			return asRaw(withMember(value, duplicate(value)), raw);
		case 'repeat':
			return Array.isArray(value) ? Array.from({ length: 300 }, () => value).flat() : value;
		default:
			return value;
	}
}

function duplicate(value: unknown): string {
	const [key = 'key'] = typeof value === 'object' && value !== null ? Object.keys(value) : [];
	return `${JSON.stringify(key)}:["another value"]`;
}

/** An object with one more member at its start. */
function withMember(value: unknown, member: string): string {
	const text = JSON.stringify(value ?? null);
	if (!text.startsWith('{')) return `{${member}}`;
	return text === '{}' ? `{${member}}` : `{${member},${text.slice(1)}`;
}

/** Stands for text that `JSON.stringify` would never write. */
function asRaw(text: string, raw: string[]): string {
	raw.push(text);
	return `@raw${raw.length - 1}@`;
}

/** A byte order mark, of which a document has one at most, before everything else. */
const MARK = '\ufeff';

function withoutMark(text: string): string {
	return text.startsWith(MARK) ? text.slice(MARK.length) : text;
}

/** `changed` with the mark that a document had before. */
function withMark(before: string, changed: string): string {
	return before.startsWith(MARK) ? MARK + changed : changed;
}
