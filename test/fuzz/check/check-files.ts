import { FathomError } from '../../../source/errors.ts';
import type { JsonReport } from '../../../source/report/json/schema.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import type { Random } from '../random.ts';
import { FuzzFailure } from './failure.ts';
import type { Model } from './model.ts';

const MOST_OPENED = 5;
const MOST_READ_BYTES = 2_000_000;

interface OpenedFile {
	readonly layerIndex: number;
	readonly path: string;
	readonly bytes: number;
}

interface Opened {
	readonly session: ImageSession;
	readonly report: JsonReport;
	/** What is known of the contents. */
	readonly model: Model | null;
}

/** Opens files at random, some of them while another one is half read, and holds that they have their size and content. */
export async function checkFiles(opened: Opened, random: Random): Promise<void> {
	const files = filesOf(opened.report);
	if (files.length === 0) return;
	for (let count = 0; count < Math.min(MOST_OPENED, files.length); count++) {
		const paused = opened.session.files.open(random.pick(files));
		const isPaused = random.oneIn(2);
		if (isPaused) await step(paused);
		const file = random.pick(files);
		requireContent(file, await contentOf(opened.session, file), opened.model);
		if (isPaused && random.oneIn(2)) await step(paused);
		await paused.return(undefined);
	}
}

function filesOf({ layers }: JsonReport): readonly OpenedFile[] {
	return layers.flatMap(({ index, changes }) =>
		changes
			.filter(
				({ kind, type, sizeBytes }) => type === 'file' && kind !== 'removed' && sizeBytes < MOST_READ_BYTES,
			)
			.map(({ path, sizeBytes }) => ({ layerIndex: index, path, bytes: sizeBytes })),
	);
}

async function contentOf(session: ImageSession, file: OpenedFile): Promise<string | null> {
	const pieces: string[] = [];
	const content = session.files.open(file);
	for (;;) {
		const next = await step(content);
		if (next === null) return null;
		if (next.done) return pieces.join('');
		pieces.push(Buffer.from(next.value).toString('latin1'));
	}
}

/** The next piece; null for an error that the program expects, as for a name that stands for bytes which are no UTF-8. */
async function step(content: AsyncGenerator<Uint8Array>): Promise<IteratorResult<Uint8Array> | null> {
	try {
		return await content.next();
	} catch (error) {
		if (error instanceof FathomError) return null;
		throw new FuzzFailure('files', 'an error', error instanceof Error ? String(error.stack) : String(error));
	}
}

function requireContent(
	{ path, layerIndex, bytes }: OpenedFile,
	content: string | null,
	model: Model | null,
): void {
	const where = `${path} in layer ${layerIndex}`;
	if (content === null) {
		if (model !== null) throw new FuzzFailure('files', 'not read', where);
		return;
	}
	if (content.length !== bytes)
		throw new FuzzFailure('files', 'size', `${where}: ${content.length} bytes, not ${bytes}`);
	const expected = model?.states[layerIndex].get(path)?.inode?.content;
	if (expected !== undefined && content !== expected) throw new FuzzFailure('files', 'content', where);
}
