import { blockBytes } from '../../support/archives/raw-tar.ts';
import type { Damage } from '../plan.ts';

export function applyDamage(bytes: Uint8Array, damage: readonly Damage[]): Uint8Array {
	return damage.reduce(applyOne, bytes);
}

function applyOne(bytes: Uint8Array, damage: Damage): Uint8Array {
	const at = Math.floor(damage.at * bytes.length);
	const block = at - (at % blockBytes);
	switch (damage.kind) {
		case 'byte': {
			const copy = Uint8Array.from(bytes);
			copy.fill(damage.to, at, at + 1);
			return copy;
		}
		case 'truncate':
			return bytes.subarray(0, damage.toBlock ? block : at);
		case 'zero-block': {
			const copy = Uint8Array.from(bytes);
			copy.fill(0, block, block + blockBytes);
			return copy;
		}
		default:
			return moveBlocks(bytes, damage, block);
	}
}

function moveBlocks(
	bytes: Uint8Array,
	{ kind, blocks, to }: Extract<Damage, { readonly blocks: number }>,
	start: number,
): Uint8Array {
	const end = start + blocks * blockBytes;
	const piece = bytes.subarray(start, end);
	const rest = kind === 'copy' ? bytes : Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
	if (kind === 'drop') return rest;
	const target = Math.floor((to * rest.length) / blockBytes) * blockBytes;
	return Buffer.concat([rest.subarray(0, target), piece, rest.subarray(target)]);
}
