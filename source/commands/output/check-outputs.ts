import { realpath, stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { FathomError } from '../../errors.ts';
import { STANDARD_INPUT } from '../../sources/archive/standard-input-source.ts';
import type { CommandContext, NamedImage } from '../command.ts';
import { checkOutputFile, identifyFile } from './output-file.ts';

/**
 * Says early what would stop reports from being written, before a large image is read for nothing: a file that cannot be written, one file
 * for two reports, and an image that is read. Throws `output` or `usage`.
 */
export async function checkOutputs({ flags, reference, newImage, settings }: Outputs): Promise<void> {
	const { baseline } = settings;
	const references = [reference, ...(newImage === null ? [] : [newImage.reference])];
	const seen = new Map<string, string>();
	for (const flag of ['json', 'output', 'save-baseline']) {
		const path = flags.get(flag);
		if (path === undefined) continue;
		if (path === '-') {
			if (flag === 'output') continue;
			throw needsName(flag);
		}
		await checkOutputFile(path);
		for (const each of references) if (await isOfImage(path, each)) throw overwritesImage(flag, path);
		if (baseline !== null && (await isOfBaseline(path, baseline, flag))) throw overwritesBaseline(flag, path);
		const identity = await identifyFile(path);
		if (identity === null) continue;
		const other = seen.get(identity);
		if (other !== undefined) throw sameFile(other, flag, path);
		seen.set(identity, flag);
	}
}

export interface Outputs extends Pick<CommandContext, 'flags' | 'reference'> {
	readonly newImage: Pick<NamedImage, 'reference'> | null;
	readonly settings: Pick<CommandContext['settings'], 'baseline'>;
}

/** A report that was the baseline gives way to the one that becomes it. */
async function isOfBaseline(path: string, baseline: string, flag: string): Promise<boolean> {
	if (!(await isOfImage(path, baseline))) return false;
	if (flag !== 'save-baseline') return true;
	const { reportPath } = await import('../../session/saved/find-report.ts');
	return reportPath({ reference: path }) === null;
}

/** What a layout has at its top (OCI image specification, image-layout.md), and an archive that was unpacked. */
const layoutParts: readonly string[] = ['blobs', 'oci-layout', 'index.json', 'manifest.json'];

/** Whether a path leads to the archive that the reference names, or into its layout. */
async function isOfImage(path: string, reference: string): Promise<boolean> {
	for (const input of pathsIn(reference)) {
		const stats = await stat(input).catch(() => null);
		if (stats?.isFile() && (await identifyFile(input)) === (await identifyFile(path))) return true;
		if (!stats?.isDirectory()) continue;
		const real = await realpath(path).catch(() => null);
		const [top] = real === null ? [''] : relative(await realpath(input), real).split(sep);
		if (layoutParts.includes(top)) return true;
	}
	return false;
}

/** The paths that a reference may name: with a source in front of it, and a tag behind it. */
function pathsIn(reference: string): readonly string[] {
	const bare = reference.replace(/^[a-z-]+:/, '');
	if (reference === STANDARD_INPUT) return ['/dev/stdin'];
	return [...new Set([reference, bare].flatMap((text) => [text, text.replace(/:[^:/]*$/, '')]))].filter(
		Boolean,
	);
}

/** Standard output has the text that is for people. */
function needsName(flag: string): FathomError {
	return new FathomError({
		code: 'usage',
		message: `--${flag} needs the name of a file.`,
		hint:
			flag === 'json'
				? 'fathom report IMAGE and fathom diff OLD NEW --format json write JSON to standard output.'
				: '--save-baseline FILE',
	});
}

function overwritesImage(flag: string, path: string): FathomError {
	return new FathomError({
		code: 'usage',
		message: `--${flag} ${path}: this is the image itself, and the report would replace it.`,
		hint: 'Name another file for the report.',
	});
}

function overwritesBaseline(flag: string, path: string): FathomError {
	return new FathomError({
		code: 'usage',
		message: `--${flag} ${path}: this is the baseline, and the report would replace it.`,
		hint: `Name another file for the report${flag === 'json' ? ', or --save-baseline for the next baseline' : ''}.`,
	});
}

function sameFile(first: string, second: string, path: string): FathomError {
	return new FathomError({
		code: 'usage',
		message: `--${first} and --${second} both name ${path}, and one report would replace the other.`,
		hint: 'Name two files.',
	});
}
