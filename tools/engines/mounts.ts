import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Unmounts what engines left mounted below a folder, the deepest first. */
export function unmountBelow(folder: string): void {
	const points = readFileSync('/proc/mounts', 'utf8')
		.split('\n')
		.map((line) => line.split(' ')[1] ?? '')
		.filter((point) => point.startsWith(`${folder}/`));
	for (const point of points.reverse()) spawnSync('umount', ['-l', point]);
}
