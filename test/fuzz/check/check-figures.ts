import type { ImageSession } from '../../../source/session/image-session.ts';
import { FuzzFailure } from './failure.ts';

/** Holds that every figure is a number that can be, and that what adds up does. */
export function checkFigures({ figures, image }: ImageSession): void {
	requireFinite(figures, 'figures');
	requireFinite(image.description.layers, 'layers');
	const { layers, totalBytes, liveBytes, wastedBytes, wasteByCause, wastedPaths, efficiency } = figures;
	const sum = (values: Iterable<number>) => [...values].reduce((all, value) => all + value, 0);
	requireEqual('live and wasted bytes', liveBytes + wastedBytes, totalBytes);
	requireEqual('layer bytes', sum(layers.map((layer) => layer.layerBytes)), totalBytes);
	requireEqual('stored bytes', sum(layers.map((layer) => layer.storedBytes)), figures.storedBytes);
	requireEqual('unpacked bytes', sum(layers.map((layer) => layer.unpackedBytes)), figures.unpackedBytes);
	requireEqual('waste by cause', sum(Object.values(wasteByCause)), wastedBytes);
	requireEqual('waste by culprit', sum(layers.map((layer) => layer.wastedBytes)), wastedBytes);
	requireEqual('waste by path', sum([...wastedPaths].map(({ bytes }) => bytes)), wastedBytes);
	requireEqual('efficiency', efficiency, totalBytes === 0 ? 1 : liveBytes / totalBytes);
}

function requireEqual(subject: string, found: number, expected: number): void {
	if (found !== expected) throw new FuzzFailure('figures', subject, `${found}, expected ${expected}`);
}

/** Every number in a value, however deep, is finite and not negative. */
function requireFinite(value: unknown, where: string): void {
	if (typeof value === 'number' && !(Number.isFinite(value) && value >= 0))
		throw new FuzzFailure('figures', where.replaceAll(/\.\d+/g, ''), `${where} is ${value}`);
	if (typeof value !== 'object' || value === null) return;
	for (const [key, member] of Object.entries(value)) requireFinite(member, `${where}.${key}`);
}
