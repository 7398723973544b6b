import { type KeyBinding, type KeyName, keyLabel, nameOf } from '../key-binding.ts';
import { withLostKeys } from './lost-keys.ts';
import { parseKey } from './parse-key.ts';
import { placeOfKey, splitRow } from './split-row.ts';

/** The keys that the user wants for an action, as they are written. */
export interface WantedKeys {
	/** The name of the action. */
	readonly action: string;
	/** Empty: no key. */
	readonly keys: readonly string[];
}

/** The keys in force, or what is wrong with those that are wanted. */
export type BoundKeys<Row> =
	| { readonly ok: true; readonly bindings: readonly Row[] }
	| { readonly ok: false; readonly problem: BindingProblem };

/** `index` is the position among what is wanted. All texts but those of the user are safe for a terminal. */
export type BindingProblem =
	| { readonly kind: 'unknown-action' | 'fixed-action'; readonly index: number }
	| { readonly kind: 'unusable-key'; readonly index: number; readonly key: string; readonly reason: string }
	/** Two actions want one key in one place; `other` was wanted before. */
	| {
			readonly kind: 'conflict';
			readonly index: number;
			readonly other: number;
			readonly key: string;
			readonly place: string;
	  };

type Row<Context extends string> = KeyBinding<unknown, Context>;

/** Whatever keys are chosen, there is a way out. */
const FIXED_ACTION = 'quit-at-once';
const FIXED_KEY: KeyName = 'ctrl-c';

/** Where text is typed: keys that type characters are text there, so that an action keeps those of its own keys that type none. */
const textContexts: readonly string[] = ['prompt', 'palette', 'search', 'extract', 'export', 'file'];

/**
 * The table with the keys that are wanted. They take the place of the action's own, and are taken from what else has them where the action
 * works.
 */
export function bindKeys<Each extends Row<string>>(
	rows: readonly Each[],
	wanted: readonly WantedKeys[],
): BoundKeys<Each> {
	const chosen = new Map<string, { readonly index: number; readonly keys: readonly KeyName[] }>();
	for (const [index, { action, keys }] of wanted.entries()) {
		if (action === FIXED_ACTION) return refused({ kind: 'fixed-action', index });
		if (!rows.some((row) => nameOf(row) === action)) return refused({ kind: 'unknown-action', index });
		const parsed: KeyName[] = [];
		for (const key of keys) {
			const result = parseKey(key);
			if (!result.ok) return refused({ kind: 'unusable-key', index, key, reason: result.problem });
			if (result.key === FIXED_KEY)
				return refused({ kind: 'unusable-key', index, key, reason: 'it always quits' });
			parsed.push(result.key);
		}
		chosen.set(action, { index, keys: parsed });
	}
	const owners = new Map<string, number>();
	for (const row of rows) {
		const own = chosen.get(nameOf(row));
		if (own === undefined) continue;
		for (const { context, key } of placesOf(row, own.keys)) {
			const other = owners.get(placeOfKey(context, key));
			if (other !== undefined && other !== own.index)
				return refused({
					...inOrder(other, own.index),
					kind: 'conflict',
					key: keyLabel(key),
					place: context,
				});
			owners.set(placeOfKey(context, key), own.index);
		}
	}
	const bindings = rows.flatMap((row) => rebound(row, chosen.get(nameOf(row))?.keys, owners));
	// Who is bound to no key is meant to have none.
	const unbound = rows.filter((row) => !chosen.has(nameOf(row)));
	const takerOf = (context: string, key: KeyName) => {
		const index = owners.get(placeOfKey(context, key));
		return index === undefined ? null : wanted[index].action;
	};
	return { ok: true, bindings: withLostKeys(bindings, unbound, takerOf) };
}

function refused(problem: BindingProblem): { readonly ok: false; readonly problem: BindingProblem } {
	return { ok: false, problem };
}

function inOrder(one: number, other: number): { readonly index: number; readonly other: number } {
	return { index: Math.max(one, other), other: Math.min(one, other) };
}

function placesOf(
	{ contexts }: Row<string>,
	keys: readonly KeyName[],
): readonly { readonly context: string; readonly key: KeyName }[] {
	return contexts.flatMap((context) => keys.map((key) => ({ context, key })));
}

/** A row with other keys; several rows where they are not the same in all of its places. */
function rebound<Each extends Row<string>>(
	row: Each,
	chosen: readonly KeyName[] | undefined,
	owners: ReadonlyMap<string, number>,
): readonly Each[] {
	const isFree = (context: string) => (key: KeyName) => !owners.has(placeOfKey(context, key));
	const keysAt = (context: string): readonly KeyName[] => {
		if (chosen === undefined) return row.keys.filter(isFree(context));
		if (!textContexts.includes(context)) return chosen;
		const kept = row.keys.filter((key) => !isCharacter(key) && !chosen.includes(key));
		return chosen.some((key) => !isCharacter(key)) ? chosen : [...chosen, ...kept.filter(isFree(context))];
	};
	return splitRow(row, keysAt);
}

function isCharacter(key: KeyName): boolean {
	return [...key].length === 1 || key === 'space';
}
