import { escapeForTerminal } from '../../../../text/escape.ts';
import { fitLine, spansWidth } from '../../cells.ts';
import { fillLines } from '../../frame/frame-column.ts';
import { scrollbar } from '../../frame/scrollbar.ts';
import { wrapWhole } from '../../frame/wrap-whole.ts';
import { type Line, type Span, span } from '../../line.ts';
import type { ScreenFrame } from '../screen.ts';
import { contentLines } from './content-lines.ts';
import { diffLines } from './diff-lines.ts';
import { fileFooter } from './file-footer.ts';
import type { FileScene } from './file-scene.ts';
import { canOpenAgain, type FileState, showsHex } from './file-state.ts';
import { fileTitle } from './file-title.ts';
import { pageHeight, pagesOf } from './pages-of.ts';

/** A title, and the page with a scrollbar at its right. */
export function fileFrame(scene: FileScene): ScreenFrame {
	const { state, size } = scene;
	const width = size.columns - 1;
	const height = pageHeight(size);
	const { rows } = pagesOf(state, size);
	const bar = scrollbar({ top: state.position.row, total: rows, height });
	const lines = fillLines(pageLines(scene), width, height).map((line, index) =>
		withBar(line, bar[index], width),
	);
	return { lines: [fileTitle(scene), ...lines], footer: fileFooter(scene) };
}

function pageLines(scene: FileScene): readonly Line[] {
	const { state, size, keyOf } = scene;
	const { content, diff } = state;
	if (diff?.kind === 'compared') return diffLines(diff, { state, size });
	if (diff !== null)
		return remark(diff.kind === 'waiting' ? 'Comparing …' : refusal(diff.reason, scene), scene);
	if (content.kind === 'loaded') {
		const { bytes, text } = content.part;
		if (bytes.length === 0) return remark('This file is empty.', scene);
		const hasLines = text.length > 0 || showsHex(state);
		return hasLines ? contentLines(content, { state, size }) : remark('This file has no text.', scene);
	}
	return remark(content.kind === 'refused' ? refusal(content.reason, scene) : reasonOf(state, keyOf), scene);
}

function reasonOf({ content, versions, version }: FileState, keyOf: FileScene['keyOf']): string {
	if (content.kind === 'waiting') return 'Reading …';
	const { kind, target } = versions[version];
	if (kind === 'symlink') return `${keyOf('confirm')} opens what this symlink leads to: ${target}`;
	return `A ${kind.replace('-', ' ')} has no content.`;
}

function refusal(reason: string, scene: FileScene): string {
	const does = canOpenAgain(scene) ? 'opens the image again' : 'reads it again';
	return `${escapeForTerminal(reason)} (${scene.keyOf('read-again')} ${does}.)`;
}

/** A text in place of a page, as much of it as there is room for. */
function remark(text: string, { size, keyOf }: Pick<FileScene, 'size' | 'keyOf'>): readonly Line[] {
	const width = size.columns - 1;
	const height = pageHeight(size);
	const lines = wrapWhole(text, width - 2);
	const shown =
		lines.length <= height ? lines : [...lines.slice(0, height - 1), `… ${keyOf('about')} shows all of it.`];
	return shown.map((line) => fitLine([span(' '), span(line)], width));
}

function withBar({ spans }: Line, sign: string, width: number): Line {
	const cut = fitLine(spans, width);
	const used = spansWidth(cut.spans);
	const bar: readonly Span[] = [span(' '.repeat(width - used)), span(sign, 'rule')];
	return { spans: [...cut.spans, ...bar], highlight: 'none' };
}
