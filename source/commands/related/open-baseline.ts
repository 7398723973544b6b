import type { Readable } from 'node:stream';
import { factsOfFindings } from '../../analysis/findings/facts-of-findings.ts';
import { type KnownFindings, knownFindings } from '../../analysis/findings/known-findings.ts';
import { FathomError } from '../../errors.ts';
import type { Baseline } from '../../gate/baseline/baseline.ts';
import { absentLayers, nameLayers } from '../../image/image.ts';
import type { ImageSession } from '../../session/image-session.ts';
import { openImage } from '../../session/open-image.ts';
import { bringsReport, reportPath } from '../../session/saved/find-report.ts';
import { openReport } from '../../session/saved/open-report.ts';
import { STANDARD_INPUT } from '../../sources/archive/standard-input-source.ts';
import { throwIfInterrupted } from '../../sources/time-slice.ts';
import { isThere } from '../../sources/transports.ts';
import type { CommandContext } from '../command.ts';
import { readsContents } from '../gate/judged-findings.ts';
import { untilInterrupted } from '../running/until-interrupted.ts';
import { sessionOptionsOf } from '../session-options.ts';
import { baselineOf } from './image-baseline.ts';
import {
	accessTo,
	checkStandardInput,
	choiceOf,
	noteOf,
	type RelatedImage,
	reasonOf,
} from './related-image.ts';

/**
 * Opens what `--baseline` names: a JSON report that was saved, or an image. Throws `FathomError`, with `usage` for what is wrong about the
 * command line, and else with a message for behind the name of the baseline.
 */
export async function openBaseline(reference: string, context: CommandContext): Promise<Baseline> {
	const related: RelatedImage = { relation: 'baseline', reference };
	const report = (await streamedReport(reference, context)) ?? reportPath({ reference });
	if (report !== null) return readSaved(reference, report, context);
	rejectMissingFile(reference);
	// Only its tree and its figures are needed, which stay when it is closed.
	const opening = openImage(choiceOf(related, context), {
		...sessionOptionsOf({ ...context, earlyWorker: null }),
		base: null,
		dockerfile: null,
		digests: false,
		facts: readsContents(context.settings) ? factsOfFindings : [],
		access: accessTo(related, context, context.access),
		onNote: noteOf(related, context.onNote),
	});
	try {
		const session = await untilInterrupted(opening.complete, context.signal);
		const { description } = session.image;
		if (!context.settings.allowMissingLayers) rejectMissing(absentLayers(description));
		return baselineOf(
			{ name: reference, origin: 'image', reference },
			session,
			await findingsOf(session, context),
		);
	} catch (error) {
		throw withoutName(error, reference);
	} finally {
		await opening.close();
	}
}

/** Only where a rule compares them. */
async function findingsOf(
	{ image, tree, details }: ImageSession,
	{ settings: { limits }, signal }: Pick<CommandContext, 'settings' | 'signal'>,
): Promise<KnownFindings | null> {
	if (limits['new-findings'] === null) return null;
	const found = await details.findings({ withContents: readsContents({ limits }) }, { signal });
	return knownFindings(found, { tree, layers: image.description.layers });
}

/** Standard input where it brings a report. */
async function streamedReport(
	reference: string,
	{ stdin, signal, settings: { asLayer } }: CommandContext,
): Promise<Readable | null> {
	if (reference !== STANDARD_INPUT || asLayer) return null;
	const isReport = await bringsReport(stdin, signal);
	throwIfInterrupted(signal);
	return isReport ? stdin : null;
}

/** The same error, to be said behind the name of the baseline. */
function withoutName(error: unknown, reference: string): unknown {
	if (!(error instanceof FathomError) || error.code === 'interrupted') return error;
	const { code, hint, cause } = error;
	const message = `${reasonOf(error, reference)}.`;
	return new FathomError({ code, message, ...(hint !== undefined && { hint }), cause });
}

/** Says of the command line what keeps the baseline from being opened. Throws `usage`. */
export function checkBaseline(reference: string, context: CommandContext): void {
	checkStandardInput({ relation: 'baseline', reference }, context);
}

async function readSaved(
	name: string,
	from: string | Readable,
	{
		signal,
		settings: { allowMissingLayers, maxPaths, maxPathBytes },
	}: Pick<CommandContext, 'signal' | 'settings'>,
): Promise<Baseline> {
	const limits = {
		paths: maxPaths ?? Number.POSITIVE_INFINITY,
		pathBytes: maxPathBytes ?? Number.POSITIVE_INFINITY,
	};
	const opening = openReport({
		reference: name,
		label: name,
		from,
		platform: null,
		base: null,
		limits,
	});
	try {
		const saved = await untilInterrupted(opening.complete, signal);
		if (!allowMissingLayers) rejectMissing(absentLayers(saved.image.description));
		return baselineOf({ name, origin: 'report', reference: saved.savedReference }, saved, saved.findings);
	} catch (error) {
		throw withoutName(error, name);
	} finally {
		await opening.close();
	}
}

/** Before the first baseline is saved there is no file. Nobody means an image called `baseline.json`, and a registry need not be asked for it. */
function rejectMissingFile(reference: string): void {
	if (!/^[^:]*\.json$/i.test(reference) || isThere(reference)) return;
	throw new FathomError({
		code: 'not-found',
		message: 'there is no such file.',
		hint: `fathom ci IMAGE --save-baseline ${reference} writes one.`,
	});
}

/** Its figures are without those layers. */
function rejectMissing(absent: readonly number[]): void {
	if (absent.length === 0) return;
	const [is, them] = absent.length === 1 ? ['is', 'it'] : ['are', 'them'];
	throw new FathomError({
		code: 'missing',
		message: `${nameLayers(absent)} ${is} kept elsewhere by design and ${is} not here.`,
		hint: `--allow-missing-layers compares without ${them}.`,
	});
}
