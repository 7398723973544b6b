import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { shorten } from '../../text/shorten.ts';

const MOST_LOOKED_AT = 1000;
const MOST_NAMED = 3;

/**
 * What to open instead of a folder that is no layout: folders in it that are, archives in it, or the image of its Dockerfile. Undefined where there is
 * nothing of the kind.
 */
export function hintForFolder(folder: string): string | undefined {
	const entries = entriesOf(folder);
	const layouts = entries.filter((entry) => entry.isDirectory() && isLayout(join(folder, entry.name)));
	const archives = entries.filter(
		(entry) => entry.isFile() && /\.(?:tar(?:\.\w{1,4})?|tgz)$/i.test(entry.name),
	);
	const found = [...layouts, ...archives].map(({ name }) => join(folder, name));
	if (found.length > 0) {
		const shown = found.slice(0, MOST_NAMED).map((path) => shorten(path));
		const more = found.length > shown.length ? `, or one of ${found.length - shown.length} more` : '';
		return `Open what is in it: ${shown.join(', ')}${more}`;
	}
	const isBuildable = entries.some(({ name }) => /^(?:Dockerfile|Containerfile)$/i.test(name));
	return isBuildable ? `To build it and look at the image: fathom build ${folder}` : undefined;
}

function entriesOf(folder: string): readonly Dirent[] {
	try {
		return readdirSync(folder, { withFileTypes: true }).slice(0, MOST_LOOKED_AT);
	} catch {
		return [];
	}
}

function isLayout(folder: string): boolean {
	return ['index.json', 'oci-layout', 'manifest.json', 'repositories'].some((name) =>
		existsSync(join(folder, name)),
	);
}
