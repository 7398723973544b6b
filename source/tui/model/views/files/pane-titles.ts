import { changedCountAt } from '../../../../filetree/comparison.ts';
import { formatBytes, formatCount } from '../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../text/escape.ts';
import type { PaneTitle } from '../../frame/title-line.ts';
import type { ScrollWindow } from '../../list-window.ts';
import { isRead, type Stage } from '../../opened-image.ts';
import type { Projection } from '../../rows/projection.ts';
import type { FilesScene, Scope } from './files-state.ts';

export function layersTitle({ subject: image }: FilesScene): PaneTitle {
	const { figures, stage } = image;
	return {
		name: 'Layers',
		facts: stage.kind === 'reading' ? readingText(stage) : formatBytes(figures.totalBytes),
	};
}

/** Says which lines are visible if not all of them fit. */
export function detailsTitle({ top, height, total }: ScrollWindow): PaneTitle {
	return {
		name: 'Details',
		facts: total <= height ? '' : `${top + 1}–${Math.min(total, top + height)} of ${total}`,
	};
}

export function filesTitle(
	{ state, subject: image, isFilterTyped }: FilesScene,
	{ comparison }: Projection,
): PaneTitle {
	const { layer, scope, order, hideUnchanged, filter } = state;
	const name = scope === 'layer' || layer === 0 ? `Layer ${layer + 1}` : `Layers 1–${layer + 1}`;
	const facts = [
		...(isRead(image, layer) ? [] : ['not read yet']),
		...(isRead(image, layer) || scope !== 'layer' ? [scopeFact(scope, changedCountAt(comparison, 0))] : []),
		...(image.stage.kind === 'comparing' ? ['comparing contents'] : []),
		...(order === 'size' ? ['by size'] : []),
		...(hideUnchanged ? ['changes only'] : []),
		...(filter.text !== '' && !isFilterTyped ? [`filter ${escapeForTerminal(filter.text)}`] : []),
	];
	return { name, facts: facts.join(' · ') };
}

function readingText({ progress }: Extract<Stage, { readonly kind: 'reading' }>): string {
	if (progress === null || progress.bytesTotal === null || progress.bytesTotal === 0) return 'reading';
	return `reading ${Math.floor(Math.min(1, progress.bytesDone / progress.bytesTotal) * 100)} %`;
}

function scopeFact(scope: Scope, changeCount: number): string {
	if (scope !== 'layer') return 'together';
	return changeCount === 1 ? '1 change' : `${formatCount(changeCount)} changes`;
}
