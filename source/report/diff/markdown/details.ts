import type { PackageComparison } from '../../../diff/packages/compared-packages.ts';
import { formatCount } from '../../../text/bytes.ts';
import type { DifferenceInput, DifferenceOptions } from '../compared.ts';
import { selectionWords } from '../sentences.ts';
import { configCount, configTable } from '../text/config.ts';
import { countLines, pathHeader, pathLines } from '../text/files.ts';
import { changedFindings, findingCounts, findingLines } from '../text/findings.ts';
import { layerCounts, layerTable } from '../text/layers.ts';
import { packageCounts, packageLines, saysPackages } from '../text/packages.ts';
import { remarkLines } from '../text/remarks.ts';
import type { Block } from './blocks.ts';

/** The blocks below the table: findings, layers, config, packages, paths, and the warnings of both images. The paths are last of those that may be long. */
export function detailBlocks(
	input: DifferenceInput,
	options: DifferenceOptions,
	isDifferent: boolean,
): readonly Block[] {
	const { parts } = options;
	const { layers, config } = input.difference;
	const { packages } = input;
	const remarks = remarkLines(input, options);
	const findings = changedFindings(input.findings);
	return [
		...(remarks.length > 0 ? [block('Warnings and notices', remarks)] : []),
		...(isDifferent && parts.has('figures') && findings.length > 0
			? [block(`Findings: ${findingCounts(findings)}`, findingLines(findings, options))]
			: []),
		...(isDifferent && parts.has('layers')
			? [block(`Layers: ${layerCounts(layers)}`, layerTable(input, options))]
			: []),
		...(isDifferent && parts.has('config') && config.length > 0
			? [block(`Config: ${configCount(config)}`, configTable(config, options))]
			: []),
		...(isDifferent && saysPackages(packages, parts) ? [packageBlock(packages, options)] : []),
		...(isDifferent && parts.has('files') ? [pathBlock(input, options)] : []),
	];
}

function packageBlock(packages: PackageComparison, options: DifferenceOptions): Block {
	return block(`Packages: ${packageCounts(packages)}`, packageLines(packages, options));
}

function block(summary: string, lines: readonly string[]): Block {
	const note = (hidden: number): string | null =>
		hidden === 0
			? null
			: `${formatCount(hidden)} more ${hidden === 1 ? 'line is' : 'lines are'} left out, because a comment can only be so long.`;
	return { summary, lines, note };
}

function pathBlock({ difference, greatest }: DifferenceInput, options: DifferenceOptions): Block {
	const { files } = difference;
	const counts = countLines(files).join('; ');
	const note = (hiddenLines: number): string | null => {
		const hidden = greatest.hidden + Math.min(hiddenLines, greatest.rows.length);
		if (hidden === 0) return null;
		const paths = hidden === 1 ? 'path is' : 'paths are';
		const reason = hiddenLines > 0 || options.isFull ? ', because a comment can only be so long' : '';
		return `${formatCount(hidden)} more ${paths} left out${reason}. \`fathom diff --full\` lists all of them.`;
	};
	const lines =
		greatest.rows.length === 0 ? [] : [pathHeader(options), ...pathLines(difference, greatest, options)];
	const where = selectionWords(options.selection);
	const found = counts === '' ? 'none of them differs' : counts;
	return { summary: `Files${where}: ${found}`, lines, note };
}
