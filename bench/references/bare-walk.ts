// The reference for reading an archive by position: nothing but the headers and the files that have to be compared. It knows of tars what a
// `docker save` archive needs, checks nothing and works nothing out. It prints the seconds that it took, without the start of Node.
import { fstatSync, openSync, readSync } from 'node:fs';

const BLOCK = 512;
const smallRead = 4 * 1024;
const largeRead = 64 * 1024;
const compareBytes = 1024 * 1024;

interface Entry {
	readonly name: string;
	readonly flag: string;
	readonly size: number;
	readonly position: number;
}

interface Pair {
	readonly size: number;
	readonly one: number;
	readonly other: number;
}

const start = performance.now();
const file = openSync(process.argv[2], 'r');
let windowStart = 0;
let window = Buffer.alloc(0);
const windowBuffer = Buffer.alloc(largeRead);
const oneBuffer = Buffer.alloc(compareBytes);
const otherBuffer = Buffer.alloc(compareBytes);
let headers = 0;

const layers = [...entries(0, fstatSync(file).size)];
const pairs = findPairs(layers);
const bytes = pairs.reduce((sum, { size }) => sum + 2 * size, 0);
const walked = performance.now();
const differing = pairs.toSorted((a, b) => a.other - b.other).filter((pair) => !isSame(pair)).length;
console.log(
	JSON.stringify({
		seconds: (performance.now() - start) / 1000,
		walkSeconds: (walked - start) / 1000,
		headers,
		compared: pairs.length,
		comparedBytes: bytes,
		differing,
	}),
);

/** Files of a layer that an earlier layer has with the same path and size. */
function findPairs(members: readonly Entry[]): readonly Pair[] {
	const byName = new Map(members.map((member) => [member.name, member]));
	const seen = new Map<string, { size: number; position: number }>();
	const found: Pair[] = [];
	for (const name of layerNames(byName)) {
		const layer = byName.get(name);
		if (!layer) throw new Error(`no ${name}`);
		for (const { name: path, flag, size, position } of entries(layer.position, layer.position + layer.size)) {
			headers += 1;
			if (flag !== '0') continue;
			const before = seen.get(path);
			if (before?.size === size && size > 0) found.push({ size, one: before.position, other: position });
			seen.set(path, { size, position });
		}
	}
	return found;
}

function layerNames(byName: ReadonlyMap<string, Entry>): readonly string[] {
	const manifest = byName.get('manifest.json');
	if (!manifest) throw new Error('no manifest.json');
	const text = Buffer.alloc(manifest.size);
	readSync(file, text, 0, manifest.size, manifest.position);
	return (JSON.parse(text.toString()) as [{ Layers: string[] }])[0].Layers;
}

function* entries(from: number, to: number): Generator<Entry> {
	let position = from;
	let longName: string | null = null;
	while (position + BLOCK <= to) {
		const at = headerAt(position, to);
		const flag = String.fromCharCode(window[at + 156] || 0x30);
		if (window[at] === 0) return;
		const size = octal(at + 124, 12);
		const content = position + BLOCK;
		if (flag === 'L' || flag === 'x') longName = extendedName(flag, content, size) ?? longName;
		else {
			yield { name: longName ?? plainName(at), flag, size, position: content };
			longName = null;
		}
		position = content + Math.ceil(size / BLOCK) * BLOCK;
	}
}

/** Where in the window the header at `position` is; reads a small window after a jump, a large one after none. */
function headerAt(position: number, to: number): number {
	const offset = position - windowStart;
	if (offset >= 0 && offset + BLOCK <= window.length) return offset;
	const near = offset >= 0 && offset < window.length + smallRead;
	const length = Math.min(near ? largeRead : smallRead, to - position);
	const read = readSync(file, windowBuffer, 0, length, position);
	window = windowBuffer.subarray(0, read);
	windowStart = position;
	return 0;
}

function plainName(at: number): string {
	const name = text(at, 100);
	const prefix = window[at + 257] === 0x75 && window[at + 263] === 0x30 ? text(at + 345, 155) : '';
	return prefix === '' ? name : `${prefix}/${name}`;
}

function text(at: number, length: number): string {
	const end = window.indexOf(0, at);
	return window.toString('latin1', at, end === -1 ? at + length : Math.min(end, at + length));
}

function octal(at: number, length: number): number {
	let value = 0;
	for (let index = at; index < at + length; index++) {
		const digit = window[index] - 0x30;
		if (digit >= 0 && digit < 8) value = value * 8 + digit;
	}
	return value;
}

function extendedName(flag: string, position: number, size: number): string | null {
	const content = Buffer.alloc(size);
	readSync(file, content, 0, size, position);
	if (flag === 'L') return content.toString('latin1', 0, content.indexOf(0));
	return /\d+ path=([^\n]*)\n/.exec(content.toString('latin1'))?.[1] ?? null;
}

function isSame({ size, one, other }: Pair): boolean {
	for (let offset = 0; offset < size; offset += compareBytes) {
		const length = Math.min(compareBytes, size - offset);
		readSync(file, oneBuffer, 0, length, one + offset);
		readSync(file, otherBuffer, 0, length, other + offset);
		if (oneBuffer.compare(otherBuffer, 0, length, 0, length) !== 0) return false;
	}
	return true;
}
