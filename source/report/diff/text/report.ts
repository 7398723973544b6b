import { differenceKinds } from '../../../diff/file-differences.ts';
import { pathOf } from '../../../filetree/paths.ts';
import { formatCount } from '../../../text/bytes.ts';
import { escapeForTerminal } from '../../../text/escape.ts';
import { type ByteSink, ByteStream } from '../../byte-stream.ts';
import type { ReportOptions } from '../../reporter.ts';
import { formatSections } from '../../text/report.ts';
import type { DifferenceInput } from '../compared.ts';
import { notKnown } from '../not-known.ts';

/** Writes what differs between two images for people. Throws what the sink throws. */
export async function writeTextDifference(
	input: DifferenceInput,
	sink: ByteSink,
	options: ReportOptions,
): Promise<void> {
	const stream = new ByteStream(sink);
	stream.buffer.appendText(formatSections([titleSection(input), fileSection(input)], options));
	await stream.end();
}

function titleSection(input: DifferenceInput): string[] {
	const { images, difference } = input;
	const [older, newer] = images.map(({ image }) => escapeForTerminal(image.reference));
	const { added, removed, content, metadata, type } = difference.files.counts;
	const counts = [
		[added.files, 'added'],
		[removed.files, 'removed'],
		[content.files, 'changed in content'],
		[metadata.files, 'changed in metadata only'],
		[type.files, 'changed in type'],
	] as const;
	const facts = counts.filter(([count]) => count > 0).map(([count, what]) => `${formatCount(count)} ${what}`);
	const found = facts.length === 0 ? 'No file differs.' : `Files: ${facts.join(', ')}.`;
	return [`${older} -> ${newer}`, found, ...notKnown(input).map(escapeForTerminal)];
}

function fileSection({ difference: { files, tree } }: DifferenceInput): string[] {
	return Array.from(
		files.nodes,
		(node, index) => `${differenceKinds[files.kinds[index]]}  /${escapeForTerminal(pathOf(tree, node))}`,
	);
}
