import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Ends a program at once, with the programs that it has started where the system lists them (Linux). Otherwise a script would end and leave
 * behind what it waits for.
 */
export function killTree(child: ChildProcess): void {
	const { pid } = child;
	if (pid !== undefined) for (const below of descendants(pid)) kill(below);
	child.kill('SIGKILL');
	child.stdout?.destroy();
}

function descendants(pid: number, depth = 0): readonly number[] {
	if (depth > 8) return [];
	try {
		const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
		return children.map(Number).flatMap((each) => [...descendants(each, depth + 1), each]);
	} catch {
		return [];
	}
}

function kill(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch {
		// It has ended by itself.
	}
}
