import { changeBefore } from '../../../filetree/comparison.ts';
import type { FileTree } from '../../../filetree/file-tree.ts';
import { lastPlace } from '../../../filetree/following/last-place.ts';
import { kindOfEntry } from '../../../filetree/links.ts';
import { pathOf } from '../../../filetree/paths.ts';
import { DIRECTORY } from '../../../tar/changeset.ts';
import type { Subject } from '../../model/subject.ts';
import type { Talk } from '../answer.ts';
import { shownWord } from './view-commands.ts';

/** What a path leads to. */
export interface FoundPath {
	readonly kind: 'found';
	readonly node: number;
	/** The number of layers, from the lowest, at which it is looked at. */
	readonly point: number;
	/** Whether the user names the layer. */
	readonly isAtLayer: boolean;
	readonly isFolder: boolean;
	/** That it is not there any more; null where it is. */
	readonly remark: string | null;
}

export type FoundPlace = FoundPath | { readonly kind: 'none'; readonly reason: string };

/** What a user names: a path, from the folder of the talk on, and behind it the layer as which it is meant, such as `@7`. */
export async function findPlace(argument: string, talk: Talk, followsLast: boolean): Promise<FoundPlace> {
	const { subject, folder } = talk;
	const { tree } = subject;
	const [, typed, number] = /^(.*?)(?:(?:^|\s+)@(\d{1,6}))?$/s.exec(argument) ?? ['', argument];
	const layer = number === undefined ? null : Number(number);
	if (layer !== null && (subject.kind !== 'image' || layer < 1 || layer > tree.layerCount))
		return { kind: 'none', reason: `There is no layer ${layer} here.` };
	const path = typed.startsWith('/') ? typed : `${pathOf(tree, folder)}/${typed}`;
	const wanted = layer ?? tree.layerCount;
	const found = await talk.run(lastPlace(tree, { path, point: wanted, followsLast }));
	if (found === null) return { kind: 'none', reason: `There is no ${shownWord(typed)}${atLayer(layer)}.` };
	const { node, point } = found;
	const remark = point === wanted ? null : goneText(subject, point);
	const isAtLayer = layer !== null;
	return { kind: 'found', node, point, isAtLayer, isFolder: isFolder(tree, node, point), remark };
}

function atLayer(layer: number | null): string {
	return layer === null ? '' : ` in layer ${layer}, nor in one below it`;
}

function goneText(subject: Subject, point: number): string {
	if (subject.kind === 'difference') return 'Only the old image has it.';
	return `It is not there any more: layer ${point + 1} removed it. This is what was there before.`;
}

function isFolder(tree: FileTree, node: number, point: number): boolean {
	const change = changeBefore(tree, node, point);
	return node === 0 || change < 0 || kindOfEntry(tree, change) === DIRECTORY;
}
