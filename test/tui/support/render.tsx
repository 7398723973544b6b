import { stripVTControlCharacters } from 'node:util';
import { render } from 'ink-testing-library';
import type { Size } from '../../../source/tui/model/layout.ts';
import { App } from '../../../source/tui/view/app.tsx';
import { ScreenStore } from '../../../source/tui/view/screen-store.ts';
import { plainTheme } from '../../../source/tui/view/theme.ts';

/** The screen as Ink draws it, on a terminal that is not there. */
export interface RenderedScreen {
	readonly store: ScreenStore;
	/** Lets keys through as a terminal sends them. */
	send(input: string): Promise<void>;
	resize(size: Size): Promise<void>;
	/** The screen as text, once it is drawn. */
	frame(): Promise<string>;
	/** Whether the user has left. */
	hasLeft(): boolean;
	unmount(): void;
}

export async function renderScreen(reference: string, size: Size): Promise<RenderedScreen> {
	let hasLeft = false;
	const store = new ScreenStore(reference, () => {
		hasLeft = true;
	});
	const { stdout, stdin, lastFrame, unmount } = render(<App store={store} theme={plainTheme} />);
	await drawn();
	const resize = async ({ columns, rows }: Size) => {
		Object.defineProperties(stdout, {
			columns: { value: columns, configurable: true },
			rows: { value: rows, configurable: true },
		});
		stdout.emit('resize');
		await drawn();
	};
	await resize(size);
	return {
		store,
		send: async (input) => {
			stdin.write(input);
			await drawn();
		},
		resize,
		frame: async () => {
			await drawn();
			return stripVTControlCharacters(lastFrame() ?? '');
		},
		hasLeft: () => hasLeft,
		unmount,
	};
}

/** React draws in a microtask, and sees to its effects in a task after it. */
async function drawn(): Promise<void> {
	for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
