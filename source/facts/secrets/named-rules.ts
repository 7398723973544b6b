import type { InNamedFile, WholeNamedFile } from './rules/rule.ts';
import { type SecretKind, secretKinds, secretRules } from './rules/rules.ts';

/** A rule for files of some names. */
export interface NamedRule {
	readonly kind: SecretKind;
	readonly find: InNamedFile | WholeNamedFile;
}

const byName = new Map<string, { readonly path: string; readonly rule: NamedRule }[]>();
const byExtension = new Map<string, NamedRule[]>();
const byStart: { readonly start: string; readonly rule: NamedRule }[] = [];
/** `FOLDER/*.EXTENSION` as the folder, under the extension. */
const byFolder = new Map<string, { readonly folder: string; readonly rule: NamedRule }[]>();

const none: readonly never[] = [];

for (const kind of secretKinds)
	for (const find of secretRules[kind].finds)
		if ('names' in find) for (const name of find.names) addName(name, { kind, find });

/** The rules for a file by its path alone. Is asked about every file of an image. */
export function namedRulesFor(path: string): readonly NamedRule[] {
	const slash = path.lastIndexOf('/') + 1;
	const name = path.slice(slash);
	const rules: NamedRule[] = [];
	for (const { path: wanted, rule } of byName.get(name) ?? none)
		if (endsWithPath(path, wanted)) rules.push(rule);
	for (const { start, rule } of byStart) if (name.startsWith(start)) rules.push(rule);
	for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
		// Extensions have one dot or two.
		const extension = name.slice(dot + 1);
		for (const rule of byExtension.get(extension) ?? none) rules.push(rule);
		for (const { folder, rule } of byFolder.get(extension) ?? none)
			if (endsWithPath(path.slice(0, slash - 1), folder)) rules.push(rule);
	}
	return rules;
}

function addName(name: string, rule: NamedRule): void {
	const star = name.indexOf('*');
	const last = name.slice(name.lastIndexOf('/') + 1);
	if (star < 0) append(byName, last, { path: name, rule });
	else if (star === name.length - 1) byStart.push({ start: name.slice(0, star), rule });
	else if (star === 0) append(byExtension, name.slice(2), rule);
	else append(byFolder, last.slice(2), { folder: name.slice(0, star - 1), rule });
}

function append<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
	const items = map.get(key);
	if (items) items.push(item);
	else map.set(key, [item]);
}

function endsWithPath(path: string, end: string): boolean {
	return path.endsWith(end) && (path.length === end.length || path[path.length - end.length - 1] === '/');
}
