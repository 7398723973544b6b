import { type KeyBinding, type KeyName, keyLabel, type LostKey, nameOf } from '../key-binding.ts';

type Row = KeyBinding<unknown, string>;

/** Who has a key in a place because the user wants it: the name of an action, or null. */
export type TakerOf = (context: string, key: KeyName) => string | null;

/** The rows, with what became of the keys of the actions that had some before and have none left. */
export function withLostKeys<Each extends Row>(
	rows: readonly Each[],
	before: readonly Row[],
	takerOf: TakerOf,
): readonly Each[] {
	const withKeys = new Set(rows.filter(({ keys }) => keys.length > 0).map(nameOf));
	const lost = new Map<string, LostKey>();
	for (const row of before) {
		const name = nameOf(row);
		const taken = withKeys.has(name) || lost.has(name) ? null : firstTaken(row, takerOf);
		if (taken !== null) lost.set(name, taken);
	}
	return rows.map((row) => {
		const lostKey = lost.get(nameOf(row));
		return lostKey === undefined ? row : { ...row, lostKey };
	});
}

function firstTaken({ keys, contexts }: Row, takerOf: TakerOf): LostKey | null {
	for (const key of keys)
		for (const context of contexts) {
			const taker = takerOf(context, key);
			if (taker !== null) return { key, taker };
		}
	return null;
}

/** What became of a key. */
export function lostKeyText({ key, taker }: LostKey): string {
	return `fathom.yaml gave ${keyLabel(key)} to ${taker}`;
}

/** One line about the actions that lost their last key; null where none did. `help` is the key that shows them all. */
export function lostKeysMessage(bindings: readonly Row[], help: string): string | null {
	const lost = new Map(
		bindings.flatMap((row) =>
			row.lostKey === undefined ? [] : [[nameOf(row), lostKeyText(row.lostKey)] as const],
		),
	);
	const names = [...lost.keys()];
	if (lost.size < 2) return lost.size === 0 ? null : `${names[0]} has no key: ${lost.get(names[0])}.`;
	const others = lost.size === 2 ? names[1] : `${lost.size - 1} other actions`;
	return `${names[0]} and ${others} have no key. ${help} says why.`;
}
