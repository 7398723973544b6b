import { crc32 } from 'node:zlib';
import { damaged } from './gzip-error.ts';

const FIXED_BYTES = 10;
const DEFLATE = 8;

const FLAG_HEADER_CHECKSUM = 0x02;
const FLAG_EXTRA = 0x04;
const FLAG_NAME = 0x08;
const FLAG_COMMENT = 0x10;
const RESERVED_FLAGS = 0xe0;

type Field = 'fixed' | 'extra-length' | 'extra' | 'name' | 'comment' | 'checksum';

/** Skips the header of a gzip member (RFC 1952, 2.3), which may come in pieces, without storing its fields. */
export class GzipHeader {
	isComplete = false;
	/** The remaining fields; the first is being read. */
	#fields: readonly Field[] = ['fixed'];
	/** Bytes read of the current field. */
	#have = 0;
	/** The last two bytes of the current field as a number, lowest byte first. */
	#number = 0;
	#method = 0;
	#extraBytes = 0;
	#checksum = 0;

	/** Returns the offset behind the consumed bytes. Throws the errors of zlib at the same bytes. */
	take(chunk: Uint8Array, offset: number): number {
		let end = offset;
		let summed = offset;
		while (end < chunk.length && !this.isComplete) {
			const isSummed = this.#fields[0] !== 'checksum';
			if (!isSummed) this.#sum(chunk.subarray(summed, end));
			this.#takeByte(chunk[end]);
			end += 1;
			if (!isSummed) summed = end;
		}
		this.#sum(chunk.subarray(summed, end));
		return end;
	}

	#sum(bytes: Uint8Array): void {
		if (bytes.length > 0) this.#checksum = crc32(bytes, this.#checksum);
	}

	#takeByte(byte: number): void {
		const low = this.#number;
		this.#number = byte * 256 + (low >> 8);
		this.#have += 1;
		if (this.#isFieldComplete(byte)) this.#nextField(this.#fields.slice(1));
	}

	#isFieldComplete(byte: number): boolean {
		switch (this.#fields[0]) {
			case 'fixed':
				return this.#checkFixed(byte);
			case 'extra-length':
				this.#extraBytes = this.#number;
				return this.#have === 2;
			case 'extra':
				return this.#have === this.#extraBytes;
			case 'name':
			case 'comment':
				return byte === 0;
			default:
				if (this.#have === 2 && this.#number !== (this.#checksum & 0xffff))
					throw damaged('header crc mismatch');
				return this.#have === 2;
		}
	}

	/** zlib checks the first two bytes together, and then the next two. */
	#checkFixed(byte: number): boolean {
		if (this.#have === 2 && this.#number !== 0x8b1f) throw damaged('incorrect header check');
		if (this.#have === 3) this.#method = byte;
		if (this.#have === 4) {
			if (this.#method !== DEFLATE) throw damaged('unknown compression method');
			if (byte & RESERVED_FLAGS) throw damaged('unknown header flags set');
			this.#fields = ['fixed', ...fieldsOf(byte)];
		}
		return this.#have === FIXED_BYTES;
	}

	#nextField(fields: readonly Field[]): void {
		const skipsExtra = fields[0] === 'extra' && this.#extraBytes === 0;
		this.#fields = skipsExtra ? fields.slice(1) : fields;
		this.#have = 0;
		this.#number = 0;
		this.isComplete = this.#fields.length === 0;
	}
}

function fieldsOf(flags: number): readonly Field[] {
	const fields: Field[] = [];
	if (flags & FLAG_EXTRA) fields.push('extra-length', 'extra');
	if (flags & FLAG_NAME) fields.push('name');
	if (flags & FLAG_COMMENT) fields.push('comment');
	if (flags & FLAG_HEADER_CHECKSUM) fields.push('checksum');
	return fields;
}
