import { type KeyBinding, type KeyName, type LostKey, nameOf } from '../key-binding.ts';

/** What keys do, and where. */
export interface DescribedKeys<Context extends string> {
	readonly description: string;
	/** What fathom.yaml calls it. */
	readonly names: readonly string[];
	readonly keys: readonly KeyName[];
	readonly contexts: readonly Context[];
	readonly lostKey?: LostKey;
}

/** The rows of a group for people: those that say the same of one action, or in one place, are one. */
export function describedKeys<Context extends string>(
	bindings: readonly KeyBinding<unknown, Context>[],
	group: string,
): readonly DescribedKeys<Context>[] {
	const described: DescribedKeys<Context>[] = [];
	for (const row of bindings.filter((each) => each.group === group)) {
		const index = described.findIndex((each) => isSame(each, row));
		if (index === -1) described.push({ ...row, names: [nameOf(row)] });
		else described[index] = joined(described[index], row);
	}
	return described;
}

function isSame<Context extends string>(
	{ description, names, contexts }: DescribedKeys<Context>,
	row: KeyBinding<unknown, Context>,
): boolean {
	if (description !== row.description) return false;
	return names.includes(nameOf(row)) || contexts.join() === row.contexts.join();
}

function joined<Context extends string>(
	{ names, keys, contexts, ...rest }: DescribedKeys<Context>,
	row: KeyBinding<unknown, Context>,
): DescribedKeys<Context> {
	return {
		...rest,
		names: distinct([...names, nameOf(row)]),
		keys: distinct([...keys, ...row.keys]),
		contexts: distinct([...contexts, ...row.contexts]),
	};
}

function distinct<Each>(values: readonly Each[]): readonly Each[] {
	return [...new Set(values)];
}
