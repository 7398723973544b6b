import { FathomError } from '../../errors.ts';
import { asLayerError } from '../../sources/layer-error.ts';
import { TarError } from '../../tar/tar-error.ts';
import { shorten } from '../../text/shorten.ts';
import type { JsonPieceError, PiecePath } from './json-piece.ts';
import { MOST_VALUE_BYTES } from './json-pieces.ts';

const writeCommand = 'fathom report IMAGE -o FILE.';
const writeAgain = `Write the report again: ${writeCommand}`;

/** An error of the gzip data that a report is packed to. Everything else is as `asLayerError` has it. */
export function asPackedError(error: unknown, label: string): unknown {
	if (!(error instanceof TarError) || (error.kind !== 'truncated' && error.kind !== 'corrupt'))
		return asLayerError(error, label);
	return new FathomError({
		code: error.kind,
		message: `${label}: ${error.message}.`,
		hint: `Copy the file again, or write the report again: ${writeCommand}`,
		cause: error,
	});
}

/** `layers[0].changes[3].mode`; empty for the document. */
function memberOf(path: readonly PropertyKey[]): string {
	return path.reduce<string>((text, key) => {
		if (typeof key === 'number') return `${text}[${key}]`;
		return text === '' ? shorten(String(key)) : `${text}.${shorten(String(key))}`;
	}, '');
}

/** An error of the JSON itself. */
export function asReportError({ fault, path }: JsonPieceError, label: string): FathomError {
	const member = memberOf(path);
	if (fault === 'truncated') {
		return new FathomError({
			code: 'truncated',
			message: `${label}: the file ends before the report does${member === '' ? '' : `, in ${member}`}.`,
			hint: writeAgain,
		});
	}
	if (fault === 'too-long') {
		return new FathomError({
			code: 'too-large',
			message: `${label}: ${member === '' ? 'a value' : member} is longer than ${MOST_VALUE_BYTES / 1024 / 1024} MiB, the most that fathom reads of one value.`,
			hint: 'Compare the images themselves.',
		});
	}
	return new FathomError({
		code: 'corrupt',
		message: `${label} is not valid JSON${member === '' ? '' : `, at ${member}`}.`,
		hint: writeAgain,
	});
}

/** A member that is missing or is not what it has to be. */
export function wrongMember(label: string, path: PiecePath, issuePath: readonly PropertyKey[]): FathomError {
	return new FathomError({
		code: 'corrupt',
		message: `${label}: ${memberOf([...path, ...issuePath])} is missing, or is not what a report of fathom has there.`,
		hint: writeAgain,
	});
}

/** Compressed data that no report packs to. */
export function packedReportTooLarge(label: string, ratio: number): FathomError {
	return new FathomError({
		code: 'too-large',
		message: `${label} unpacks to more than ${ratio} times its size, which is more than fathom reads of a report in gzip.`,
		hint: 'Unpack it with gunzip, and look at it first.',
	});
}

/** A path that has two rows. */
export function listedTwice(label: string, layerIndex: number, path: string): FathomError {
	return new FathomError({
		code: 'corrupt',
		message: `${label}: ${shorten(path)} is listed twice in layers[${layerIndex}].`,
		hint: writeAgain,
	});
}

/** A path below one that is no directory. */
export function belowNoDirectory(
	label: string,
	layerIndex: number,
	[path, above]: readonly [string, string],
): FathomError {
	return new FathomError({
		code: 'corrupt',
		message: `${label}: ${shorten(path)} in layers[${layerIndex}] is below ${shorten(above)}, which is no directory.`,
		hint: writeAgain,
	});
}

/** A hard link whose content no row has. */
export function lostLink(label: string, layerIndex: number, path: string): FathomError {
	return new FathomError({
		code: 'corrupt',
		message: `${label}: the hard link ${shorten(path)} in layers[${layerIndex}] is linked to a file that the report does not list.`,
		hint: writeAgain,
	});
}

export function newerReport(label: string, schemaVersion: number): FathomError {
	return new FathomError({
		code: 'unsupported',
		message: `${label} was written by a newer fathom (schema ${schemaVersion}).`,
		hint: 'Update fathom.',
	});
}

/** What JSON with these members is usually called (OCI image specification, image-index.md, manifest.md and config.md). */
const others: readonly (readonly [member: string, name: string])[] = [
	['manifests', 'an image index'],
	['rootfs', 'the config of an image'],
	['layers', 'the manifest of an image'],
	['fsLayers', 'the manifest of an image'],
];

export function noReport(label: string, members: ReadonlySet<string>): FathomError {
	const other = others.find(([member]) => members.has(member));
	return new FathomError({
		code: 'not-an-image',
		message: `${label} is JSON, but not a report of fathom${other === undefined ? '' : `: it looks like ${other[1]}`}.`,
		hint: 'Name an image, or a report that fathom report IMAGE -o FILE wrote.',
	});
}
