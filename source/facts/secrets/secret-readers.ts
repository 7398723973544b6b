import type { FactReader, FactSink, LayerFile } from '../fact-reader.ts';
import { findSecrets } from './find-secrets.ts';
import { type NamedRule, namedRulesFor } from './named-rules.ts';
import type { SecretFact } from './secret-facts.ts';

/** Larger files are logs, data and bundles; nobody keeps credentials in them. */
const MOST_BYTES = 1024 * 1024;
/** Text has no zero byte here. */
const TEXT_BYTES = 8 * 1024;

const secretReader: FactReader<SecretFact> = {
	name: 'secret',
	open: (file) =>
		file.bytes === 0 || file.bytes > MOST_BYTES ? null : new Searching(file, namedRulesFor(file.path)),
};

/** What looks for secrets. */
export const secretReaders: readonly FactReader<SecretFact>[] = [secretReader];

/** Buffers for the next files: nearly every file of an image is searched, and memory for each would take as long as the search. */
const idle: Buffer[] = [];
const MOST_IDLE = 2;

/** Gathers a text, or any file whose name has rules, and searches it once it is whole. */
class Searching implements FactSink<SecretFact> {
	isDone = false;
	readonly #file: LayerFile;
	readonly #named: readonly NamedRule[];
	/** Null as long as nothing has come, and once it was searched. */
	#gathered: Buffer | null = null;
	#filled = 0;
	#isText: boolean | null = null;
	#fact: SecretFact | null = null;

	constructor(file: LayerFile, named: readonly NamedRule[]) {
		this.#file = file;
		this.#named = named;
	}

	write(piece: Uint8Array): void {
		if (this.isDone) return;
		// Most files come in one piece, which needs not be kept.
		if (this.#gathered === null && piece.length >= this.#file.bytes) this.#search(piece);
		else this.#gather(piece);
	}

	end(): SecretFact | null {
		if (this.#gathered !== null) this.#search(this.#gathered.subarray(0, this.#filled));
		return this.#fact;
	}

	#gather(piece: Uint8Array): void {
		this.#gathered ??= idle.pop() ?? Buffer.allocUnsafeSlow(MOST_BYTES);
		const part = piece.subarray(0, MOST_BYTES - this.#filled);
		this.#gathered.set(part, this.#filled);
		this.#filled += part.length;
		if (this.#isText !== null || this.#filled < TEXT_BYTES) return;
		this.#isText = isText(this.#gathered.subarray(0, this.#filled));
		if (!this.#isText && this.#named.length === 0) this.#finish();
	}

	#search({ buffer, byteOffset, byteLength }: Uint8Array): void {
		const content = Buffer.from(buffer, byteOffset, byteLength);
		this.#isText ??= isText(content);
		if (this.#isText || this.#named.length > 0) {
			const secrets = findSecrets(content, { named: this.#named, isText: this.#isText });
			if (secrets.length > 0) this.#fact = { secrets };
		}
		this.#finish();
	}

	#finish(): void {
		this.isDone = true;
		if (this.#gathered !== null && idle.length < MOST_IDLE) idle.push(this.#gathered);
		this.#gathered = null;
	}
}

function isText(content: Buffer): boolean {
	return !(content.length <= TEXT_BYTES ? content : content.subarray(0, TEXT_BYTES)).includes(0);
}
