/** The regular files of a plain tar by name, of one whose names are short. */
export function filesOfArchive(tar: Uint8Array): ReadonlyMap<string, Buffer> {
	const bytes = Buffer.from(tar);
	const files = new Map<string, Buffer>();
	for (let start = 0; start < bytes.length && bytes[start] !== 0; ) {
		const text = (from: number, to: number) =>
			bytes.toString('latin1', start + from, start + to).split('\0')[0];
		const size = Number.parseInt(text(124, 136), 8);
		const content = start + 512;
		if (text(156, 157) === '0') files.set(text(0, 100), bytes.subarray(content, content + size));
		start = content + Math.ceil(size / 512) * 512;
	}
	return files;
}
