import type { FileTree } from '../../../../filetree/file-tree.ts';
import type { OwnerNames } from '../../../../filetree/words/owner-names.ts';
import { PatternError } from '../../../../filter/pattern/pattern.ts';
import { parseFilter } from '../../../../filter/terms/parse-filter.ts';
import { resolveOwners } from '../../../../filter/terms/resolve-owners.ts';
import { rowFilter } from '../../../../filter/terms/row-filter.ts';
import { PATTERN_SIGN } from '../../../../filter/text-test.ts';
import { finish, Prepared, type Steps } from '../../../../steps.ts';
import { ownersOf } from '../../image-details.ts';
import type { Subject } from '../../subject.ts';
import { type FoundChanges, findChanges } from './find-changes.ts';

/** What came of a filter. */
export type SearchResult =
	/** There is no filter yet. */
	| { readonly kind: 'nothing-asked' }
	/** Why the filter is not valid. */
	| { readonly kind: 'problem'; readonly problem: string }
	| { readonly kind: 'found'; readonly found: FoundChanges };

/** What `s` sorts by, one after the other. */
export const searchOrders = ['bytes', 'layer', 'path'] as const;
export type SearchOrder = (typeof searchOrders)[number];

/** Trees of so few changes are looked through before the next frame. */
const CHANGES_AT_ONCE = 50_000;

/** The search for one text: done ahead of the next key, in steps that can be stopped and continued, or at once where that is quick. */
export class LayerSearch {
	readonly text: string;
	readonly owners: OwnerNames | null;
	readonly #tree: FileTree;
	readonly #work: Prepared<SearchResult>;
	#result: SearchResult | null = null;
	readonly #orders = new Map<SearchOrder, readonly number[]>();

	constructor(tree: FileTree, text: string, owners: OwnerNames | null) {
		this.text = text;
		this.owners = owners;
		this.#tree = tree;
		this.#work = new Prepared(search(tree, text, owners));
		if (tree.changeLayers.length <= CHANGES_AT_ONCE) finish(this.prepare());
	}

	/** Null as long as there is something left to be looked through. */
	get result(): SearchResult | null {
		return this.#result;
	}

	*prepare(): Steps<void> {
		yield* this.#work.prepare();
		this.#result = this.#work.get();
	}

	/** The positions of what was found, in an order; null for the order that it is in. */
	inOrder(order: SearchOrder): readonly number[] | null {
		if (order === 'bytes' || this.#result?.kind !== 'found') return null;
		const known = this.#orders.get(order);
		if (known !== undefined) return known;
		const { nodes, changes } = this.#result.found;
		const { changeLayers } = this.#tree;
		const keyOf = (index: number) => (order === 'path' ? nodes[index] : changeLayers[changes[index]]);
		const sorted = Array.from(nodes.keys()).sort((left, right) => keyOf(left) - keyOf(right) || left - right);
		this.#orders.set(order, sorted);
		return sorted;
	}
}

const latest = new WeakMap<FileTree, LayerSearch>();

/** The search for a text in all layers. To its callers a pure function: the latest one of each tree is kept. */
export function layerSearch(subject: Subject, text: string): LayerSearch {
	const { tree } = subject;
	const owners = subject.kind === 'image' ? ownersOf(subject.details) : null;
	const last = latest.get(tree);
	if (last !== undefined && last.text === text && last.owners === owners) return last;
	const added = new LayerSearch(tree, text, owners);
	latest.set(tree, added);
	return added;
}

function* search(tree: FileTree, text: string, owners: OwnerNames | null): Steps<SearchResult> {
	if (text.trim() === '' || text === PATTERN_SIGN) return { kind: 'nothing-asked' };
	const parsed = parseFilter(text);
	const resolved = parsed.ok ? resolveOwners(parsed.terms, owners) : parsed;
	if (!resolved.ok) return { kind: 'problem', problem: resolved.problem };
	try {
		const filter = yield* rowFilter(tree, resolved.terms);
		return { kind: 'found', found: yield* findChanges(tree, filter) };
	} catch (error) {
		if (error instanceof PatternError) return { kind: 'problem', problem: error.message };
		throw error;
	}
}
