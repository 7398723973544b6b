import { useApp, useInput, usePaste, useWindowSize } from 'ink';
import { useLayoutEffect, useSyncExternalStore } from 'react';
import { frameOf } from '../model/frame/frame.ts';
import { progressLines } from '../model/frame/progress-lines.ts';
import { FrameView } from './frame-view.tsx';
import { LinesView } from './lines-view.tsx';
import { readKeys } from './read-keys.ts';
import { resized, type ScreenStore } from './screen-store.ts';
import type { SuspendTerminal } from './terminal-control.ts';
import type { Theme } from './theme.ts';

interface AppProps {
	readonly store: ScreenStore;
	readonly theme: Theme;
	/** Receives Ink's own way to give the terminal away for a while. */
	readonly onMount: (suspendTerminal: SuspendTerminal) => void;
}

/** The whole screen. The one place that listens to keys, to pastes and to the size of the terminal. */
export function App({ store, theme, onMount }: AppProps) {
	const screen = useSyncExternalStore(store.subscribe, store.current);
	const { suspendTerminal } = useApp();
	const { columns, rows } = useWindowSize();
	useLayoutEffect(() => onMount(suspendTerminal), [onMount, suspendTerminal]);
	useLayoutEffect(() => store.resize({ columns, rows }), [store, columns, rows]);
	useInput((input, key) => store.press(readKeys(input, key)));
	usePaste((text) => store.paste(text));
	if (screen.kind === 'reading') {
		const lines = progressLines(screen.reading, { columns, rows });
		return <LinesView lines={lines} width={columns} theme={theme} />;
	}
	const frame = frameOf(resized(screen.explorer, { columns, rows }));
	return <FrameView frame={frame} columns={columns} theme={theme} />;
}
