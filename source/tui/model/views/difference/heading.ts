import type { Both } from '../../../../diff/merge/merge-structure.ts';
import { formatPlatform } from '../../../../image/platform.ts';
import { formatBytes } from '../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../text/escape.ts';
import { cellWidth, cutText } from '../../../../text/width.ts';
import { fitLine } from '../../cells.ts';
import { type Line, span } from '../../line.ts';
import type { OpenedDifference } from '../../opened-difference.ts';
import { deltaText } from './delta.ts';

/** Fewer columns than this have no room for the sizes themselves. */
const ROOMY_COLUMNS = 72;

/** What is compared, and what the change costs. */
export function heading(subject: OpenedDifference, columns: number): Line {
	const [older, newer] = subject.images.map(({ figures }) => figures.totalBytes);
	const sizes = columns < ROOMY_COLUMNS ? '' : `${formatBytes(older)} → ${formatBytes(newer)} `;
	const costs = [`${sizes}${directionOf(newer - older)}`, pullText(subject.pull)];
	const room = columns - costs.reduce((sum, cost) => sum + cellWidth(cost) + 3, 0) - 3;
	const names = namesText(namesOf(subject), room);
	const rule = '━'.repeat(Math.max(0, room - cellWidth(names)));
	const line = [
		span('━ ', 'heading'),
		span(names, 'strong'),
		span(` ${rule}`, 'heading'),
		...costs.flatMap((cost) => [span(` ${cost} `), span('━', 'heading')]),
	];
	return fitLine(line, columns);
}

/** What each image is called: as the user wrote it, or its own name or the platform where that is all that tells them apart. */
export function namesOf({ images }: Pick<OpenedDifference, 'images'>): Both<string> {
	const [older, newer] = images.map(({ reference, description }) => ({
		reference: escapeForTerminal(reference),
		name: escapeForTerminal(description.names[0] ?? ''),
		platform:
			description.platform === null
				? 'unknown platform'
				: escapeForTerminal(formatPlatform(description.platform)),
	}));
	if (older.reference !== newer.reference) return [older.reference, newer.reference];
	if (older.name !== newer.name && older.name !== '' && newer.name !== '') return [older.name, newer.name];
	if (older.platform === newer.platform) return [older.reference, newer.reference];
	return [`${older.reference} ${older.platform}`, newer.platform];
}

/** Both names in at most `room` cells, without the folders that both are in where that is too little. */
function namesText(names: Both<string>, room: number): string {
	const both = Math.max(2, room - 3);
	const isWhole = cellWidth(names[0]) + cellWidth(names[1]) <= both;
	const [older, newer] = isWhole ? names : withoutCommonFolder(names);
	// What one name does not need, the other may take.
	const oldRoom = Math.max(Math.floor(both / 2), both - cellWidth(newer));
	const shownOld = cutText(older, oldRoom, 'start');
	return `${shownOld} → ${cutText(newer, both - cellWidth(shownOld), 'start')}`;
}

function withoutCommonFolder([older, newer]: Both<string>): Both<string> {
	let end = 0;
	for (let index = 0; index < older.length && older[index] === newer[index]; index++)
		if (older[index] === '/') end = index + 1;
	return [older.slice(end), newer.slice(end)];
}

function directionOf(delta: number): string {
	if (delta === 0) return '= same size';
	return `${delta > 0 ? '▲' : '▼'} ${deltaText(delta)}`;
}

/** Layers that are stored uncompressed cost a pull from a registry less. */
function pullText({ storedBytes, compression }: OpenedDifference['pull']): string {
	const bound = storedBytes === 0 || compression === 'all' ? '' : 'up to ';
	return `pull ${bound}${formatBytes(storedBytes)}`;
}
