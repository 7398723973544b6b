import type { Changeset } from '../../tar/changeset.ts';
import { ByteBuffer, byteConstant } from '../byte-buffer.ts';

const modeKey = byteConstant(',"mode":"');
const uidKey = byteConstant('","uid":');
const gidKey = byteConstant(',"gid":');
const mtimeKey = byteConstant(',"mtime":');

const ZERO = 0x30;

/** Enough for the directories, files and programs of a few packages. A power of two. */
const CACHED = 16;

/** Writes mode, owner, group and time of entries. The entries of one package share a few sets of them, so recent ones are cached as bytes. */
export class AttributeBytes {
	readonly #cached = Array.from({ length: CACHED }, () => new Attributes());

	append(buffer: ByteBuffer, { modes, uids, gids, mtimes }: Changeset, entry: number): void {
		const mode = modes[entry];
		const mtime = mtimes[entry];
		const attributes = this.#cached[(mode ^ mtime) & (CACHED - 1)];
		attributes.set(mode, mtime, uids[entry], gids[entry]);
		buffer.appendBuffer(attributes.bytes);
	}
}

/** One set of attributes and its bytes in the report. */
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
