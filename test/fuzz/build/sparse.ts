import type { EntryPlan } from '../plan.ts';
import type { PaxRecord } from './pax-records.ts';

/*
 * GNU tar manual, "Storing Sparse Files": the four forms of an entry that leaves out the zeros of its file.
 */

/** What a sparse entry is in its tar. */
export interface SparseEntry {
	/** What the tar stores. */
	readonly stored: string;
	readonly records: readonly PaxRecord[];
	/** What lies over the header of the old form, from offset 386. */
	readonly oldMap: string | null;
}

/** Null for an entry that is not sparse. */
export function sparseEntry({ writing, content, name }: EntryPlan): SparseEntry | null {
	const { start, data } = onlyData(content);
	const size = content.length;
	const map = start + data.length === size ? [start, data.length] : [start, data.length, size, 0];
	switch (writing) {
		case 'sparse-old':
			return { stored: data, records: [], oldMap: oldMap(map, size) };
		case 'sparse-0.0':
			return { stored: data, records: [...sizeRecords(map, size), ...mapRecords(map)], oldMap: null };
		case 'sparse-0.1': {
			const records: PaxRecord[] = [
				['GNU.sparse.map', map.join(',')],
				['GNU.sparse.name', name],
			];
			return { stored: data, records: [...sizeRecords(map, size), ...records], oldMap: null };
		}
		case 'sparse-1.0':
			return { stored: mapBlocks(map) + data, records: versionRecords(name, size), oldMap: null };
		default:
			return null;
	}
}

/** A file of one piece of data between two holes. */
function onlyData(content: string): { readonly start: number; readonly data: string } {
	const start = content.length - content.replace(/^\0+/, '').length;
	return { start, data: content.slice(start).replace(/\0+$/, '') };
}

function sizeRecords(map: readonly number[], size: number): readonly PaxRecord[] {
	return [
		['GNU.sparse.size', String(size)],
		['GNU.sparse.numblocks', String(map.length / 2)],
	];
}

function mapRecords(map: readonly number[]): readonly PaxRecord[] {
	return map.map((value, index) => [
		index % 2 === 0 ? 'GNU.sparse.offset' : 'GNU.sparse.numbytes',
		String(value),
	]);
}

function versionRecords(name: string, size: number): readonly PaxRecord[] {
	return [
		['GNU.sparse.major', '1'],
		['GNU.sparse.minor', '0'],
		['GNU.sparse.name', name],
		['GNU.sparse.realsize', String(size)],
	];
}

function mapBlocks(map: readonly number[]): string {
	const text = [map.length / 2, ...map].map((value) => `${value}\n`).join('');
	return text.padEnd(Math.ceil(text.length / 512) * 512, '\0');
}

function oldMap(map: readonly number[], size: number): string {
	const numbers = map.map(octal).join('').padEnd(96, '\0');
	return `${numbers}\0${octal(size)}`;
}

function octal(value: number): string {
	return `${value.toString(8).padStart(11, '0')}\0`;
}
