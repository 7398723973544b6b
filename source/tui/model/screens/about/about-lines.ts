import type { Copies, CopyGroup } from '../../../../analysis/copies/copies.ts';
import {
	attributesNumber,
	hasCapabilities,
	modificationTimeOf,
} from '../../../../filetree/change-attributes.ts';
import { changeBefore } from '../../../../filetree/comparison.ts';
import { type FileTree, NO_ENTRY } from '../../../../filetree/file-tree.ts';
import { formatBytes, formatCount, formatExactBytes } from '../../../../text/bytes.ts';
import { formatDate } from '../../../../text/dates.ts';
import { escapeForTerminal } from '../../../../text/escape.ts';
import { fitLine, padEnd } from '../../cells.ts';
import { attributesOf, namedOwner } from '../../frame/attributes.ts';
import { shownPath } from '../../frame/names.ts';
import { packageText } from '../../frame/package-text.ts';
import { wrapWhole } from '../../frame/wrap-whole.ts';
import { knownValue, ownersOf } from '../../image-details.ts';
import { type Line, span } from '../../line.ts';
import type { OpenedImage } from '../../opened-image.ts';
import type { Subject } from '../../subject.ts';
import { viewsOf } from '../../views/views.ts';
import { versionWords } from '../file/version-words.ts';
import { hasVersions } from '../file/versions.ts';
import { historyOf } from '../history/history-rows.ts';
import type { ScreenScene } from '../screen.ts';
import type { AboutState, AboutTypes } from './about-types.ts';

const LABEL_CELLS = 12;
/** What more of there is, is counted: a hostile image has a million copies. */
const MOST_COPIES = 1000;
const MOST_LAYERS = 50;
/** So many groups of copies are looked through, the greatest first. */
const MOST_GROUPS = 5000;

export type Fact = readonly [label: string, value: string];

/** What the user presses or types for all of what is cut. */
interface Ways {
	readonly history: string;
	readonly copies: string;
}

/** All that is known about a path as a layer left it. */
export function aboutLines({ state, subject, size, keyOf }: ScreenScene<AboutTypes>): readonly Line[] {
	const { columns } = size;
	const view = `view-${viewsOf('image').indexOf('copies') + 1}`;
	const facts = aboutFacts(state, subject, { history: keyOf('history'), copies: keyOf(view) });
	return facts.flatMap(([label, value]) =>
		wrapWhole(value, Math.max(20, columns - LABEL_CELLS - 3)).map((text, index) =>
			fitLine([span(` ${padEnd(index === 0 ? label : '', LABEL_CELLS)}`, 'faint'), span(text)], columns - 1),
		),
	);
}

/** All that is known about a path: what each fact is called, and what it says. What goes on has no name. */
export function aboutFacts(state: Omit<AboutState, 'top'>, subject: Subject, ways: Ways): readonly Fact[] {
	const { tree } = subject;
	const { node, layer } = state;
	return [
		['path', shownPath(tree, node)],
		...attributeFacts(subject, changeBefore(tree, node, layer + 1)),
		...digestFact(state),
		...(subject.kind === 'image'
			? [...packageFact(subject, node), ...copiesFact(subject, node, ways.copies)]
			: []),
		...historyFacts(subject, node, ways.history),
	];
}

function attributeFacts(subject: Subject, last: number): readonly Fact[] {
	const { tree } = subject;
	if (last < 0) return [['state', 'not there yet']];
	const isRemoved = tree.changeEntries[last] === NO_ENTRY;
	// Of what is removed the attributes that it had.
	const change = isRemoved ? last - 1 : last;
	const removed: readonly Fact[] =
		isRemoved && subject.kind === 'image'
			? [['state', `removed by layer ${tree.changeLayers[last] + 1}`]]
			: [];
	if (isRemoved && (tree.changeEntries[change] ?? NO_ENTRY) === NO_ENTRY) return removed;
	const { permissions, owner, target } = attributesOf(tree, change);
	const time = modificationTimeOf(tree, change);
	return [
		...removed,
		['mode', permissions],
		['owner', ownerText(owner, subject)],
		['changed', time === null ? 'not known: no layer has an entry for it' : formatDate(time)],
		['bytes', formatExactBytes(tree.changeBytes[change])],
		...(target === null ? [] : ([['leads to', target]] as const)),
		...(attributesNumber(tree, change) === 0 ? [] : ([['attributes', extendedWords(tree, change)]] as const)),
	];
}

/** The names of the image where it has some. */
function ownerText(owner: string, subject: Subject): string {
	const named = subject.kind === 'image' ? namedOwner(owner, ownersOf(subject.details)) : owner;
	return named === owner ? `${owner} (user:group)` : named;
}

function extendedWords(tree: FileTree, change: number): string {
	return hasCapabilities(tree, change)
		? 'extended attributes, capabilities of a program among them'
		: 'extended attributes';
}

function digestFact({ digest }: Pick<AboutState, 'digest'>): readonly Fact[] {
	if (digest === null) return [];
	switch (digest.kind) {
		case 'waiting':
			return [['digest', 'being worked out …']];
		case 'known':
			return [['digest', `sha256:${digest.sha256}`]];
		case 'refused':
			return [['digest', escapeForTerminal(digest.reason)]];
	}
}

function packageFact({ details }: OpenedImage, node: number): readonly Fact[] {
	if (details.packages.kind === 'waiting') return [['package', 'being worked out …']];
	const text = packageText(details, node);
	return text === null ? [] : [['package', text]];
}

function copiesFact({ details, tree }: OpenedImage, node: number, key: string): readonly Fact[] {
	if (details.copies.kind === 'waiting') return [['copies', 'being worked out …']];
	const copies = knownValue(details.copies);
	if (copies === null) return [];
	const copied = copiedWith(tree, node, copies);
	if (copied === null) {
		// What is smaller was not looked for.
		const isSmall = hasVersions(tree, node) && changeBytesOf(tree, node) < copies.fromBytes;
		return isSmall ? [] : [['copies', `none of at least ${formatBytes(copies.fromBytes)}`]];
	}
	const { group, top } = copied;
	const others = [...group.nodes].filter((other) => other !== top);
	const below = shownPath(tree, node).slice(shownPath(tree, top).length);
	const left = others.length - MOST_COPIES;
	const more = left > 0 ? [`${formatCount(left)} more; ${key} (Copies) lists all`] : [];
	return [...others.slice(0, MOST_COPIES).map((other) => shownPath(tree, other) + below), ...more].map(
		(text, index) => [index === 0 ? 'copies' : '', text],
	);
}

/** The copies of a path, or of the folder above it that is there several times with all in it; null for neither. */
function copiedWith(
	{ parents }: FileTree,
	node: number,
	{ groups }: Copies,
): { readonly group: CopyGroup; readonly top: number } | null {
	const onTheWay = new Set<number>();
	for (let current = node; current > 0; current = parents[current]) onTheWay.add(current);
	for (const group of groups.slice(0, MOST_GROUPS)) {
		const { nodes, type } = group;
		const top = nodes.find((each) => each === node || (type === 'folder' && onTheWay.has(each)));
		if (top !== undefined) return { group, top };
	}
	return null;
}

/** The bytes of a path in the end; 0 where it is not there. */
function changeBytesOf({ changeStarts, changeBytes }: FileTree, node: number): number {
	return changeBytes[changeStarts[node + 1] - 1] ?? 0;
}

function historyFacts(subject: Subject, node: number, key: string): readonly Fact[] {
	// Behind the layers of the old image is one that removes what the new image does not have.
	const rows = historyOf(subject.tree, node).filter(
		({ change }) => subject.kind === 'image' || change !== 'removed',
	);
	const more =
		rows.length > MOST_LAYERS ? [`${formatCount(rows.length - MOST_LAYERS)} more; ${key} shows all`] : [];
	const texts = rows.slice(0, MOST_LAYERS).map(({ layer, change, bytes, wastedBytes, culprit }) => {
		const isWasted = culprit !== null && subject.kind === 'image';
		const wasted = isWasted ? `, ${formatBytes(wastedBytes)} of it wasted by layer ${culprit + 1}` : '';
		return `${versionWords({ node, layer, change }, subject)}, ${formatBytes(bytes)}${wasted}`;
	});
	const label = subject.kind === 'image' ? 'layers' : 'images';
	return [...texts, ...more].map((text, index) => [index === 0 ? label : '', text]);
}
