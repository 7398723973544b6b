import type { Damage } from '../plan.ts';
import type { Random } from '../random.ts';

export function makeDamage(random: Random): Damage {
	const at = random.fraction();
	switch (
		random.pick(['byte', 'byte', 'truncate', 'truncate', 'zero-block', 'move', 'copy', 'drop'] as const)
	) {
		case 'byte':
			return { kind: 'byte', at, to: random.pick([0, 0x20, 0x30, 0x37, 0x80, 0xff, random.below(256)]) };
		case 'truncate':
			return { kind: 'truncate', at, toBlock: random.oneIn(2) };
		case 'zero-block':
			return { kind: 'zero-block', at };
		case 'move':
			return blocks('move');
		case 'copy':
			return blocks('copy');
		case 'drop':
			return blocks('drop');
	}

	function blocks(kind: 'move' | 'copy' | 'drop'): Damage {
		return { kind, at, blocks: 1 + random.below(3), to: random.fraction() };
	}
}
