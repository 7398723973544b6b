import type { StrictDifference, StrictLayer } from '../../../diff/strict-difference.ts';
import { unseenCounts } from '../../../diff/strict-difference.ts';
import { formatCount } from '../../../text/bytes.ts';
import { whyNotReadable } from '../not-readable.ts';
import { causeWords } from '../reproducible/cause-words.ts';

/** What differs between the tars of layers that became others and is not seen in the files; empty where nothing more was compared. */
export function strictSection(strict: StrictDifference | null): string[] {
	if (strict === null || strict.layers.length === 0) return [];
	return ['Tars of changed layers, beside what their files show', ...strict.layers.flatMap(layerLines)];
}

function layerLines({ indices: [oldIndex, newIndex], tars }: StrictLayer): readonly string[] {
	const name = oldIndex === newIndex ? `layer ${oldIndex + 1}` : `layer ${oldIndex + 1} -> ${newIndex + 1}`;
	if (tars.kind === 'not-readable') return [`  ${name}: not compared, ${whyNotReadable(tars)}`];
	const [older, newer] = tars.comparison.entries;
	const entries = older === newer ? [] : [`${formatCount(older)} -> ${formatCount(newer)} entries`];
	const found = unseenCounts(tars.comparison).map(({ cause, count }) =>
		cause === 'end'
			? causeWords[cause].name
			: `${causeWords[cause].name} of ${formatCount(count)} ${count === 1 ? 'entry' : 'entries'}`,
	);
	const facts = [...found, ...entries];
	return [`  ${name}: ${facts.length === 0 ? 'nothing' : facts.join(', ')}`];
}
