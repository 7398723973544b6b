import { changedCountAt } from '../../../../../filetree/comparison.ts';
import { formatCount } from '../../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../../text/escape.ts';
import { fitLine } from '../../../cells.ts';
import { wrapWhole } from '../../../frame/wrap-whole.ts';
import { type Line, span } from '../../../line.ts';
import { isRead, readingOf } from '../../../opened-image.ts';
import { countMatches } from '../../../rows/matches.ts';
import { unchangedCount } from '../../../rows/unchanged-count.ts';
import type { TreeRows } from '../../../tree/tree-rows.ts';
import type { LayersScene } from '../layers-state.ts';
import { otherLayer } from '../next-match.ts';
import { unreadTexts } from '../unread-texts.ts';

/** Why there are no rows, and what to do about it. */
export function emptyLines(scene: LayersScene, rows: TreeRows, width: number): readonly Line[] {
	const texts = emptyTexts(scene, rows);
	const lines = texts.flatMap((text) => wrapWhole(text, width - 2));
	return [fitLine([], width), ...lines.map((line) => fitLine([span(` ${line}`, 'faint')], width))];
}

function emptyTexts(scene: LayersScene, { projection }: TreeRows): readonly string[] {
	const { state, subject, keyOf } = scene;
	const { comparison } = projection;
	if (subject.tree.layerCount === 0) return ['This image has no layers.'];
	if (!isRead(subject, state.layer)) return unreadLines(scene);
	const { matches, text } = state.filter;
	if (matches === null) {
		const count = unchangedCount(comparison);
		if (!state.hideUnchanged || count === 0) return ['There are no files here.'];
		const what = state.scope === 'layer' ? 'This layer changes nothing.' : 'Nothing changed.';
		return [what, `${keyOf('toggle-unchanged')} shows what is unchanged: ${paths(count)}.`];
	}
	const hidden = state.hideUnchanged ? countMatches(comparison, matches) : 0;
	return [
		`Nothing that ${changedCountAt(comparison, 0) > 0 && state.hideUnchanged ? 'changed' : 'is'} here matches ${escapeForTerminal(text)}.`,
		...(hidden === 0
			? []
			: [`${keyOf('toggle-unchanged')} shows what matches and is unchanged: ${paths(hidden)}.`]),
		...elsewhere(scene),
		searchText(scene),
	];
}

function unreadLines({ subject, state, keyOf }: LayersScene): readonly string[] {
	const texts = unreadTexts(subject, state.layer);
	return readingOf(subject, state.layer).kind === 'failed'
		? [...texts, `${keyOf('read-again')} reads it again.`]
		: texts;
}

/** In which layers there is a match, and the keys that lead there. */
function elsewhere({ state, subject, keyOf }: LayersScene): readonly string[] {
	const { matches } = state.filter;
	if (matches === null || state.scope !== 'layer') return [];
	const [next, previous] = ([1, -1] as const).map((direction) =>
		otherLayer(subject.tree, matches, { layer: state.layer, direction }),
	);
	return [
		...(next === null ? [] : [`Layer ${next.layer + 1} has a match: ${keyOf('next-match')} goes there.`]),
		...(previous === null
			? []
			: [`Layer ${previous.layer + 1} has a match: ${keyOf('previous-match')} goes there.`]),
	];
}

/** The key that lists matches of all layers. What is typed goes into the filter, so that it is kept first. */
function searchText({ state: { filter }, subject: { stage }, isFilterTyped }: LayersScene): string {
	if (filter.found === 0)
		return stage.kind === 'reading'
			? 'No layer read so far has a matching path.'
			: 'No layer has a path that matches.';
	return `${isFilterTyped ? 'Enter, then F' : 'F'} lists what matches in all layers, deleted paths too.`;
}

function paths(count: number): string {
	return count === 1 ? '1 path' : `${formatCount(count)} paths`;
}
