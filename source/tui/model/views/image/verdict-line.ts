import { nameLayers } from '../../../../image/image.ts';
import { cellWidth, cutText } from '../../../../text/width.ts';
import { fitLine } from '../../cells.ts';
import { type Line, type StyleName, span } from '../../line.ts';
import { leftOut, type OpenedImage } from '../../opened-image.ts';

export interface Verdict {
	/** What the view comes to. */
	readonly text: string;
	/** What is to be known besides; may be empty. It goes where there is no room for it. */
	readonly facts: string;
	readonly factStyle?: StyleName;
}

/** The line above a list of an image, with a text at each end: what it comes to, without layers that could not be read. The texts are safe for a terminal. */
export function imageVerdict(image: Pick<OpenedImage, 'stage'>, verdict: Verdict, columns: number): Line {
	const missing = leftOut(image);
	if (missing.length === 0) return verdictLine(verdict, columns);
	const facts = [`without ${nameLayers(missing)}`, verdict.facts].filter(Boolean).join(' · ');
	return verdictLine({ ...verdict, facts, factStyle: 'warning' }, columns);
}

function verdictLine({ text, facts, factStyle = 'faint' }: Verdict, columns: number): Line {
	const shown = cutText(text, columns - 4);
	const room = columns - cellWidth(shown) - 4;
	const shownFacts = facts === '' || cellWidth(facts) + 4 > room ? '' : ` ${facts} `;
	const rule = '━'.repeat(Math.max(0, room - cellWidth(shownFacts)));
	const line = [
		span('━ ', 'heading'),
		span(shown, 'strong'),
		span(` ${rule}`, 'heading'),
		span(shownFacts, factStyle),
		span('━', 'heading'),
	];
	return fitLine(line, columns);
}
