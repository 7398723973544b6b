import cliTruncate from 'cli-truncate';
import { render } from 'ink';
import stringWidth from 'string-width';
import { setWidthPackages } from '../../text/width.ts';
import { keysIn } from '../model/bindings/key-labels.ts';
import { lostKeysMessage } from '../model/bindings/lost-keys.ts';
import { App } from './app.tsx';
import { clipboardOf } from './clipboard.ts';
import { BackgroundQuestion } from './input/background-question.ts';
import { MouseMode } from './input/mouse-mode.ts';
import { Pointer } from './input/pointer.ts';
import type { Report } from './input/sort-input.ts';
import { TerminalInput } from './input/terminal-input.ts';
import { pagerOf } from './pager.ts';
import type { ScreenPreferences } from './screen-preferences.ts';
import { ScreenStore } from './screen-store.ts';
import { Front } from './sheets/front.ts';
import { type Sheet, type SheetOptions, sheetOf } from './sheets/sheet.ts';
import { TerminalControl } from './terminal-control.ts';
import { chooseTheme, needsBackground } from './themes/choose-theme.ts';

export interface ScreenOptions extends SheetOptions {
	/** Where keys come from: a terminal. */
	readonly stdin: NodeJS.ReadStream;
	/** The terminal that is drawn on. */
	readonly stdout: NodeJS.WriteStream;
	readonly preferences: ScreenPreferences;
}

/** How the screen came to be closed; `interrupted`: with Ctrl-C, before there was anything to show. */
export type Leaving = 'left' | 'interrupted';

/** The explorer on the alternate screen of a terminal. */
export interface Screen {
	/** What is shown first. */
	readonly first: Sheet;
	/** A sheet that is not shown yet. */
	newSheet(options: SheetOptions): Sheet;
	/** Shows a sheet; the others stay as they are. */
	turnTo(sheet: Sheet): void;
	/** Drops a sheet that is not shown again. */
	drop(sheet: Sheet): void;
	/** Gives the terminal back. */
	close(): void;
	/**
	 * Resolves when the terminal is as it was before: the user has left, or `close` was called. Rejects if the screen failed.
	 */
	readonly closed: Promise<Leaving>;
}

/** More than any terminal shows, so that a key pressed soon after another one does not wait. */
const MAXIMUM_FRAMES_PER_SECOND = 250;

/** What is typed before there is a screen is echoed by the terminal, where the line that is left behind will be (ECMA-48, EL). */
const ERASE_ECHO = '\r\u{1B}[K';

// They are loaded anyway, as Ink needs them.
setWidthPackages({ stringWidth, cliTruncate });

/** Takes over the terminal and shows that reading has begun. */
export function openScreen({ stdin, stdout, preferences, ...first }: ScreenOptions): Screen {
	const mouse = new MouseMode(stdout, preferences.isMouseOn);
	const pointer = new Pointer();
	const control = new TerminalControl({
		keyboard: stdin,
		output: stdout,
		unmount: () => instance.unmount(),
		redraw: () => {
			instance.clear();
			instance.rerender(app());
		},
		onGive: () => mouse.giveAway(),
		onTake: () => mouse.take(),
		onResume: () => front.listen(),
	});
	const listener = {
		onLeave: () => control.close(),
		onSuspend: () => control.suspend(),
		onRepaint: () => control.repaint(),
		onMouse: (isOn: boolean) => mouse.want(isOn),
	};
	const { keymap, isMouseOn, remembered } = preferences;
	const choices = { keymap, isMouseOn, remembered };
	const notices = [lostKeysMessage(keymap, keysIn(keymap, 'layers')('help'))];
	const takeNotice = () => notices.shift() ?? null;
	const stores = new Map<Sheet, ScreenStore>();
	const newSheet = ({ references, files, image }: SheetOptions): Sheet => {
		const { contentOf: _content, wordFailure: _failure, pager: _pager, ...reading } = files;
		const terminal = { 'copy-text': clipboardOf(stdout), 'page-file': pagerOf(control, files) };
		const services = { ...reading, ...terminal, ...image };
		const store = new ScreenStore(references, listener, { services, choices, takeNotice });
		const sheet = sheetOf(store, () => ({ columns: stdout.columns, rows: stdout.rows }));
		stores.set(sheet, store);
		return sheet;
	};
	const storeOf = (sheet: Sheet): ScreenStore => {
		const store = stores.get(sheet);
		if (store === undefined) throw new TypeError('The sheet is not of this screen.');
		return store;
	};
	const firstSheet = newSheet(first);
	const front = new Front(storeOf(firstSheet));
	let theme = chooseTheme({ ...preferences, background: null });
	const onReport = (report: Report) => {
		if (report.kind === 'mouse') {
			const event = pointer.read(report);
			if (event !== null) front.point(event);
			return;
		}
		const background = question.take(report.text);
		if (background === null) return;
		theme = chooseTheme({ ...preferences, background });
		instance.rerender(app());
	};
	const question = new BackgroundQuestion(stdout);
	const input = new TerminalInput(stdin, onReport);
	const onListening = () => {
		mouse.take();
		if (needsBackground(preferences)) question.ask();
	};
	const app = () => <App store={front} theme={theme} onMount={control.mounted} onListening={onListening} />;
	stdout.write(ERASE_ECHO);
	const instance = render(app(), {
		stdin,
		stdout,
		interactive: true,
		alternateScreen: true,
		incrementalRendering: true,
		exitOnCtrlC: false,
		patchConsole: false,
		// Its own mode for screen readers says a frame anew with every change of it: plain lines are for that.
		isScreenReaderEnabled: false,
		maxFps: MAXIMUM_FRAMES_PER_SECOND,
	});
	return {
		first: firstSheet,
		newSheet,
		turnTo: (sheet) => {
			front.turnTo(storeOf(sheet));
			mouse.want(front.isMouseOn);
		},
		drop: (sheet) => {
			storeOf(sheet).close();
			stores.delete(sheet);
		},
		close: () => control.close(),
		closed: instance
			.waitUntilExit()
			.then((): Leaving => (front.isInterrupted ? 'interrupted' : 'left'))
			.finally(() => {
				control.close();
				question.close();
				input.close();
				mouse.close();
				for (const store of stores.values()) store.close();
				if (front.choices.remembered !== remembered) preferences.onRemember(front.choices.remembered);
			}),
	};
}
