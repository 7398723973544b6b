import { readdirSync, readFileSync } from 'node:fs';

const sampleMilliseconds = 20;

/** Watches a process and all below it. `peakBytes` is the largest sum, at any sample, of the resident high-water marks of those alive. */
export interface MemoryWatch {
	readonly peakBytes: () => number;
	readonly stop: () => void;
}

/** Linux only: it reads /proc. */
export function watchMemory(pid: number): MemoryWatch {
	let peak = 0;
	const sample = () => {
		peak = Math.max(peak, treeBytes(pid));
	};
	const timer = setInterval(sample, sampleMilliseconds);
	sample();
	return { peakBytes: () => peak, stop: () => clearInterval(timer) };
}

function treeBytes(pid: number): number {
	return children(pid).reduce((sum, child) => sum + treeBytes(child), highWaterMark(pid));
}

function highWaterMark(pid: number): number {
	const match = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`));
	return match ? Number(match[1]) * 1024 : 0;
}

function children(pid: number): readonly number[] {
	let tasks: readonly string[] = [];
	try {
		tasks = readdirSync(`/proc/${pid}/task`);
	} catch {
		return [];
	}
	return tasks.flatMap((task) =>
		read(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean).map(Number),
	);
}

/** Empty when the process has ended in the meantime. */
function read(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
}
