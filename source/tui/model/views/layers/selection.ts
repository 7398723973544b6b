import { formatInstruction } from '../../../../text/instruction.ts';
import { shownPath } from '../../frame/names.ts';
import type { Selection } from '../view.ts';
import { fileRows, type LayersScene } from './layers-state.ts';

/** What the cursor is on: the path in the files, else the layer. */
export function selectionOf(scene: LayersScene): Selection {
	const { state, subject } = scene;
	const { layer, focus } = state;
	const instruction = subject.description.layers[layer]?.instruction ?? null;
	const node = focus === 'files' || focus === 'file details' ? fileRows(scene).node : null;
	return {
		place: node === null ? null : { node, layer },
		name: node === null ? (subject.description.layers[layer]?.digest ?? null) : shownPath(subject.tree, node),
		text: instruction === null ? null : formatInstruction(instruction),
		command: commandOf(scene),
	};
}

/** What changed since a mark is shown by no command. */
function commandOf({ state }: LayersScene): readonly string[] | null {
	const { layer, scope, hideUnchanged, filter } = state;
	if (scope === 'since') return null;
	return [
		'files',
		'--layer',
		String(layer + 1),
		...(scope === 'layer' && hideUnchanged ? ['--changes'] : []),
		...(filter.text === '' ? [] : ['--filter', filter.text]),
	];
}
