import type { EntryPlan, LayerEnding, LayerPlan } from '../plan.ts';
import { applyDamage } from './damage.ts';
import { encodeEntry } from './encode-entry.ts';
import { pack } from './pack.ts';

export interface BuiltLayer {
	/** The uncompressed tar. */
	readonly tar: Uint8Array;
	readonly blob: Uint8Array;
}

export function buildLayer({
	entries,
	deepPaths,
	ending,
	damage,
	packing,
	packedDamage,
}: LayerPlan): BuiltLayer {
	const deep = deepPaths === null ? [] : deepEntries(deepPaths);
	const whole = [...entries, ...deep].map(encodeEntry);
	const tar = applyDamage(Buffer.concat([...whole, endOf(ending)]), damage);
	return { tar, blob: applyDamage(pack(tar, packing), packedDamage) };
}

/** The entries of the deep paths of a layer: each is one file with folders of its own. */
export function deepEntries({ paths, parts }: NonNullable<LayerPlan['deepPaths']>): readonly EntryPlan[] {
	const rest = '/a'.repeat(parts - 1);
	return Array.from({ length: paths }, (_, index) => ({
		name: `${index}${rest}`,
		type: 'file',
		mode: 0o644,
		uid: 0,
		gid: 0,
		mtime: 0,
		content: 'x',
		target: '',
		xattrs: {},
		writing: 'ustar',
		lie: null,
	}));
}

function endOf(ending: LayerEnding): Uint8Array {
	switch (ending) {
		case 'two-blocks':
			return Buffer.alloc(1024);
		case 'one-block':
			return Buffer.alloc(512);
		case 'none':
			return Buffer.alloc(0);
		case 'ten-kilobytes':
			return Buffer.alloc(10_240);
		case 'second-tar':
			return Buffer.concat([Buffer.alloc(1024), encodeEntry(behindTheEnd), Buffer.alloc(1024)]);
		case 'garbage':
			return Buffer.alloc(700, 'x');
	}
}

const behindTheEnd: EntryPlan = {
	name: 'behind-the-end',
	type: 'file',
	mode: 0o644,
	uid: 0,
	gid: 0,
	mtime: 0,
	content: 'x',
	target: '',
	xattrs: {},
	writing: 'ustar',
	lie: null,
};
