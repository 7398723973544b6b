import { PATTERN_SIGN } from '../../../../filter/text-test.ts';
import { formatBytes, formatExactBytes } from '../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../text/escape.ts';
import { fitEnds, fitLine, spansWidth } from '../../cells.ts';
import { type Line, type Span, span } from '../../line.ts';
import type { TextInput } from '../../prompt/text-input.ts';
import type { FileScene } from './file-scene.ts';
import type { FileState } from './file-state.ts';
import { offsetOf } from './move-file.ts';
import { searchProblem } from './search.ts';
import { folderWords, versionWords } from './version-words.ts';
import { foldersBeside } from './versions.ts';

/** What is typed, or what else is to be known of the page. */
export function fileFooter(scene: FileScene): Line {
	const { state, size, subject, keyOf } = scene;
	if (state.typed !== null) return typedLine(state.typed, scene);
	const words = versionWords({ node: state.node, ...state.versions[state.version] }, subject);
	const folders = folderWords(foldersBeside(subject.tree, state), subject);
	const beside = folders === null ? [] : [span(` · ${folders}`, 'warning')];
	const left = [span(` ${words}`), ...beside, ...remarks(state, keyOf)];
	return fitEnds(left, [span(`${placeFact(scene)} `, 'faint')], size.columns);
}

function typedLine({ text, cursor }: TextInput, { size, keyOf }: FileScene): Line {
	const [under = ' '] = text.slice(cursor);
	const shown = [
		span(' /', 'key'),
		span(escapeForTerminal(text.slice(0, cursor))),
		span(escapeForTerminal(under), 'caret'),
		span(escapeForTerminal(text.slice(cursor + under.length))),
	];
	const room = Math.max(0, size.columns - spansWidth(shown) - 2);
	return fitEnds(shown, fitLine([typedRemark(text, keyOf)], room).spans, size.columns);
}

function typedRemark(text: string, keyOf: FileScene['keyOf']): Span {
	const problem = text === PATTERN_SIGN ? null : searchProblem(text);
	if (problem !== null) return span(`no usable regular expression: ${escapeForTerminal(problem)} `, 'bad');
	const searches = `${keyOf('confirm')} searches `;
	return span(text === '' ? `~ for a regular expression, ${searches}` : searches, 'faint');
}

function remarks({ content, diff, wanted, reading }: FileState, keyOf: FileScene['keyOf']): readonly Span[] {
	const said: Span[] = [];
	if (reading !== null && content.kind === 'loaded') said.push(span(' · reading …', 'faint'));
	if (diff?.kind === 'compared' && diff.diff.remark !== null && diff.diff.lines.length > 0)
		said.push(span(` · ${diff.diff.remark}`, 'warning'));
	if (content.kind === 'loaded' && content.part.masked > 0)
		said.push(
			span(` · ${content.part.masked} looking secret, masked: ${keyOf('reveal-secrets')} shows`, 'warning'),
		);
	if (wanted !== '') said.push(span(` · /${escapeForTerminal(wanted)}`, 'faint'));
	return said;
}

/** Where the page begins, in bytes, for a file that is not in memory as a whole. */
function placeFact(scene: FileScene): string {
	const { state } = scene;
	const { content, diff, position } = state;
	const { bytes } = state.versions[state.version];
	if (content.kind !== 'loaded' || diff !== null) return '';
	const { part } = content;
	if (part.start === 0 && part.bytes.length === bytes) return formatExactBytes(bytes);
	const offset = part.start + offsetOf(scene, content, position.row);
	return `from byte ${formatExactBytes(offset).slice(0, -2)} of ${formatBytes(bytes)}`;
}
