import { runInSlices } from '../../sources/time-slice.ts';
import type { Leaving } from '../../tui/view/screen.tsx';
import type { ImageSheet, SheetOptions } from '../../tui/view/sheets/sheet.ts';
import type { CommandContext } from '../command.ts';
import { screenPreferencesOf } from './screen-preferences.ts';
import { untilLeft } from './until-left.ts';
import type { VisitPlan } from './visits/visit.ts';

/** What one image, or two, are shown on. */
export interface Surface {
	readonly first: ImageSheet;
	close(): void;
	readonly closed: Promise<Leaving>;
}

export interface Terminal {
	/** Where keys or commands come from: not the stream that an image comes from. */
	readonly keys: NodeJS.ReadStream;
	readonly context: CommandContext;
}

/** Opens the screen or, where the user wants lines of text, what takes its place. */
export async function openSurface(options: SheetOptions, { keys, context }: Terminal): Promise<Surface> {
	const { stdout } = context;
	if (isPlain(context)) {
		const { openPlain } = await import('../../tui/plain/plain-screen.ts');
		const { references, files } = options;
		const plain = openPlain({ references, stdin: keys, stdout, files, run: runInSlices });
		return { first: plain, close: () => plain.close(), closed: plain.closed };
	}
	const { openScreen } = await import('../../tui/view/screen.tsx');
	return openScreen({ ...options, stdin: keys, stdout, preferences: await screenPreferencesOf(context) });
}

/** Shows one image, or two, and nothing else, until the user leaves. Throws why they cannot be shown, and `interrupted`. */
export async function showUntilLeft(plan: VisitPlan<ImageSheet>, terminal: Terminal): Promise<void> {
	const surface = await openSurface(plan.options, terminal);
	terminal.context.signal.addEventListener('abort', () => surface.close());
	const visit = plan.begin(surface.first);
	try {
		await Promise.race([visit.finished, surface.closed]);
		// What was asked for besides is still done.
		if (visit.isRead) await visit.finished;
		await untilLeft(surface);
	} catch (error) {
		surface.close();
		await surface.closed;
		throw error;
	} finally {
		await visit.close();
	}
}

/** Whether views are printed as text: as the settings say, or else as those want it who have Ink's programs read aloud. */
export function isPlain({ settings, host }: Pick<CommandContext, 'settings' | 'host'>): boolean {
	return settings.plain ?? host.environment.INK_SCREEN_READER === 'true';
}
