import { formatBytes, formatCount } from '../../../text/bytes.ts';
import { escapeForTerminal } from '../../../text/escape.ts';
import { formatInstruction, madeBy } from '../../../text/instruction.ts';
import type { AskedFile, DiffLine, FileDiff } from '../../model/effects/file-requests.ts';
import { changeWords } from '../../model/frame/change-words.ts';
import { shownPath } from '../../model/frame/names.ts';
import { aboutFacts } from '../../model/screens/about/about-lines.ts';
import { shownText } from '../../model/screens/file/rows/row-spans.ts';
import { nothingBefore } from '../../model/screens/file/version-words.ts';
import { askedFile, type FileVersion, versionIn, versionsOf } from '../../model/screens/file/versions.ts';
import { historyOf } from '../../model/screens/history/history-rows.ts';
import type { Subject } from '../../model/subject.ts';
import { changedDetails } from '../../model/views/difference/files/changed-details.ts';
import { SPOKEN_WIDTH, spokenDetail } from '../../model/views/list/spoken-text.ts';
import { type Answer, type PlainCommand, said, type Talk } from '../answer.ts';
import { type FoundPath, findPlace } from './find-place.ts';
import { textLines } from './text-lines.ts';

/** The commands on a path. */
export const fileCommands: readonly PlainCommand[] = [
	onPath('show', 'the text of a file', show),
	onPath('diff', 'what differs between a version of a file and the one before', compare),
	onPath('history', 'what each layer did to a path', history, 'image'),
	onPath('about', 'all that is known of a path', about),
];

function onPath(
	name: string,
	summary: string,
	work: (found: FoundPath, talk: Talk) => Promise<Answer>,
	kind: PlainCommand['kind'] = null,
): PlainCommand {
	return {
		names: [name],
		usage: `${name} PATH`,
		summary,
		kind,
		run: async (argument, talk) => {
			if (argument === '') return said(`Which path? ${name} PATH`);
			const found = await findPlace(argument, talk, name === 'show');
			if (found.kind === 'none') return said(found.reason);
			const { lines, ...rest } = await work(found, talk);
			return { ...rest, lines: [...(found.remark === null ? [] : [found.remark]), ...lines] };
		},
	};
}

async function show({ node, point }: FoundPath, talk: Talk): Promise<Answer> {
	const { subject } = talk;
	const { tree } = subject;
	const path = shownPath(tree, node);
	const versions = versionsOf(tree, node);
	if (node === 0 || versions.length === 0) return said(`${path} is a folder: ls ${path}`);
	const version = versions[versionIn(versions, point - 1)];
	if (version.kind === 'symlink') return said(`${path} is a symlink. It leads to ${version.target}.`);
	if (version.kind !== 'file')
		return said(`${path} is a ${version.kind.replace('-', ' ')}, which has no content.`);
	if (version.bytes === 0) return said(`${path} is empty.`);
	return {
		lines: [`${path}, ${formatBytes(version.bytes)}, ${layerText(version.layer, subject)}:`],
		list: { count: null, rows: textLines(askedOf(talk, node, version), talk) },
	};
}

async function compare(found: FoundPath, talk: Talk): Promise<Answer> {
	const { subject } = talk;
	const { node } = found;
	const versions = versionsOf(subject.tree, node);
	const pair = pairOf(versions, subject, found);
	if (pair === null) return said(onlyOne(versions, node, subject));
	const [older, newer] = pair;
	const ask = { older: askedOf(talk, node, older), newer: askedOf(talk, node, newer) };
	const diff = await talk.services['compare-file'](ask, talk.signal);
	if (diff.kind === 'refused') return said(escapeForTerminal(diff.reason));
	const names = `From ${layerText(older.layer, subject)} to ${layerText(newer.layer, subject)}`;
	if (diff.lines.length === 0)
		return said(`${names}: ${diff.remark ?? 'both versions have the same content.'}`);
	return { lines: [`${names}:`], list: { count: null, rows: diffRows(diff) } };
}

/** Of one image the latest change of content, or the version in the layer that is named, and the one before; of two images the last of each. */
function pairOf(
	versions: readonly FileVersion[],
	subject: Subject,
	{ point, isAtLayer }: FoundPath,
): readonly [FileVersion, FileVersion] | null {
	const last = versionIn(versions, point - 1);
	const changed = versions.findLastIndex(({ change }, index) => index <= last && change === 'content');
	const newest = subject.kind === 'image' && !isAtLayer && changed > 0 ? changed : last;
	const before =
		subject.kind === 'image'
			? newest - 1
			: versions.findLastIndex(({ layer }) => layer < subject.oldLayerCount);
	if (before < 0 || before >= newest) return null;
	const [older, newer] = [versions[before], versions[newest]];
	return older.kind === 'file' && newer.kind === 'file' ? [older, newer] : null;
}

function onlyOne(versions: readonly FileVersion[], node: number, subject: Subject): string {
	const [version] = versions;
	if (version === undefined) return 'This is a folder.';
	if (versions.length > 1) return 'These versions are not both files.';
	if (subject.kind === 'image') return `There is one version alone, of ${layerText(version.layer, subject)}.`;
	return nothingBefore({ node, ...version }, subject);
}

const markWords: Readonly<Record<DiffLine['mark'], string>> = {
	' ': 'same',
	'-': 'removed',
	'+': 'added',
	'@': 'at',
};

function* diffRows({ lines, remark }: FileDiff): Generator<string> {
	for (const [index, { mark, text }] of lines.entries()) {
		const next = lines[index + 1];
		if (mark === '@') yield `Line ${formatCount(next?.newLine ?? next?.oldLine ?? 1)}`;
		else yield `${markWords[mark]}: ${shownText(text)}`;
	}
	if (remark !== null) yield remark;
}

async function history({ node }: FoundPath, { subject }: Talk): Promise<Answer> {
	const rows = historyOf(subject.tree, node);
	if (rows.length === 0) return said('No layer has an entry for this folder.');
	const { description } = subject.kind === 'image' ? subject : subject.images[1];
	const texts = rows.map(({ layer, change, other, bytes, wastedBytes, culprit }) => {
		const wasted =
			culprit === null ? '' : `, ${formatBytes(wastedBytes)} wasted, as layer ${culprit + 1} took it away`;
		const what = other === null ? formatBytes(bytes) : `a ${other}`;
		const described = description.layers[layer];
		const made = described === undefined ? null : madeBy(described);
		const instruction = made === null ? 'no history' : formatInstruction(made);
		return `layer ${layer + 1} ${changeWords[change]}, ${what}${wasted}: ${instruction}`;
	});
	return {
		lines: [`History of ${shownPath(subject.tree, node)}:`],
		list: { count: texts.length, rows: texts.values() },
	};
}

async function about({ node, point }: FoundPath, talk: Talk): Promise<Answer> {
	const subject = await talk.untilKnown(talk.subject.kind === 'image' ? ['packages', 'copies'] : []);
	if (subject.kind === 'difference')
		return said(...changedDetails(subject, node, { width: SPOKEN_WIDTH }).map(spokenDetail).filter(Boolean));
	const facts = aboutFacts({ node, layer: point - 1, digest: null }, subject, {
		history: 'history PATH',
		copies: 'copies',
	});
	return said(...facts.map(([label, value]) => (label === '' ? value : `${label}: ${value}`)));
}

function askedOf({ subject }: Talk, node: number, version: FileVersion): AskedFile {
	return askedFile(subject.tree, { node, version, isRevealed: false });
}

/** The layer of a version; of two images, which of them. */
function layerText(layer: number, subject: Subject): string {
	if (subject.kind === 'image') return `layer ${layer + 1}`;
	return layer < subject.oldLayerCount ? 'the old image' : 'the new image';
}
