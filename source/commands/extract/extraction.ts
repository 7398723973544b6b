import { attributeOf, modificationTimeOf } from '../../filetree/change-attributes.ts';
import { changeBefore } from '../../filetree/comparison.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import { describingEntryOf, type LayerEntry } from '../../filetree/links.ts';
import { pathOf } from '../../filetree/paths.ts';
import { TimeSlice } from '../../sources/time-slice.ts';
import { stringAt } from '../../tar/changeset.ts';
import { sparseMapOf } from '../../tar/sparse/sparse-files.ts';
import { holeBytes } from '../../tar/sparse/sparse-map.ts';
import { escapeForTerminal } from '../../text/escape.ts';
import { codeOf, isImpossible, LeftOut } from './left-out.ts';
import {
	type FileAttributes,
	makeFile,
	makeHardLink,
	makeSymlink,
	type Place,
	setAttributes,
} from './make-file.ts';
import type { ExtractionPlan, PlannedFile } from './plan.ts';
import type { TargetTree } from './target-tree.ts';

export interface ExtractionOptions {
	readonly tree: FileTree;
	/** How many layers are there. */
	readonly point: number;
	/** Gives the content of a file without its holes. */
	readonly open: (content: LayerEntry, signal: AbortSignal) => AsyncIterable<Uint8Array>;
	readonly keepsOwners: boolean;
	readonly force: boolean;
	readonly signal: AbortSignal;
	/** Gets how many bytes of contents have been written. */
	readonly onProgress: (bytes: number) => void;
}

/** What was made. */
export interface Extracted {
	files: number;
	directories: number;
	symlinks: number;
	bytes: number;
	/** Files and folders that lost a set-user-ID or set-group-ID bit. */
	withoutSetId: number;
	readonly leftOut: LeftOut;
}

const SET_ID = 0o6000;

/** Makes what a plan says below a folder. Throws the system's errors, `interrupted`, and what reading throws. */
export class Extraction {
	readonly done: Extracted = {
		files: 0,
		directories: 0,
		symlinks: 0,
		bytes: 0,
		withoutSetId: 0,
		leftOut: new LeftOut(),
	};
	readonly #target: TargetTree;
	readonly #options: ExtractionOptions;
	readonly #slice: TimeSlice;
	/** The first name of the file that was written last. */
	#latest: { readonly content: LayerEntry; readonly node: number } | null = null;

	constructor(target: TargetTree, options: ExtractionOptions) {
		this.#target = target;
		this.#options = options;
		this.#slice = new TimeSlice(options.signal);
	}

	/** Symlinks come last, so that nothing could be written through one. */
	async run({ directories, files, symlinks, special }: ExtractionPlan): Promise<Extracted> {
		const made: number[] = [];
		for (const node of directories) {
			if (await this.#attempt(node, () => this.#makeFolder(node))) made.push(node);
		}
		for (let index = 0; index < files.count; index++) {
			const file = files.at(index);
			if (await this.#attempt(file.node, () => this.#makeFile(file))) this.done.files += 1;
		}
		for (const node of symlinks) {
			if (await this.#attempt(node, () => this.#makeSymlink(node))) this.done.symlinks += 1;
		}
		for (const node of special) this.#leaveOut('special', node);
		// A folder that cannot be written, and the time of one, would not survive what is made in it.
		for (const node of made.reverse()) {
			const folder = this.#target.folderOf(node);
			if (folder !== null) setAttributes(folder.descriptor, this.#attributesOf(node, 0o1777));
			await this.#slice.yield();
		}
		this.done.directories = made.length;
		return this.done;
	}

	/** Whether something was made. What is left out is counted. */
	async #attempt(node: number, make: () => boolean | Promise<boolean>): Promise<boolean> {
		await this.#slice.yield();
		try {
			return await make();
		} catch (error) {
			const reason = isImpossible(error) ? 'impossible' : this.#isDenied(error, node) ? 'denied' : null;
			if (reason === null) throw error;
			this.#leaveOut(reason, node);
			return false;
		}
	}

	/** Such as in a folder that has its mode from an earlier run. Where DIR itself denies, nothing can be made. */
	#isDenied(error: unknown, node: number): boolean {
		return codeOf(error) === 'EACCES' && this.#options.tree.parents[node] !== 0;
	}

	#makeFolder(node: number): boolean {
		const made = this.#target.makeFolder(node, this.#options);
		if (made === 'in-the-way') this.#leaveOut('in-the-way', node);
		return made === 'made';
	}

	async #makeFile({ node, content }: PlannedFile): Promise<boolean> {
		if (content === null) {
			this.#leaveOut('dangling', node);
			return false;
		}
		const place = this.#placeOf(node);
		if (place === null) return false;
		const linked = this.#linkToLatest(content, place);
		if (linked === 'made') return true;
		const { tree, open, signal } = this.#options;
		const map = sparseMapOf(tree.changesets[content.layerIndex], content.entry);
		const data = this.#counted(open(content, signal));
		const attributes = this.#attributesOf(node, 0o777);
		const isMade = linked !== 'exists' && (await makeFile(place, { data, map }, attributes));
		if (!isMade) this.#leaveOut('exists', node);
		else {
			this.#latest = { content, node };
			this.done.bytes += map === null ? 0 : holeBytes(map);
		}
		return isMade;
	}

	/** Where the file before is another name of this one, links to it. */
	#linkToLatest(content: LayerEntry, place: Place): ReturnType<typeof makeHardLink> {
		const latest = this.#latest;
		if (latest === null) return 'failed';
		if (latest.content.layerIndex !== content.layerIndex || latest.content.entry !== content.entry)
			return 'failed';
		const around = this.#target.folderAround(latest.node);
		if (around === null) return 'failed';
		return makeHardLink(around.pathOf(this.#target.nameOf(latest.node)), place);
	}

	async #makeSymlink(node: number): Promise<boolean> {
		const place = this.#placeOf(node);
		if (place === null) return false;
		const { tree, point } = this.#options;
		const { layerIndex, entry } = describingEntryOf(tree, changeBefore(tree, node, point));
		const target = stringAt(tree.changesets[layerIndex].targets, entry);
		// The system would say of an empty one that its folder is not there.
		if (target.length === 0) {
			this.#leaveOut('impossible', node);
			return false;
		}
		const isMade = await makeSymlink(place, target, this.#attributesOf(node, 0));
		if (!isMade) this.#leaveOut('exists', node);
		return isMade;
	}

	/** Null, and counted, where there is no folder for it. */
	#placeOf(node: number): Place | null {
		const folder = this.#target.folderAround(node);
		if (folder === null) this.#leaveOut('in-the-way', node);
		return folder && { folder, name: this.#target.nameOf(node), force: this.#options.force };
	}

	/** The bits of the mode that `mask` has, without those that give a program the rights of another user. */
	#attributesOf(node: number, mask: number): FileAttributes {
		const { tree, point, keepsOwners } = this.#options;
		const change = changeBefore(tree, node, point);
		const mode = attributeOf(tree, change, 'modes');
		if (mask !== 0 && (mode & SET_ID) !== 0) this.done.withoutSetId += 1;
		return {
			mode: mode & mask,
			owner: keepsOwners
				? { uid: attributeOf(tree, change, 'uids'), gid: attributeOf(tree, change, 'gids') }
				: null,
			mtime: modificationTimeOf(tree, change),
		};
	}

	async *#counted(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
		for await (const piece of pieces) {
			yield piece;
			this.done.bytes += piece.length;
			this.#options.onProgress(this.done.bytes);
		}
	}

	#leaveOut(reason: Parameters<LeftOut['add']>[0], node: number): void {
		const { tree } = this.#options;
		this.done.leftOut.add(reason, () => `/${escapeForTerminal(pathOf(tree, node))}`);
	}
}
