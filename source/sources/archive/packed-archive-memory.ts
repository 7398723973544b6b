import { createHash } from 'node:crypto';
import { diffIdKey, type LayerCache } from '../../cache/layer-cache.ts';
import type { AnswerPlace } from '../image-source.ts';
import type { FileMemory } from '../layers/file-memory.ts';
import type { BlobLocation } from '../store/blob-location.ts';
import type { ArchiveFiles } from './archive-contents.ts';
import type { StreamedFile } from './streamed-archive.ts';

/** What an image takes from its archive, by the names of the files there. */
export interface TakenFiles {
	readonly documents: readonly string[];
	/** Empty for the file system of a container, whose documents are files like any other. */
	readonly layers: readonly string[];
}

/** The list of what was kept, itself kept as a document. */
interface KeptList {
	readonly documents: readonly (readonly [name: string, digest: string])[];
	readonly layers: readonly string[];
}

/** What the cache has of an archive on disk that is packed as a whole, and so cannot be read in parts. */
export class PackedArchiveMemory {
	readonly #location: BlobLocation;
	readonly #memory: FileMemory;
	readonly #cache: LayerCache;

	constructor(location: BlobLocation, memory: FileMemory, cache: LayerCache) {
		this.#location = location;
		this.#memory = memory;
		this.#cache = cache;
	}

	/** What an image took from this archive before; null unless all of it is there. Throws the system's errors. */
	find(): ArchiveFiles | null {
		const list = this.#list();
		const outer = list && this.#cache.layer(this.#keyOf('outer'));
		if (list === null || outer === null) return null;
		const files = new Map<string, StreamedFile>();
		for (const [name, digest] of list.documents) {
			const bytes = this.#cache.document(digest);
			if (bytes === null) return null;
			files.set(name, { type: 'document', bytes });
		}
		for (const name of list.layers) {
			const changeset = this.#cache.layer(this.#keyOf(`layer ${name}`));
			if (changeset === null) return null;
			files.set(name, { type: 'layer', changeset });
		}
		return { outer, files };
	}

	/** Keeps what an image took. Throws the system's errors. */
	keep({ outer, files }: ArchiveFiles, taken: TakenFiles): void {
		if (!this.#memory.isUnchanged(this.#location.path)) return;
		this.#cache.keepLayer([this.#keyOf('outer')], outer);
		for (const name of taken.layers) {
			const file = files.get(name);
			if (file?.type !== 'layer') continue;
			const { diffId } = file.changeset;
			const shared = diffId === null ? [] : [diffIdKey(diffId)];
			this.#cache.keepLayer([this.#keyOf(`layer ${name}`), ...shared], file.changeset);
		}
		const documents = taken.layers.length === 0 ? [] : taken.documents;
		this.#keepList({
			documents: documents.flatMap((name) => {
				const file = files.get(name);
				return file?.type === 'document' ? [[name, this.#keepDocument(file.bytes)] as const] : [];
			}),
			layers: taken.layers,
		});
	}

	/** Where answers about these layers are. Throws the system's errors. */
	answersAbout(layers: readonly string[]): AnswerPlace {
		return {
			key: this.#keyOf(`layers ${JSON.stringify(layers)}`),
			isCurrent: () => this.#memory.isUnchanged(this.#location.path),
		};
	}

	#keyOf(part: string): string {
		return `${this.#memory.keyOf(this.#location)}\n${part}`;
	}

	#keepDocument(bytes: Uint8Array): string {
		const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
		this.#cache.keepDocument(digest, bytes);
		return digest;
	}

	/** An answer is numbers: the digest of the list, as bytes. */
	#keepList(list: KeptList): void {
		const digest = this.#keepDocument(Buffer.from(JSON.stringify(list)));
		this.#cache.keepAnswer(this.#keyOf('list'), Uint32Array.from(Buffer.from(digest.slice(7), 'hex')));
	}

	#list(): KeptList | null {
		const answer = this.#cache.answer(this.#keyOf('list'));
		const bytes = answer && this.#cache.document(`sha256:${Buffer.from(answer).toString('hex')}`);
		return bytes && JSON.parse(Buffer.from(bytes).toString('utf8'));
	}
}
