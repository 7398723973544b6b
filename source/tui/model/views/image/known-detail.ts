import { nameLayers } from '../../../../image/image.ts';
import { escapeForTerminal } from '../../../../text/escape.ts';
import type { DetailName, Known } from '../../image-details.ts';
import type { OpenedImage } from '../../opened-image.ts';
import { type ItemSource, noItems } from '../list/item-source.ts';

/** The items of a detail, once it is known. */
export function itemsOf<Value, Item>(
	known: Known<Value>,
	itemsIn: (value: Value) => ItemSource<Item>,
): ItemSource<Item> {
	return known.kind === 'known' ? itemsIn(known.value) : noItems;
}

const names: Readonly<Record<DetailName, string>> = {
	ledger: 'the ledger',
	findings: 'the findings',
	packages: 'the packages',
	secrets: 'what looks secret',
	deleted: 'the deleted files',
	copies: 'the copies',
	owners: 'the names of owners',
};

/** Why a detail is not there, safe for a terminal; null where it is known. */
export function unknownText({ details, stage }: OpenedImage, name: DetailName): string | null {
	const known = details[name];
	switch (known.kind) {
		case 'known':
			return null;
		case 'waiting':
			return stage.kind === 'complete'
				? `Working out ${names[name]} ...`
				: `Working out ${names[name]} once all layers are read ...`;
		case 'failed':
			return `${sentenceStart(names[name])} could not be worked out: ${escapeForTerminal(known.reason)}`;
	}
}

function sentenceStart(text: string): string {
	return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Says of which layers the contents were not read; empty where all were. */
export function unreadText(layers: readonly number[]): string {
	return layers.length === 0 ? '' : `contents of ${nameLayers(layers)} were not read`;
}
