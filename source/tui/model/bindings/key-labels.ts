import { cellWidth } from '../../../text/width.ts';
import { type KeyBinding, type KeyHint, keyLabel, nameOf } from '../key-binding.ts';

type Row = Pick<KeyBinding<unknown, string>, 'id' | 'name' | 'keys' | 'contexts'>;

/** What the user reads for the key of an action: by the name that fathom.yaml has for it. */
export type KeyOf = (name: string) => string;

/** The keys of actions where the user is; of an action without one there, its key anywhere else. */
export function keysIn(bindings: readonly Row[], context: string): KeyOf {
	return (name) => {
		const known = labels.get(bindings) ?? new Map<string, string>();
		labels.set(bindings, known);
		const place = `${context} ${name}`;
		const label = known.get(place) ?? labelOf(bindings, name, context);
		known.set(place, label);
		return label;
	};
}

/** What was looked up in each table: every frame asks again. */
const labels = new WeakMap<readonly Row[], Map<string, string>>();

function labelOf(bindings: readonly Row[], name: string, context: string): string {
	const named = bindings.filter((row) => nameOf(row) === name && row.keys.length > 0);
	const [key] = (named.find(({ contexts }) => contexts.includes(context)) ?? named.at(0))?.keys ?? [];
	if (key !== undefined) return keyLabel(key);
	// What has no key is found by its name.
	return name === 'palette' ? 'a key' : labelOf(bindings, 'palette', context);
}

/** How the footer names the keys of a row; null for a row without keys. */
export function hintKeys(
	bindings: readonly Row[],
	row: Row,
	{ hint, context }: { readonly hint: KeyHint; readonly context: string },
): string | null {
	const [first] = row.keys;
	if (first === undefined) return null;
	const others = (hint.with ?? []).flatMap((name) => firstKey(bindings, name, context));
	return joined([first, ...others].map(keyLabel), hint.join ?? '');
}

function firstKey(bindings: readonly Row[], name: string, context: string): readonly string[] {
	const row = bindings.find((each) => nameOf(each) === name && each.contexts.includes(context));
	return row?.keys.slice(0, 1) ?? [];
}

/** `1–6` for one digit after the other. Names of several letters have a blank between them. */
function joined(labels: readonly string[], between: string): string {
	const isSequence = labels.length > 2 && labels.every((label, index) => label === String(index + 1));
	if (isSequence) return `${labels[0]}–${labels.at(-1)}`;
	return labels.join(labels.every((label) => cellWidth(label) === 1) ? between : ' ');
}
