import cliTruncate from 'cli-truncate';
import { render } from 'ink';
import stringWidth from 'string-width';
import { setWidthPackages } from '../../text/width.ts';
import type { ReadingImage } from '../model/reading.ts';
import type { Subject } from '../model/subject.ts';
import { App } from './app.tsx';
import { ScreenStore } from './screen-store.ts';
import { TerminalControl } from './terminal-control.ts';
import { colourTheme, plainTheme } from './theme.ts';

export interface ScreenOptions {
	/** What is being opened, as the user wrote it: an image, or the old and the new one. */
	readonly references: readonly string[];
	/** Where keys come from: a terminal. */
	readonly stdin: NodeJS.ReadStream;
	/** The terminal that is drawn on. */
	readonly stdout: NodeJS.WriteStream;
	/** Whether colours may be used. */
	readonly colour: boolean;
}

/** How the screen came to be closed; `interrupted`: with Ctrl-C, before there was anything to show. */
export type Leaving = 'left' | 'interrupted';

/** The explorer on the alternate screen of a terminal. */
export interface Screen {
	/** Shows what is new about the reading of one of the images, by its position among the references. */
	showReading(news: Partial<ReadingImage>, image?: number): void;
	/** Shows a subject, or what more is known about the same one. */
	show(subject: Subject): void;
	/** Gives the terminal back. */
	close(): void;
	/**
	 * Resolves when the terminal is as it was before: the user has left, or `close` was called. Rejects if the screen failed.
	 */
	readonly closed: Promise<Leaving>;
}

/** More than any terminal shows, so that a key pressed soon after another one does not wait. */
const MAXIMUM_FRAMES_PER_SECOND = 250;

// They are loaded anyway, as Ink needs them.
setWidthPackages({ stringWidth, cliTruncate });

/** Takes over the terminal and shows that reading has begun. */
export function openScreen({ references, stdin, stdout, colour }: ScreenOptions): Screen {
	const control = new TerminalControl({
		keyboard: stdin,
		output: stdout,
		unmount: () => instance.unmount(),
		redraw: () => {
			instance.clear();
			instance.rerender(app());
		},
		onResume: () => store.listen(),
	});
	const store = new ScreenStore(references, {
		onLeave: () => control.close(),
		onSuspend: () => control.suspend(),
		onRepaint: () => control.repaint(),
	});
	const theme = colour ? colourTheme : plainTheme;
	const app = () => <App store={store} theme={theme} onMount={control.mounted} />;
	const instance = render(app(), {
		stdin,
		stdout,
		interactive: true,
		alternateScreen: true,
		incrementalRendering: true,
		exitOnCtrlC: false,
		patchConsole: false,
		maxFps: MAXIMUM_FRAMES_PER_SECOND,
	});
	return {
		showReading: (news, image = 0) => store.showReading(news, image),
		show: (subject) => store.show(subject, { columns: stdout.columns, rows: stdout.rows }),
		close: () => control.close(),
		closed: instance
			.waitUntilExit()
			.then((): Leaving => (store.isInterrupted ? 'interrupted' : 'left'))
			.finally(() => {
				control.close();
				store.close();
			}),
	};
}
