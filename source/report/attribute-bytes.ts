import type { Changeset } from '../tar/changeset.ts';
import { ByteBuffer, byteConstant } from './byte-buffer.ts';

const modeKey = byteConstant(',"mode":"');
const uidKey = byteConstant('","uid":');
const gidKey = byteConstant(',"gid":');
const mtimeKey = byteConstant(',"mtime":');

const ZERO = 0x30;

/** Writes mode, owner, group and time of entries. What one package brings has mostly the same, so what was written last is kept. */
export class AttributeBytes {
	readonly #last = new ByteBuffer(128);
	#mode = -1;
	#uid = -1;
	#gid = -1;
	#mtime = 0;

	append(buffer: ByteBuffer, { modes, uids, gids, mtimes }: Changeset, entry: number): void {
		const mode = modes[entry];
		const mtime = mtimes[entry];
		const isLast =
			mode === this.#mode && uids[entry] === this.#uid && gids[entry] === this.#gid && mtime === this.#mtime;
		if (!isLast) {
			this.#mode = mode;
			this.#uid = uids[entry];
			this.#gid = gids[entry];
			this.#mtime = mtime;
			this.#write();
		}
		buffer.appendBuffer(this.#last);
	}

	#write(): void {
		const buffer = this.#last;
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
