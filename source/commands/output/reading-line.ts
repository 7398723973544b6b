import type { ReadProgress } from '../../sources/image-source.ts';
import { formatBytes } from '../../text/bytes.ts';
import type { ProgressLine } from './progress-line.ts';

/** What is said of an image while it is opened. */
type ReadingStage =
	| { readonly kind: 'complete' }
	| { readonly kind: 'reading' | 'draft'; readonly progress: ReadProgress | null };

/** Says how far the reading of an image is. `label` tells two images apart. A failure is for those who wait for the image. */
export async function showReading(
	stages: AsyncIterable<ReadingStage>,
	line: ProgressLine,
	label: 'old image, ' | 'new image, ' | '' = '',
): Promise<void> {
	try {
		for await (const stage of stages) {
			if (stage.kind === 'complete' || stage.progress === null) continue;
			const { phase, bytesDone, bytesTotal } = stage.progress;
			const verb = phase === 'layers' ? 'reading' : 'comparing';
			line.show(() => `${label}${verb}: ${amountOf(bytesDone, bytesTotal)}`);
		}
	} catch {}
}

/** Says how far the reading of contents is, until it is done. */
export function showContents(bytesDone: number, bytesTotal: number, line: ProgressLine): void {
	if (bytesDone >= bytesTotal) line.clear();
	else line.show(() => `reading contents: ${amountOf(bytesDone, bytesTotal)}`);
}

function amountOf(bytesDone: number, bytesTotal: number | null): string {
	return bytesTotal === null
		? formatBytes(bytesDone)
		: `${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}`;
}
