import type { ChangeKind } from '../../../../filetree/file-tree.ts';
import { changeWords } from '../../frame/change-words.ts';
import type { OpenedDifference } from '../../opened-difference.ts';
import type { Subject } from '../../subject.ts';
import { changesOf } from '../../views/difference/files/changed-facts.ts';

export interface ChangeOfPath {
	readonly node: number;
	/** 0-based. */
	readonly layer: number;
	readonly change: ChangeKind;
}

/** What a layer is called: one of two images has no number in the merged tree that users know. */
export function layerName(layer: number, subject: Subject): string {
	if (subject.kind === 'image') return `L${layer + 1}`;
	return isOld(layer, subject) ? 'old' : 'new';
}

/** What a layer did to a path, or which of two images has it: `L8 changed its content`, `only the new image has it`. */
export function versionWords(changed: ChangeOfPath, subject: Subject): string {
	if (subject.kind === 'image') return `L${changed.layer + 1} ${changeWords[changed.change]}`;
	const presence = presenceWords(changed.node, subject);
	if (presence !== null) return presence;
	return isOld(changed.layer, subject)
		? 'the old image has this'
		: `the new image ${newWords[changed.change]}`;
}

/** What layers, 0-based, have that left a folder at a path; null for none. */
export function folderWords(layers: readonly number[], subject: Subject): string | null {
	if (layers.length === 0) return null;
	const names = [...new Set(layers.map((layer) => layerName(layer, subject)))];
	if (subject.kind === 'difference') return `the ${names.join(' and the ')} image has a folder there`;
	return `${names.join(', ')} ${names.length === 1 ? 'has' : 'have'} a folder there`;
}

/** Why a version has none before it that it could be compared with. */
export function nothingBefore(changed: ChangeOfPath, subject: Subject): string {
	if (subject.kind === 'image') return 'This is the first version, so there is none to compare it with.';
	const presence = presenceWords(changed.node, subject);
	if (presence !== null) return `Nothing to compare it with: ${presence}.`;
	return 'This is what the old image has; the new one is compared with it.';
}

/** What the new image has of a path that both have. */
const newWords: Readonly<Record<ChangeKind, string>> = {
	absent: 'does not have it',
	unchanged: 'has the same',
	added: 'has another one',
	content: 'has another content',
	metadata: 'has another mode, owner or attributes',
	identical: 'has the same content here',
	removed: 'does not have it',
};

/** Null where both images have a version of their own. */
function presenceWords(node: number, subject: OpenedDifference): string | null {
	const [older, newer] = changesOf(subject, node);
	if (older === null) return 'only the new image has it';
	if (newer === null) return 'only the old image has it';
	return older === newer ? 'both images have the same' : null;
}

/** The layers of the new image follow those of the old one. */
function isOld(layer: number, { oldLayerCount }: OpenedDifference): boolean {
	return layer < oldLayerCount;
}
