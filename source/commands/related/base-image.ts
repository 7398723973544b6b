import type { NamedBase, Naming } from '../../analysis/base.ts';
import { FathomError } from '../../errors.ts';
import type { ImageDescription } from '../../image/image.ts';
import { type ImageOpening, openImage } from '../../session/open-image.ts';
import { STANDARD_INPUT } from '../../sources/archive/standard-input-source.ts';
import type { CommandContext } from '../command.ts';
import { untilInterrupted } from '../running/until-interrupted.ts';
import { sessionOptionsOf } from '../session-options.ts';
import {
	accessTo,
	checkStandardInput,
	choiceOf,
	noteOf,
	type RelatedImage,
	reasonOf,
} from './related-image.ts';

/**
 * Finds the image that the user names as the base and reads no more of it than its description takes. Throws `FathomError`, and says of which
 * image; where the base is optional, only `interrupted`.
 */
export async function openBaseImage(
	reference: string,
	context: Omit<CommandContext, 'base'>,
	naming: Required<Naming>,
): Promise<NamedBase> {
	const related: RelatedImage = { relation: 'base', reference };
	const { label, isOptional } = naming;
	if (!isOptional) checkStandardInput(related, context);
	else if (reference === STANDARD_INPUT)
		return { kind: 'unusable', problem: `${label} -: standard input is not read for it` };
	const options = sessionOptionsOf({ ...context, base: null, dockerfile: null, earlyWorker: null });
	const opening = openImage(choiceOf(related, context), {
		...options,
		verify: false,
		digests: false,
		baseSearch: null,
		access: accessTo(related, context, context.access),
		onNote: noteOf(related, context.onNote),
		watched: { firstLayer: 0, isForgiving: false },
	});
	try {
		const { layers } = await untilInterrupted(descriptionIn(opening), context.signal);
		return { kind: 'image', name: reference, diffIds: layers.map(({ diffId }) => diffId), ...naming };
	} catch (error) {
		if (!(error instanceof FathomError) || error.code === 'interrupted') throw error;
		const problem = `${label} ${reference}: ${reasonOf(error, reference)}`;
		if (isOptional) return { kind: 'unusable', problem };
		const { code, hint, cause } = error;
		throw new FathomError({
			code,
			message: `${problem}.`,
			...(hint !== undefined && { hint }),
			cause,
		});
	} finally {
		await opening.close();
	}
}

/** The description comes with the first stage that shows something of the image, which may be long before all layers are read. */
async function descriptionIn({ stages, complete }: ImageOpening): Promise<ImageDescription> {
	for await (const stage of stages) {
		if (stage.kind === 'draft') return stage.draft.image.description;
		if (stage.kind === 'reading' && stage.shown !== null) return stage.shown.image.description;
	}
	return (await complete).image.description;
}
