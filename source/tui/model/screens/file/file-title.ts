import { formatBytes, formatCount } from '../../../../text/bytes.ts';
import { cellWidth, cutText } from '../../../../text/width.ts';
import { shownPath } from '../../frame/names.ts';
import { type Line, span } from '../../line.ts';
import type { Subject } from '../../subject.ts';
import type { FileScene } from './file-scene.ts';
import { type FileState, showsHex } from './file-state.ts';
import { pagesOf } from './pages-of.ts';
import { movedBy } from './rows/pages.ts';
import { layerName } from './version-words.ts';

/** More layers than this are counted. */
const MOST_LAYERS = 6;
const LEAST_NAME_CELLS = 12;

/** The line above the page: the path, which layer of which, how large, what it is, and where the page is in it. */
export function fileTitle(scene: FileScene): Line {
	const { state, size, subject } = scene;
	const path = shownPath(subject.tree, state.node);
	let facts = factsOf(scene);
	const room = () => size.columns - 4 - facts.reduce((sum, fact) => sum + cellWidth(fact) + 3, 0);
	while (facts.length > 1 && room() < Math.min(LEAST_NAME_CELLS, cellWidth(path))) facts = facts.slice(1);
	const name = cutText(path, Math.max(LEAST_NAME_CELLS, room()), 'start');
	const rule = '━'.repeat(Math.max(1, room() - cellWidth(name) + 1));
	const spans = [span('━ ', 'heading'), span(name, 'heading'), span(` ${rule} `, 'heading')];
	for (const [index, fact] of facts.entries()) {
		if (index > 0) spans.push(span(' ━ ', 'heading'));
		spans.push(span(fact, index === 0 ? 'strong' : 'plain'));
	}
	return { spans: [...spans, span(' ━', 'heading')], highlight: 'none' };
}

function factsOf(scene: FileScene): readonly string[] {
	const { state, subject } = scene;
	const { versions, version, content, diff } = state;
	const { bytes, kind } = versions[version];
	if (kind !== 'file') return [versionsFact(state, subject), kind.replace('-', ' ')];
	const what = content.kind === 'loaded' ? [content.type.name] : [];
	const before = diff === null ? null : versions[version - 1];
	const compared = before === null ? [] : [`diff to ${layerName(before.layer, subject)}`];
	return [versionsFact(state, subject), formatBytes(bytes), ...what, ...compared, ...positionFact(scene)];
}

function versionsFact({ versions, version }: FileState, subject: Subject): string {
	const own = layerName(versions[version].layer, subject);
	if (versions.length === 1) return own;
	const all = versions.map(({ layer }) => layerName(layer, subject));
	return `${own} of ${all.length > MOST_LAYERS ? `${all.length} layers` : all.join(', ')}`;
}

function positionFact({ state, size }: FileScene): readonly string[] {
	const { content, diff, position } = state;
	const pages = pagesOf(state, size);
	if (pages.rows === 0) return [];
	const last = movedBy(position, pages.height - 1, pages).row;
	if (diff !== null)
		return [`${formatCount(position.row + 1)}–${formatCount(last + 1)} of ${formatCount(pages.rows)}`];
	if (content.kind !== 'loaded') return [];
	const { part, rows } = content;
	if (showsHex(state)) return [];
	const lines = rows.lines[rows.lines.length - 1] + 1;
	const isWhole = part.start === 0 && part.bytes.length === state.versions[state.version].bytes;
	const range = `${formatCount(part.linesBefore + rows.lines[position.row] + 1)}–${formatCount(part.linesBefore + rows.lines[last] + 1)}`;
	return [isWhole ? `${range} of ${formatCount(lines)}` : `lines ${range}`];
}
