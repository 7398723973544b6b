import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { FathomError } from '../../../errors.ts';
import type { FileTree } from '../../../filetree/file-tree.ts';
import { PathFollower } from '../../../filetree/following/follow-path.ts';
import type { OwnerNames } from '../../../filetree/words/owner-names.ts';
import type { SessionFiles } from '../../../session/session-files.ts';
import { ImageChanged } from '../../../sources/files/image-changed.ts';
import type { Host } from '../../../sources/host.ts';
import { runInSlices, TimeSlice, throwIfInterrupted } from '../../../sources/time-slice.ts';
import type { AskedFile, Refused } from '../../../tui/model/effects/file-requests.ts';
import type { ExplorerServices, FileServices } from '../../../tui/model/effects/requests.ts';
import { extractionRemarks, extractionSummary, extractNodes } from '../../extract/extract-nodes.ts';
import { readOwnerNames } from '../../files/read-owner-names.ts';
import { exportView } from '../export/export-view.ts';
import { Colouring } from './colouring.ts';
import { compareVersions, withoutLines } from './compare-versions.ts';
import { fileTypeOf } from './file-types.ts';
import { maskSecrets } from './mask-secrets.ts';
import { readPart } from './read-part.ts';
import { textStart, utf8Of, utf16Of } from './utf16.ts';

/** Larger versions are not compared. */
const MOST_COMPARED_BYTES = 4 * 1024 * 1024;

/** The contents of what is explored. */
export interface ExploredContents {
	readonly tree: FileTree;
	readonly files: Pick<SessionFiles, 'openEntry' | 'refusal'>;
}

/** What is known of the user. */
export type FilesHost = Pick<Host, 'environment' | 'homeFolder'>;

/** Reads and writes the files of what is explored, as soon as that is there. To be closed at the end. */
export class ExplorerFiles {
	#contents: ExploredContents | null = null;
	#owners: Promise<OwnerNames> | null = null;
	readonly #colouring = new Colouring();
	readonly #host: FilesHost;
	readonly services: FileServices;

	constructor(host: FilesHost) {
		this.#host = host;
		this.services = this.#services();
	}

	/** Gives the contents once all layers are read. */
	open(contents: ExploredContents): void {
		this.#contents = contents;
		this.#owners = null;
	}

	/** Has nothing to read until the next image is there. */
	forget(): void {
		this.#contents = null;
	}

	close(): void {
		this.#contents = null;
		this.#colouring.close();
	}

	#services(): FileServices {
		return {
			pager: this.#host.environment.PAGER || 'less',
			contentOf: (ask, signal) => this.#contentOf(ask, signal),
			wordFailure,
			'read-file': (ask, signal) =>
				orRefused(signal, () => readPart(this.#contentOf(ask, signal), { ...ask, signal })),
			'compare-file': (ask, signal) => orRefused(signal, () => this.#compare(ask, signal)),
			'colour-text': async ({ path, bytes }, signal) => ({
				runs: await this.#colouring.runsOf(path, bytes, signal),
			}),
			'digest-file': (ask, signal) => orRefused(signal, () => this.#digest(ask, signal)),
			'read-owners': (_, signal) => orRefused(signal, () => this.#readOwners()),
			'follow-link': (ask, signal) => orRefused(signal, () => this.#follow(ask, signal)),
			'export-view': (ask, signal) => exportView(ask, this.#host.homeFolder, signal),
			'extract-file': (ask, signal) => this.#extract(ask, signal),
		};
	}

	#opened(): ExploredContents {
		const contents = this.#contents;
		if (contents === null)
			throw new FathomError({ code: 'unsupported', message: 'The image is still being read.' });
		if (contents.files.refusal !== null) throw contents.files.refusal;
		return contents;
	}

	async *#contentOf({ content }: AskedFile, signal: AbortSignal): AsyncGenerator<Uint8Array> {
		const { files } = this.#opened();
		if (content !== null) yield* files.openEntry(content, signal);
	}

	async #compare(
		{ older, newer }: Parameters<ExplorerServices['compare-file']>[0],
		signal: AbortSignal,
	): ReturnType<ExplorerServices['compare-file']> {
		if (older.totalBytes > MOST_COMPARED_BYTES || newer.totalBytes > MOST_COMPARED_BYTES)
			return withoutLines('These versions are too large to be compared.');
		const raw = [await this.#whole(older, signal), await this.#whole(newer, signal)] as const;
		const contents = [textOf(raw[0]), textOf(raw[1])] as const;
		const shown = [maskedOf(contents[0], older), maskedOf(contents[1], newer)] as const;
		const diff = await runInSlices(compareVersions(contents, shown), signal);
		const isSameText = diff.lines.length === 0 && diff.remark === null && Buffer.compare(...raw) !== 0;
		return isSameText ? withoutLines('Both versions have the same text; only the encoding differs.') : diff;
	}

	async #whole(ask: AskedFile, signal: AbortSignal): Promise<Uint8Array> {
		const pieces: Uint8Array[] = [];
		for await (const piece of this.#contentOf(ask, signal)) pieces.push(piece.slice());
		return new Uint8Array(Buffer.concat(pieces));
	}

	async #digest(ask: AskedFile, signal: AbortSignal): ReturnType<ExplorerServices['digest-file']> {
		const hash = createHash('sha256');
		const slice = new TimeSlice(signal);
		for await (const piece of this.#contentOf(ask, signal)) {
			hash.update(piece);
			await slice.yield();
		}
		return { kind: 'known', sha256: hash.digest('hex') };
	}

	/** Reads them once: a second caller waits for the same answer. */
	async #readOwners(): ReturnType<ExplorerServices['read-owners']> {
		const contents = this.#opened();
		this.#owners ??= readOwnerNames(contents);
		return { kind: 'known', names: await this.#owners };
	}

	async #follow(
		{ path, layer }: Parameters<ExplorerServices['follow-link']>[0],
		signal: AbortSignal,
	): ReturnType<ExplorerServices['follow-link']> {
		const { tree } = this.#opened();
		const wanted = { path, point: layer + 1, followsLast: true };
		const found = await runInSlices(new PathFollower(tree).follow(wanted), signal);
		if (found.kind === 'found') return found;
		const reason =
			found.kind === 'circle' ? 'The link leads in a circle.' : 'The link leads to nothing in this layer.';
		return { kind: 'refused', reason };
	}

	async #extract(
		{ node, layer, folder, replaces }: Parameters<ExplorerServices['extract-file']>[0],
		signal: AbortSignal,
	): ReturnType<ExplorerServices['extract-file']> {
		const target =
			folder === '~' || folder.startsWith('~/') ? join(this.#host.homeFolder, folder.slice(1)) : folder;
		const answer = await orRefused(signal, async () => {
			const { tree, files } = this.#opened();
			const extracted = await extractNodes({
				folder: target,
				tree,
				files,
				nodes: [node],
				point: layer + 1,
				keepsOwners: false,
				force: replaces,
				signal,
				onProgress: () => {},
			});
			const { leftOut, files: made, directories, symlinks } = extracted;
			const remarks = extractionRemarks(extracted).map((remark) => `${remark}.`);
			const summary = made + directories + symlinks === 0 ? [] : [extractionSummary(extracted, target)];
			const said = [...summary, ...remarks].join(' ');
			const conflict = leftOut.conflict();
			if (conflict === null)
				return { kind: 'done', message: said === '' ? 'There is nothing to write.' : said } as const;
			const isThere = !replaces && leftOut.count('exists', 'in-the-way') > 0;
			return { kind: isThere ? 'exists' : 'done', message: `${said} ${conflict}.`.trimStart() } as const;
		});
		return answer.kind === 'refused' ? { kind: 'refused', message: answer.reason } : answer;
	}
}

/** A content as it is compared: that in UTF-16 as UTF-8. */
function textOf(content: Uint8Array): Uint8Array {
	const encoding = utf16Of(content);
	return encoding === null ? content : utf8Of(content.subarray(textStart(content, 0, encoding)), encoding);
}

/** A content as it is shown: with asterisks for what looks secret. */
function maskedOf(content: Uint8Array, { path, isRevealed }: AskedFile): Uint8Array {
	if (isRevealed) return content;
	const masked = content.slice();
	maskSecrets(masked, path, fileTypeOf(masked).isText);
	return masked;
}

/** What the work gives, or what went wrong in plain words. Throws what is no expected failure, and `interrupted` for what nobody waits for. */
async function orRefused<Answer>(
	signal: AbortSignal,
	work: () => Promise<Answer>,
): Promise<Answer | Refused> {
	try {
		return await work();
	} catch (error) {
		throwIfInterrupted(signal);
		const reason = wordFailure(error);
		if (reason === null) throw error;
		return { kind: 'refused', reason, ...(error instanceof ImageChanged && { isChanged: true }) };
	}
}

function wordFailure(error: unknown): string | null {
	if (!(error instanceof FathomError)) return null;
	return error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
}
