import type { CompressionDifference } from '../../../diff/reproducible/compression-difference.ts';
import type { BytesDifference } from '../../../diff/reproducible/first-bytes.ts';
import { causesOf, type TarDifference } from '../../../diff/reproducible/tar-difference.ts';
import { decodeName } from '../../../text/decode-name.ts';
import { placeName } from './header-words.ts';
import type { JsonReproducibility } from './json-schema.ts';

type FirstDifference = NonNullable<NonNullable<JsonReproducibility['layer']>['firstDifference']>;

const nothing = {
	causes: [],
	path: null,
	oldEntry: null,
	newEntry: null,
	fields: [],
	content: null,
	padding: null,
	oldBytes: null,
	newBytes: null,
} satisfies Omit<FirstDifference, 'kind'>;

/** How two tars differ first. */
export function firstInTars(difference: TarDifference): FirstDifference {
	const base = { ...nothing, kind: difference.kind, causes: [...causesOf(difference)] };
	switch (difference.kind) {
		case 'entry': {
			const { path, index, headers, content, contentBytes, padding } = difference;
			return {
				...base,
				path: textOf(path),
				oldEntry: index,
				newEntry: index,
				fields: headers.map(({ place, older, newer }) => fieldOf(placeName(place), older, newer)),
				content: content && placeOf(content),
				padding: padding && placeOf(padding),
				...(content !== null && bytesOf(contentBytes)),
			};
		}
		case 'order':
			return {
				...base,
				path: textOf(difference.path),
				oldEntry: difference.oldIndex,
				newEntry: difference.newIndex,
			};
		case 'only': {
			const entry = difference.side === 'old' ? 'oldEntry' : 'newEntry';
			return { ...base, path: textOf(difference.path), [entry]: difference.index };
		}
		case 'end':
			return { ...base, content: placeOf(difference.at), ...bytesOf(difference.bytes) };
	}
}

/** How the blobs of equal tars differ first. */
export function firstInBlobs(difference: CompressionDifference): FirstDifference {
	switch (difference.kind) {
		case 'format':
			return { ...nothing, kind: 'compression', fields: [fieldOf('format', ...difference.formats)] };
		case 'gzip-header':
			return {
				...nothing,
				kind: 'gzip-header',
				fields: difference.fields.map(({ name, older, newer }) => fieldOf(name, older, newer)),
				content: difference.data && placeOf(difference.data),
			};
		case 'data':
			return {
				...nothing,
				kind: 'compressed-data',
				content: placeOf(difference.at),
				...bytesOf(difference.bytes),
			};
	}
}

type Value = number | string | null;

function fieldOf(field: string, older: Value, newer: Value): FirstDifference['fields'][number] {
	const [before, after] = [older, newer].map((value) => (typeof value === 'string' ? textOf(value) : value));
	return { field, old: before, new: after };
}

function placeOf({ offset, shownFrom, older, newer }: BytesDifference) {
	const [before, after] = [older, newer].map((bytes) => Buffer.from(bytes).toString('hex'));
	return { offset, shownFrom, old: before, new: after };
}

function bytesOf([older, newer]: readonly [number, number]) {
	return { oldBytes: older, newBytes: newer };
}

function textOf(latin1: string): string {
	return decodeName(Buffer.from(latin1, 'latin1'));
}
