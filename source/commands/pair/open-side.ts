import type { ImageSession } from '../../session/image-session.ts';
import { type ImageOpening, openImage } from '../../session/open-image.ts';
import { bringsReport, reportPath } from '../../session/saved/find-report.ts';
import { openReport, type ReportOpening } from '../../session/saved/open-report.ts';
import type { SavedImage } from '../../session/saved/saved-image.ts';
import type { SessionOptions } from '../../session/session-options.ts';
import type { Stage } from '../../session/stages.ts';
import { STANDARD_INPUT } from '../../sources/archive/standard-input-source.ts';
import { namesContainer } from '../../sources/resolve-source.ts';
import type { LayerSharing } from '../../sources/sharing/shared-layers.ts';
import { throwIfInterrupted } from '../../sources/time-slice.ts';
import type { FactGroup } from '../../tar/changeset.ts';
import { noLimits } from '../../tar/entry-budget.ts';
import type { CommandContext } from '../command.ts';
import { imageChoiceOf, sessionOptionsOf } from '../session-options.ts';

/** One of two images, or the report that is left of it. */
export type OpenedSide = ImageSession | SavedImage;

/** One of two images that is being opened. */
export interface SideOpening {
	/** For one reader. A report has none. Throws `FathomError`. */
	readonly stages: AsyncIterable<Stage>;
	/** Throws `FathomError`. */
	readonly complete: Promise<OpenedSide>;
	/** Stops reading, or closes what was opened. */
	close(): Promise<void>;
}

/** What is needed to open an image. */
export interface SideContext extends CommandContext {
	/** Which facts will be asked for; none by default. */
	readonly facts?: readonly FactGroup[];
	/** Gets how much of the contents has been read for them, and of how much. */
	readonly onContents?: NonNullable<SessionOptions['onContents']>;
}

/** Begins to open what the context names: a report that was saved, or an image, whose layers another image may share. */
export function openSide(context: SideContext, sharing: LayerSharing | null): SideOpening {
	const stop = new AbortController();
	const begun = begin(context, sharing, stop.signal);
	const complete = begun.then((opening): Promise<OpenedSide> => opening.complete);
	// Both sides are awaited one after the other.
	complete.catch(() => {});
	const close = async (): Promise<void> => {
		stop.abort();
		const opening = await begun.catch(() => null);
		await opening?.close();
	};
	return { stages: stagesOf(begun), complete, close };
}

async function* stagesOf(begun: Promise<ImageOpening | ReportOpening>): AsyncGenerator<Stage> {
	const opening = await begun;
	if ('stages' in opening) yield* opening.stages;
}

async function begin(
	context: SideContext,
	sharing: LayerSharing | null,
	signal: AbortSignal,
): Promise<ImageOpening | ReportOpening> {
	const { reference, settings, stdin, base, facts = [], onContents } = context;
	const choice = { ...imageChoiceOf(context), ...(sharing !== null && { isOverOptional: true }) };
	const options = sessionOptionsOf(context);
	const isStream = reference === STANDARD_INPUT;
	const stream = isStream && !settings.asLayer && (await bringsReport(stdin, signal)) ? stdin : null;
	throwIfInterrupted(signal);
	const from = stream ?? reportPath(choice);
	if (from !== null) {
		// The other image need not wait: a report has no layers to give.
		if (sharing?.role === 'gives') sharing.shared.finish();
		const label = isStream ? 'standard input' : reference;
		const limits = options.limits ?? noLimits;
		return openReport({ reference, label, from, platform: settings.platform, base, limits });
	}
	if (sharing === null) return openImage(choice, options);
	// What can be read only once is hashed as it passes, because no file of it can be read again to compare it; and an engine gives a file of a
	// container again only under a name that is text.
	const digests = options.digests === true || isStream || namesContainer(reference, choice.source);
	// To check every layer means to read it where it is.
	return openImage(choice, {
		...options,
		digests,
		isCompared: true,
		facts,
		...(onContents !== undefined && { onContents }),
		...(!options.verify && { sharing }),
	});
}
