import type { KnownFinding } from './known-findings.ts';

/** What became of a finding: `less` for one that shrank or stayed as it was. */
export type FindingChange<Finding extends KnownFinding> =
	| { readonly kind: 'new'; readonly finding: Finding; readonly older: null }
	| { readonly kind: 'grown' | 'less'; readonly finding: Finding; readonly older: KnownFinding }
	| { readonly kind: 'gone'; readonly finding: null; readonly older: KnownFinding };

/** Logs and databases of package managers grow a little with every build. */
const HIGHEST_GROWTH = 0.05;

/**
 * Finds each finding in an older image: by its code and the instructions, else, where an instruction was edited, by its code and a path that both
 * have. Those of the newer image come first, in their order.
 */
export function compareFindings<Finding extends KnownFinding>(
	older: readonly KnownFinding[],
	newer: readonly Finding[],
): readonly FindingChange<Finding>[] {
	const partners = new Map<Finding, KnownFinding>();
	const left = new Set(older);
	pair(newer, older, keysByInstruction, { partners, left });
	pair(newer, older, keysByPath, { partners, left });
	return [
		...newer.map((finding): FindingChange<Finding> => {
			const partner = partners.get(finding);
			if (partner === undefined) return { kind: 'new', finding, older: null };
			return { kind: hasGrown(partner, finding) ? 'grown' : 'less', finding, older: partner };
		}),
		...[...left].map((each): FindingChange<Finding> => ({ kind: 'gone', finding: null, older: each })),
	];
}

/** How many bytes more the newer image has of what a finding is about. */
export function findingDelta({ finding, older }: FindingChange<KnownFinding>): number {
	return (finding?.bytes ?? 0) - (older?.bytes ?? 0);
}

/** The order of reports and lists: what costs or saves most first. Those of equal deltas stay in their order. */
export function greatestDeltaFirst<Finding extends KnownFinding>(
	changes: readonly FindingChange<Finding>[],
): readonly FindingChange<Finding>[] {
	return changes.toSorted((left, right) => Math.abs(findingDelta(right)) - Math.abs(findingDelta(left)));
}

interface Pairing<Finding> {
	readonly partners: Map<Finding, KnownFinding>;
	/** The older ones without a partner. */
	readonly left: Set<KnownFinding>;
}

/** Gives each finding that has none the first partner with a key of its own. */
function pair<Finding extends KnownFinding>(
	newer: readonly Finding[],
	older: readonly KnownFinding[],
	keysOf: (finding: KnownFinding) => readonly string[],
	{ partners, left }: Pairing<Finding>,
): void {
	const byKey = new Map<string, KnownFinding[]>();
	for (const each of older.toReversed())
		if (left.has(each))
			for (const key of keysOf(each)) {
				const known = byKey.get(key);
				if (known === undefined) byKey.set(key, [each]);
				else known.push(each);
			}
	for (const finding of newer) {
		if (partners.has(finding)) continue;
		const partner = firstLeft(keysOf(finding), byKey, left);
		if (partner === undefined) continue;
		partners.set(finding, partner);
		left.delete(partner);
	}
}

/** What is taken is dropped on the way, so that nothing is looked at twice. */
function firstLeft(
	keys: readonly string[],
	byKey: ReadonlyMap<string, KnownFinding[]>,
	left: ReadonlySet<KnownFinding>,
): KnownFinding | undefined {
	for (const key of keys) {
		const candidates = byKey.get(key) ?? [];
		for (let last = candidates.at(-1); last !== undefined; last = candidates.at(-1)) {
			if (left.has(last)) return last;
			candidates.pop();
		}
	}
	return undefined;
}

function keysByInstruction({ code, shippedBy, wastedBy }: KnownFinding): readonly string[] {
	return shippedBy === null && wastedBy === null ? [] : [JSON.stringify([code, shippedBy, wastedBy])];
}

/** What is about no path is about the image as a whole. */
function keysByPath({ code, paths }: KnownFinding): readonly string[] {
	return paths.length === 0 ? [code] : paths.map((path) => `${code} ${path}`);
}

/** A risk grows by a further path, and everything else by bytes. */
function hasGrown(older: KnownFinding, newer: KnownFinding): boolean {
	if (newer.level !== 'risk') return newer.bytes > older.bytes * (1 + HIGHEST_GROWTH);
	const known = new Set(older.paths);
	return newer.paths.some((path) => !known.has(path));
}
