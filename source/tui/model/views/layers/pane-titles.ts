import { changedCountAt } from '../../../../filetree/comparison.ts';
import { formatCount } from '../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../text/escape.ts';
import { shownPath } from '../../frame/names.ts';
import type { PaneTitle } from '../../frame/title-line.ts';
import type { ScrollWindow } from '../../list-window.ts';
import { readingOf, unreadBelow } from '../../opened-image.ts';
import type { Projection } from '../../rows/projection.ts';
import { unchangedCount } from '../../rows/unchanged-count.ts';
import type { TreeRows } from '../../tree/tree-rows.ts';
import { isSinceMark, type LayersScene, markOf } from './layers-state.ts';

/** Says which lines are visible if not all of them fit. */
export function windowText({ top, height, total }: ScrollWindow): string {
	return total <= height ? '' : `${top + 1}–${Math.min(total, top + height)} of ${total}`;
}

export function layerTitle({ state }: LayersScene): string {
	return `Layer ${state.layer + 1}`;
}

export function fileTitle({ subject }: LayersScene, { node }: TreeRows): string {
	return node === null ? 'No file' : shownPath(subject.tree, node);
}

export function filesTitle(scene: LayersScene, projection: Projection): PaneTitle {
	const { state, subject: image } = scene;
	const { layer, isFlat, hideUnchanged } = state;
	const { comparison } = projection;
	const changeCount = changedCountAt(comparison, 0);
	const hidden = hideUnchanged ? unchangedCount(comparison) : 0;
	const reading = readingOf(image, layer);
	const below = unreadBelow(image, layer);
	const changes = changeCount === 1 ? '1 change' : `${formatCount(changeCount)} changes`;
	const found = filterFacts(scene, projection);
	const facts = [
		...(reading.kind !== 'read'
			? [reading.kind === 'failed' ? 'not read' : 'not read yet', ...found]
			: found.length > 0
				? found
				: [changes]),
		...(below === 0 ? [] : [`without ${below === 1 ? '1 layer' : `${formatCount(below)} layers`} below`]),
		...(image.stage.kind === 'comparing' ? ['comparing contents'] : []),
		...(isFlat ? ['flat'] : []),
		...leftOutFacts(projection),
		...(hidden === 0 ? [] : [`${formatCount(hidden)} same hidden`]),
	];
	return { name: scopeName(scene), facts: facts.join(' · ') };
}

/** What is compared. */
function scopeName(scene: LayersScene): string {
	const { state } = scene;
	const { layer, scope } = state;
	const mark = markOf(scene);
	if (scope === 'up-to-layer') return layer === 0 ? 'All of layer 1' : `All of layers 1–${layer + 1}`;
	if (!isSinceMark(scene)) {
		const what = `What layer ${layer + 1} did`;
		return scope === 'layer' ? what : `${what}, which is ${markName(state.mark)}`;
	}
	const layers = layer === mark ? `Layer ${layer + 1}` : `Layers ${mark + 1}–${layer + 1}`;
	return `${layers} since ${mark === 0 ? 'nothing' : state.mark === null ? 'the base' : `layer ${mark}`}`;
}

function markName(mark: number | null): string {
	return mark === null ? 'of the base' : `not above layer ${mark}`;
}

function filterFacts(
	{ state: { filter, scope }, isFilterTyped }: LayersScene,
	{ matchCount }: Projection,
): readonly string[] {
	if (filter.text === '' || matchCount === null) return [];
	const others = filter.found === null ? 0 : filter.found - matchCount;
	const where = scope === 'layer' ? 'in other layers' : 'elsewhere';
	// Folders show what matches below them, and nothing else.
	const here = matchCount < 2 ? `${matchCount} here` : `sums of the ${formatCount(matchCount)} here`;
	return [
		...(isFilterTyped ? [] : [`filter ${escapeForTerminal(filter.text)}`]),
		`${here}${others > 0 ? `, ${formatCount(others)} ${where}` : ''}`,
	];
}

function leftOutFacts({ index: { flat } }: Projection): readonly string[] {
	return flat === null || flat.leftOut === 0
		? []
		: [`${formatCount(flat.leftOut)} smaller ${flat.leftOut === 1 ? 'one' : 'ones'} left out`];
}
