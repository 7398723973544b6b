import { pack } from 'tar-stream';

/** One entry of a sample tar. Paths have no leading or trailing slash; modes are given where they are not the usual ones. */
export type SampleEntry =
	| ({ readonly type: 'file'; readonly content: string | Buffer } & EntryAttributes)
	| ({ readonly type: 'directory' } & EntryAttributes)
	| ({ readonly type: 'symlink' | 'link'; readonly target: string } & EntryAttributes);

interface EntryAttributes {
	readonly path: string;
	readonly mode?: number;
	readonly uid?: number;
	readonly gid?: number;
}

/**
 * The tar of the given entries, each with the modification time `seconds` (since 1970).
 * Nothing in it depends on the clock, the machine or the user, so that the same entries always give the same bytes.
 */
export async function packTar(entries: readonly SampleEntry[], seconds: number): Promise<Buffer> {
	const tar = pack();
	for (const entry of entries) {
		const { path, uid = 0, gid = 0 } = entry;
		const common = {
			name: path,
			uid,
			gid,
			mtime: new Date(seconds * 1000),
			mode: entry.mode ?? usualMode(entry),
		};
		if (entry.type === 'file') tar.entry({ ...common, type: 'file' }, Buffer.from(entry.content));
		else if (entry.type === 'directory') tar.entry({ ...common, type: 'directory' });
		else tar.entry({ ...common, type: entry.type, linkname: entry.target });
	}
	tar.finalize();
	const chunks: Uint8Array[] = [];
	for await (const chunk of tar as AsyncIterable<Uint8Array>) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/** The entries with the folders above them, sorted as an engine walks them; of two entries with one path both stay, in order. */
export function withParents(entries: readonly SampleEntry[]): readonly SampleEntry[] {
	const known = new Set(entries.map((entry) => entry.path));
	const parents: SampleEntry[] = [];
	for (const { path } of entries) {
		for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
			const parent = path.slice(0, end);
			if (known.has(parent)) continue;
			known.add(parent);
			parents.push({ type: 'directory', path: parent });
		}
	}
	return [...parents, ...entries].sort((a, b) => compareBytes(a.path, b.path));
}

function usualMode({ type }: SampleEntry): number {
	if (type === 'symlink') return 0o777;
	return type === 'directory' ? 0o755 : 0o644;
}

function compareBytes(a: string, b: string): number {
	return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
