import type { FileTree } from '../../filetree/file-tree.ts';
import { PathFollower } from '../../filetree/following/follow-path.ts';
import { contentEntryOf } from '../../filetree/links.ts';
import {
	GROUP_PATH,
	MOST_ACCOUNT_BYTES,
	type OwnerNames,
	PASSWD_PATH,
	parseOwnerNames,
} from '../../filetree/words/owner-names.ts';
import type { SessionFiles } from '../../session/session-files.ts';
import { runInSlices } from '../../sources/time-slice.ts';
import { FILE } from '../../tar/changeset.ts';

/** An image whose files can be read. */
export interface NamedOwners {
	readonly tree: FileTree;
	readonly files: Pick<SessionFiles, 'openEntry'>;
}

/** The names that the final file system has for owners; none where it has no such files. Throws what reading them throws. */
export async function readOwnerNames(image: NamedOwners, signal?: AbortSignal): Promise<OwnerNames> {
	const passwd = await contentAt(image, PASSWD_PATH, signal);
	return parseOwnerNames(passwd, await contentAt(image, GROUP_PATH, signal));
}

/** The start of a file, long enough for all names; null if the path is no regular file. */
async function contentAt(
	{ tree, files }: NamedOwners,
	path: string,
	signal: AbortSignal | undefined,
): Promise<Uint8Array | null> {
	const wanted = { path, point: tree.layerCount, followsLast: true };
	const found = await runInSlices(new PathFollower(tree).follow(wanted), signal);
	const content = found.kind === 'found' && found.change >= 0 ? contentEntryOf(tree, found.change) : null;
	if (content === null || tree.changesets[content.layerIndex].kinds[content.entry] !== FILE) return null;
	const pieces: Uint8Array[] = [];
	let length = 0;
	for await (const piece of files.openEntry(content, signal)) {
		pieces.push(piece.slice(0, MOST_ACCOUNT_BYTES - length));
		length += piece.length;
		if (length >= MOST_ACCOUNT_BYTES) break;
	}
	return Buffer.concat(pieces);
}
