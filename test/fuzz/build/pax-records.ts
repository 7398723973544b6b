import { padded, rawHeader } from '../../support/archives/raw-tar.ts';

/** A record of an extended header: text with one character a byte. */
export type PaxRecord = readonly [key: string, value: string];

/** `LENGTH KEY=VALUE\n` each, where the length counts its own digits. */
export function paxContent(records: readonly PaxRecord[]): string {
	return records
		.map(([key, value]) => {
			const rest = ` ${key}=${value}\n`;
			let length = rest.length;
			while (length !== rest.length + String(length).length) length = rest.length + String(length).length;
			return `${length}${rest}`;
		})
		.join('');
}

/** An entry about the next one, which states `size` bytes of content and has those of the content. */
export function extensionEntry(typeFlag: string, content: string, size = content.length): Uint8Array {
	const header = rawHeader({
		name: Buffer.from('extension'),
		typeFlag,
		mode: 0o644,
		uid: 0,
		gid: 0,
		size: Math.abs(size),
		mtime: 0,
		target: Buffer.alloc(0),
		device: [0, 0],
		magic: 'ustar',
		base256Size: size < 0 || size >= 8 ** 11,
		checksumError: 0,
		prefix: Buffer.alloc(0),
	});
	return Buffer.concat([header, padded(Buffer.from(content, 'latin1'))]);
}
