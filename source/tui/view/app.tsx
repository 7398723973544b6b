import { useApp, useInput, usePaste, useWindowSize } from 'ink';
import { useEffect, useLayoutEffect, useSyncExternalStore } from 'react';
import { frameOf } from '../model/frame/frame.ts';
import { progressLines } from '../model/frame/progress-lines.ts';
import { homeLines } from '../model/home/home-lines.ts';
import { FrameView } from './frame-view.tsx';
import { LinesView } from './lines/lines-view.tsx';
import { readKeys } from './read-keys.ts';
import { resized } from './resized.ts';
import type { Front } from './sheets/front.ts';
import type { SuspendTerminal } from './terminal-control.ts';
import type { Theme } from './themes/theme.ts';

interface AppProps {
	readonly store: Front;
	readonly theme: Theme;
	/** Receives Ink's own way to give the terminal away for a while. */
	readonly onMount: (suspendTerminal: SuspendTerminal) => void;
	/** Called once, when what the terminal sends is heard and not echoed. */
	readonly onListening: () => void;
}

/** The whole screen. The one place that listens to keys, to pastes and to the size of the terminal. */
export function App({ store, theme, onMount, onListening }: AppProps) {
	const screen = useSyncExternalStore(store.subscribe, store.current);
	const { suspendTerminal } = useApp();
	const { columns, rows } = useWindowSize();
	useLayoutEffect(() => onMount(suspendTerminal), [onMount, suspendTerminal]);
	useLayoutEffect(() => store.resize({ columns, rows }), [store, columns, rows]);
	useInput((input, key) => store.press(readKeys(input, key)));
	usePaste((text) => store.paste(text));
	// After the effect of useInput, which takes the terminal into raw mode.
	useEffect(() => onListening(), [onListening]);
	if (screen.kind === 'home') {
		const lines = homeLines(screen.home, { columns, rows }, store.keymap);
		return <LinesView lines={lines} width={columns} theme={theme} />;
	}
	if (screen.kind === 'reading') {
		const lines = progressLines(screen.reading, { columns, rows }, store.keymap);
		return <LinesView lines={lines} width={columns} theme={theme} />;
	}
	const frame = frameOf(resized(screen.explorer, { columns, rows }));
	return <FrameView frame={frame} columns={columns} theme={theme} />;
}
