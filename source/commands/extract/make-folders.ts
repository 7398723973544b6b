import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from './left-out.ts';

/**
 * Makes a folder that the user named, with all above it that are not there. Nothing of an image is there yet. Throws the system's errors.
 * Each is made once: Node, with `recursive`, would try for ever to make a folder in /proc.
 */
export function makeFolders(folder: string): void {
	const missing: string[] = [];
	for (let path = folder; !isMade(path); path = dirname(path)) missing.push(path);
	for (const path of missing.reverse()) mkdirIfMissing(path);
}

/** What of a path is no folder, so that nothing can be made in it: the path itself, or one above it. */
export function fileAmong(folder: string): string {
	for (let path = folder; path !== dirname(path); path = dirname(path)) if (isFile(path)) return path;
	return folder;
}

function isFile(path: string): boolean {
	try {
		return !statSync(path).isDirectory();
	} catch {
		return false;
	}
}

/** Whether it is there by now; false where there is nothing to make it in. */
function isMade(path: string): boolean {
	try {
		mkdirIfMissing(path);
		return true;
	} catch (error) {
		if (codeOf(error) !== 'ENOENT' || path === dirname(path)) throw error;
		return false;
	}
}

function mkdirIfMissing(path: string): void {
	try {
		mkdirSync(path);
	} catch (error) {
		if (codeOf(error) !== 'EEXIST') throw error;
	}
}
