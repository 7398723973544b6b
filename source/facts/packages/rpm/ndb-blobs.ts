import type { Damage } from '../../damage.ts';
import { FactError } from '../../fact-reader.ts';
import { type HeaderBlobs, passingOver } from './header-blobs.ts';

const FILE_MAGIC = 'RpmP';
const SLOT_MAGIC = 'Slot';
const BLOB_MAGIC = 'BlbS';
const PAGE_BYTES = 4096;
const SLOT_BYTES = 16;
/** The file's own header is as large as two slots, and stands in their place. */
const FILE_HEADER_BYTES = 32;
/** Blobs begin at, and are padded to, multiples of it. */
const BLOCK_BYTES = 16;
const BLOB_HEADER_BYTES = 16;
const BLOB_TAIL_BYTES = 12;

export function isNdb(start: Uint8Array): boolean {
	return magicAt(start, 0) === FILE_MAGIC;
}

/** The blobs of `Packages.db`: pages of slots say where each lies (rpm, lib/backend/ndb/rpmpkg.c). Damaged ones are passed over. */
export function* readNdbBlobs(content: Uint8Array, damage: Damage): HeaderBlobs {
	if (content.length < FILE_HEADER_BYTES) throw new FactError('it ends in its header');
	const view = new DataView(content.buffer, content.byteOffset, content.length);
	if (view.getUint32(4, true) !== 0) throw new FactError(`version ${view.getUint32(4, true)} of the format`);
	const slotsEnd = view.getUint32(12, true) * PAGE_BYTES;
	if (slotsEnd > content.length) throw new FactError('its slots lie beyond the end');
	const slots = new Slots(content, view);
	for (let slot = FILE_HEADER_BYTES; slot < slotsEnd; slot += SLOT_BYTES) {
		if (slot % PAGE_BYTES === 0) yield;
		yield* passingOver(damage, slots.blobs(slot));
	}
}

class Slots {
	readonly #content: Uint8Array;
	readonly #view: DataView;
	/** Blobs do not share bytes, but damaged slots may say so. */
	#left: number;

	constructor(content: Uint8Array, view: DataView) {
		this.#content = content;
		this.#view = view;
		this.#left = content.length;
	}

	/** That of one slot, or none. */
	*blobs(slot: number): HeaderBlobs {
		if (magicAt(this.#content, slot) !== SLOT_MAGIC) throw new FactError(`no slot at byte ${slot}`);
		if (this.#view.getUint32(slot + 4, true) === 0) return;
		const blob = blobOf(this.#content, this.#view, slot);
		if (blob.length > this.#left) throw new FactError('values that are larger than the file');
		this.#left -= blob.length;
		yield blob;
	}
}

function blobOf(content: Uint8Array, view: DataView, slot: number): Uint8Array {
	const packageNumber = view.getUint32(slot + 4, true);
	const start = view.getUint32(slot + 8, true) * BLOCK_BYTES;
	const room = view.getUint32(slot + 12, true) * BLOCK_BYTES;
	if (start + room > content.length || room < BLOB_HEADER_BYTES + BLOB_TAIL_BYTES)
		throw new FactError(`package ${packageNumber} lies beyond the end`);
	const isThere = magicAt(content, start) === BLOB_MAGIC && view.getUint32(start + 4, true) === packageNumber;
	const bytes = view.getUint32(start + 12, true);
	if (!isThere || bytes > room - BLOB_HEADER_BYTES - BLOB_TAIL_BYTES)
		throw new FactError(`package ${packageNumber} is not where its slot says`);
	return content.subarray(start + BLOB_HEADER_BYTES, start + BLOB_HEADER_BYTES + bytes);
}

function magicAt(bytes: Uint8Array, start: number): string {
	return String.fromCharCode(...bytes.subarray(start, start + 4));
}
