import type { Changeset } from '../../tar/changeset.ts';
import { ByteBuffer, byteConstant } from '../byte-buffer.ts';

const modeKey = byteConstant(',"mode":"');
const uidKey = byteConstant('","uid":');
const gidKey = byteConstant(',"gid":');
const mtimeKey = byteConstant(',"mtime":');

const ZERO = 0x30;

/** Folders, files and programs of a few packages. */
const REMEMBERED = 16;

/** Writes mode, owner, group and time of entries. What one package brings has few of them, so what was written of late is kept. */
export class AttributeBytes {
	readonly #remembered = Array.from({ length: REMEMBERED }, () => new Attributes());

	append(buffer: ByteBuffer, { modes, uids, gids, mtimes }: Changeset, entry: number): void {
		const mode = modes[entry];
		const mtime = mtimes[entry];
		const attributes = this.#remembered[(mode ^ mtime) & (REMEMBERED - 1)];
		attributes.set(mode, mtime, uids[entry], gids[entry]);
		buffer.appendBuffer(attributes.bytes);
	}
}

/** One set of attributes, and how they are written. */
class Attributes {
	readonly bytes = new ByteBuffer(128);
	#mode = -1;
	#uid = -1;
	#gid = -1;
	#mtime = 0;

	set(mode: number, mtime: number, uid: number, gid: number): void {
		if (mode === this.#mode && mtime === this.#mtime && uid === this.#uid && gid === this.#gid) return;
		this.#mode = mode;
		this.#uid = uid;
		this.#gid = gid;
		this.#mtime = mtime;
		this.#write();
	}

	#write(): void {
		const buffer = this.bytes;
		buffer.truncate(0);
		buffer.append(modeKey);
		for (let shift = 9; shift >= 0; shift -= 3) buffer.appendByte(ZERO + ((this.#mode >> shift) & 7));
		buffer.append(uidKey);
		buffer.appendNumber(this.#uid);
		buffer.append(gidKey);
		buffer.appendNumber(this.#gid);
		if (!Number.isFinite(this.#mtime)) return;
		buffer.append(mtimeKey);
		buffer.appendNumber(this.#mtime);
	}
}
