/** What a test says of an rpm package; paths are absolute. */
export interface RpmPackage {
	readonly name: string;
	readonly version?: string;
	readonly release?: string;
	readonly epoch?: number;
	readonly architecture?: string;
	readonly sourceRpm?: string;
	readonly requires?: readonly string[];
	readonly provides?: readonly string[];
	readonly paths?: readonly string[];
	/** As before rpm 4: whole paths in one list. */
	readonly hasOldFileNames?: boolean;
}

interface Field {
	readonly tag: number;
	readonly type: number;
	readonly count: number;
	readonly data: Uint8Array;
}

/** The header of a package as rpm's database has it, with a region as rpm 4 writes it. */
export function rpmHeader(described: RpmPackage): Uint8Array {
	const { name, version = '1.0', release = '1', architecture = 'x86_64' } = described;
	return headerOf([
		// The trailer of the region lies in the data like a value.
		{ tag: 63, type: 7, count: 16, data: new Uint8Array(16) },
		string(1000, name),
		string(1001, version),
		string(1002, release),
		...(described.epoch === undefined ? [] : [numbers(1003, [described.epoch])]),
		string(1022, architecture),
		...(described.sourceRpm === undefined ? [] : [string(1044, described.sourceRpm)]),
		strings(1047, described.provides ?? [name]),
		strings(1049, described.requires ?? []),
		...fileFields(described),
	]);
}

/** The bytes of a header with these fields. */
export function headerOf(fields: readonly Field[]): Uint8Array {
	const entries = Buffer.alloc(16 * fields.length);
	const data: Uint8Array[] = [];
	let offset = 0;
	for (const [index, field] of fields.entries()) {
		const padding = field.type === 4 ? (4 - (offset % 4)) % 4 : 0;
		data.push(new Uint8Array(padding), field.data);
		[field.tag, field.type, offset + padding, field.count].forEach((value, at) => {
			entries.writeUInt32BE(value, 16 * index + 4 * at);
		});
		offset += padding + field.data.length;
	}
	const intro = Buffer.alloc(8);
	intro.writeUInt32BE(fields.length, 0);
	intro.writeUInt32BE(offset, 4);
	return new Uint8Array(Buffer.concat([intro, entries, ...data]));
}

export function string(tag: number, text: string): Field {
	return { tag, type: 6, count: 1, data: Buffer.from(`${text}\0`) };
}

export function strings(tag: number, texts: readonly string[]): Field {
	return { tag, type: 8, count: texts.length, data: Buffer.from(texts.map((text) => `${text}\0`).join('')) };
}

export function numbers(tag: number, values: readonly number[]): Field {
	const data = Buffer.alloc(4 * values.length);
	values.forEach((value, index) => {
		data.writeUInt32BE(value, 4 * index);
	});
	return { tag, type: 4, count: values.length, data };
}

function fileFields({ paths = [], hasOldFileNames = false }: RpmPackage): readonly Field[] {
	if (paths.length === 0) return [];
	if (hasOldFileNames) return [strings(1027, paths)];
	const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);
	const folders = [...new Set(paths.map(folderOf))];
	return [
		numbers(
			1116,
			paths.map((path) => folders.indexOf(folderOf(path))),
		),
		strings(
			1117,
			paths.map((path) => path.slice(path.lastIndexOf('/') + 1)),
		),
		strings(1118, folders),
	];
}
