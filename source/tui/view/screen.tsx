import cliTruncate from 'cli-truncate';
import { render } from 'ink';
import stringWidth from 'string-width';
import { setWidthPackages } from '../../text/width.ts';
import type { OpenedImage } from '../model/opened-image.ts';
import type { ReadingProgress } from '../model/reading.ts';
import { App } from './app.tsx';
import { ScreenStore } from './screen-store.ts';
import { TerminalControl } from './terminal-control.ts';
import { colourTheme, plainTheme } from './theme.ts';

export interface ScreenOptions {
	/** What is being opened, as the user wrote it. */
	readonly reference: string;
	/** Where keys come from: a terminal. */
	readonly stdin: NodeJS.ReadStream;
	/** The terminal that is drawn on. */
	readonly stdout: NodeJS.WriteStream;
	/** Whether colours may be used. */
	readonly colour: boolean;
}

/** The explorer on the alternate screen of a terminal. */
export interface Screen {
	showProgress(progress: ReadingProgress, elapsedSeconds: number): void;
	/** Shows for what the reading waits; null: it goes on. */
	showWaiting(message: string | null): void;
	showImage(image: OpenedImage): void;
	/** Gives the terminal back. */
	close(): void;
	/** Resolves when the terminal is as it was before: the user has left, or `close` was called. Rejects if the screen failed. */
	readonly closed: Promise<void>;
}

/** More than any terminal shows, so that a key pressed soon after another one does not wait. */
const MAXIMUM_FRAMES_PER_SECOND = 250;

// They are loaded anyway, as Ink needs them.
setWidthPackages({ stringWidth, cliTruncate });

/** Takes over the terminal and shows that reading has begun. */
export function openScreen({ reference, stdin, stdout, colour }: ScreenOptions): Screen {
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
	const store = new ScreenStore(reference, {
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
		showProgress: (progress, elapsedSeconds) => store.showProgress(progress, elapsedSeconds),
		showWaiting: (message) => store.showWaiting(message),
		showImage: (image) => store.showImage(image, { columns: stdout.columns, rows: stdout.rows }),
		close: () => control.close(),
		closed: instance
			.waitUntilExit()
			.then(() => undefined)
			.finally(() => {
				control.close();
				store.close();
			}),
	};
}
