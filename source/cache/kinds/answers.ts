import { deserialize, serialize } from 'node:v8';
import type { CacheKind } from './kind.ts';

/** Numbers that took time to work out; `check` says whether they can be what was asked for. */
export function numbers(check: (value: Uint32Array) => boolean): CacheKind<Uint32Array> {
	return {
		name: 'answer',
		encode: ({ buffer, byteOffset, byteLength }) => [new Uint8Array(buffer, byteOffset, byteLength)],
		decode: ([bytes]) => (bytes && bytes.length % 4 === 0 ? new Uint32Array(bytes.buffer) : null),
		check,
	};
}

/** Something small that can be written as JSON; `isValid` says whether a value is of this type. */
export function json<T extends object>(isValid: (value: unknown) => value is T): CacheKind<T> {
	return {
		name: 'answer',
		encode: (value) => [Buffer.from(JSON.stringify(value))],
		decode: ([bytes]) => {
			const value = bytes && parse(bytes);
			return isValid(value) ? value : null;
		},
		check: isValid,
	};
}

function parse(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(Buffer.from(bytes).toString('utf8'));
	} catch {
		return undefined;
	}
}

/** Something large that was worked out, as Node.js copies values; `isValid` looks at its shape alone, as it is sealed by this user's key. */
export function copied<T extends object>(isValid: (value: object) => boolean): CacheKind<T> {
	return {
		name: 'answer',
		encode: (value) => [serialize(value)],
		decode: ([bytes]) => {
			const value = bytes && deserialized(bytes);
			return typeof value === 'object' && value !== null && isValid(value) ? (value as T) : null;
		},
		check: isValid,
	};
}

function deserialized(bytes: Uint8Array): unknown {
	try {
		return deserialize(bytes);
	} catch {
		return undefined;
	}
}
