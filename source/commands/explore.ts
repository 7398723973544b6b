import { type LoadedImage, type LoadOptions, loadImage } from '../session/load-image.ts';
import type { ReadProgress } from '../sources/image-source.ts';
import type { OpenedImage, Stage } from '../tui/model/opened-image.ts';
import type { Screen } from '../tui/view/screen.tsx';

export interface ExploreOptions {
	/** What to open, as the user wrote it. */
	readonly reference: string;
	readonly load: Omit<LoadOptions, 'signal' | 'onProgress'>;
	/** A terminal to read keys from: not the stream that an image comes from. */
	readonly stdin: NodeJS.ReadStream;
	/** The terminal to draw on. */
	readonly stdout: NodeJS.WriteStream;
	/** Whether colours may be used. */
	readonly colour: boolean;
	/** Gives the terminal back when it is aborted. */
	readonly signal?: AbortSignal;
	/** What else is done with the image once it is read; when that fails, so does exploring. */
	readonly onLoaded?: (loaded: LoadedImage) => Promise<void>;
}

const PROGRESS_MILLISECONDS = 80;
const WAITING_MILLISECONDS = 1000;

/**
 * Shows an image in the terminal until the user leaves. Leaving while it is still being read stops the reading, and is no error.
 * Throws what `loadImage` throws, with the terminal as it was before.
 */
export async function explore(options: ExploreOptions): Promise<void> {
	const { reference, load, stdin, stdout, colour, signal, onLoaded } = options;
	const { openScreen } = await import('../tui/view/screen.tsx');
	const screen = openScreen({ reference, stdin, stdout, colour });
	const stop = new AbortController();
	signal?.addEventListener('abort', () => screen.close());
	let isRead = false;
	const loading = loadImage(reference, {
		...load,
		signal: stop.signal,
		onPreview: async ({ description, notices, tree, analysis }) => {
			const stage = { kind: 'reading', layersRead: 1, progress: null } as const;
			const known = { reference, foundIn: null, description, tree, analysis, notices, warnings: [] };
			screen.showImage({ ...known, stage });
			await new Promise((resolve) => setImmediate(resolve));
		},
		onDraft: (draft) => screen.showImage(openedImage(reference, draft, { kind: 'comparing' })),
		onProgress: progressTeller(screen),
	}).then(async (loaded) => {
		isRead = true;
		await onLoaded?.(loaded);
		return loaded;
	});
	const left = screen.closed.then(() => null);
	const loaded = await Promise.race([loading, left]).catch(async (error: unknown) => {
		screen.close();
		await screen.closed;
		throw error;
	});
	if (loaded === null) {
		stop.abort();
		// Whoever has left does not wait for an input that may never end, but gets what was asked for besides.
		if (isRead) await loading;
		return;
	}
	screen.showImage(openedImage(reference, loaded, { kind: 'complete' }));
	await left;
}

/** Shows progress as it comes, and while nothing comes how long that has been so. */
function progressTeller(screen: Screen): (progress: ReadProgress) => void {
	const start = performance.now();
	let latest: ReadProgress | null = null;
	const show = (progress: ReadProgress) => screen.showProgress(progress, (performance.now() - start) / 1000);
	const timer = setInterval(() => latest && show(latest), WAITING_MILLISECONDS).unref();
	screen.closed.finally(() => clearInterval(timer)).catch(() => {});
	const showSome = atMostEvery(PROGRESS_MILLISECONDS, show);
	return (progress) => {
		latest = progress;
		showSome(progress);
	};
}

/** Calls on at most once in a while. What comes in between is left out: a frame takes as long to draw as a hundred files to read. */
function atMostEvery<T>(milliseconds: number, listener: (value: T) => void): (value: T) => void {
	let calledAt = Number.NEGATIVE_INFINITY;
	return (value) => {
		if (performance.now() - calledAt < milliseconds) return;
		calledAt = performance.now();
		listener(value);
	};
}

function openedImage(reference: string, { image, tree, analysis }: LoadedImage, stage: Stage): OpenedImage {
	const { foundIn, description, warnings, notices } = image;
	return { reference, foundIn, description, tree, analysis, warnings, notices, stage };
}
