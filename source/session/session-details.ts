import type { Copies } from '../analysis/copies/copies.ts';
import type { Executables } from '../analysis/executables/find-executables.ts';
import type { Figures } from '../analysis/figures.ts';
import { factsOfFindings } from '../analysis/findings/facts-of-findings.ts';
import type { FindingsChoice, ImageFindings } from '../analysis/findings/image-findings.ts';
import type { DeletedFiles } from '../analysis/hidden/deleted-files.ts';
import type { SecretFiles } from '../analysis/hidden/secret-files.ts';
import type { Ledger } from '../analysis/ledger/ledger.ts';
import type { Packages } from '../analysis/packages/packages.ts';
import type { CacheAddress } from '../cache/cache-address.ts';
import { copied } from '../cache/kinds/answers.ts';
import type { LayerCache } from '../cache/layer-cache.ts';
import { namedGroups } from '../facts/fact-groups.ts';
import type { ImageFacts } from '../facts/image-facts.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import type { BuildArgument, ImageDescription } from '../image/image.ts';
import { runInSlices } from '../sources/time-slice.ts';
import type { FactGroup } from '../tar/changeset.ts';
import type { SourceLine } from '../text/dockerfile/source-line.ts';
import type { Warning } from '../warning.ts';
import type { SessionCopies } from './copies/session-copies.ts';
import type { FactsAsking, SessionFacts } from './session-facts.ts';
import { SessionFindings } from './session-findings.ts';

export interface SessionDetailsInput {
	readonly tree: FileTree;
	readonly figures: Figures;
	/** Without the values that look secret. */
	readonly description: ImageDescription;
	/** With them. */
	readonly recorded: ImageDescription;
	/** The line of each layer's instruction in its author's file, lowest first, without values that look secret; null for a layer where it is not known. */
	readonly instructions: readonly (SourceLine | null)[];
	/** Of the provenance and of the user's Dockerfile. */
	readonly buildArguments: readonly BuildArgument[];
	/** Whether the layers are stored as a registry has them, compressed or not. */
	readonly isFromRegistry: boolean;
	readonly facts: SessionFacts;
	readonly copies: SessionCopies;
	readonly cache: LayerCache;
	/** Where the cache has what was worked out from the layers; null where that is not cached. */
	readonly address: CacheAddress | null;
}

/** Is raised whenever something else would be worked out of the same facts, so that the cache does not give old details. */
const VERSION = 1;

/** What is said of some facts: what is worked out of them, and which files readers could not make out. */
interface Detail<Value> {
	readonly value: Value;
	readonly warnings: readonly Warning[];
}

/**
 * What is worked out of the contents of files, each once and only when it is asked for. Methods throw `FathomError`, with `interrupted` when the
 * signal is aborted.
 */
export class SessionDetails {
	readonly #input: SessionDetailsInput;
	readonly #known = new Map<FactGroup, Promise<Detail<object>>>();
	readonly #findings: SessionFindings;
	/** What could not be read and was asked for all the same: whoever asked knows. */
	readonly #failed = new Set<FactGroup>();

	constructor(input: SessionDetailsInput) {
		this.#input = input;
		const { tree, figures, description, recorded, instructions, buildArguments, cache, address } = input;
		const packages = async (asking: FactsAsking): Promise<Packages> => {
			// Both in one pass. What cannot be read is asked for again, and says so then.
			await input.facts.ask(factsOfFindings, asking).catch(() => undefined);
			return this.packages(asking);
		};
		const executables = (asking: FactsAsking): Promise<Executables> => this.executables(asking);
		this.#findings = new SessionFindings({
			tree,
			figures,
			description,
			recorded,
			instructions,
			buildArguments,
			cache,
			address,
			packages,
			executables,
		});
	}

	/** What is to be done about the image. */
	findings(choice: FindingsChoice, asking: FactsAsking = {}): Promise<ImageFindings> {
		return this.#findings.ask(choice, asking);
	}

	/** Whose the live bytes are. */
	async packages(asking: FactsAsking = {}): Promise<Packages> {
		return (await this.#packages(asking)).value;
	}

	/** The files that look secret, those that nobody can see included. */
	async secrets(asking: FactsAsking = {}): Promise<SecretFiles> {
		return (await this.#secrets(asking)).value;
	}

	/** What of the final file system can be run, and how. */
	async executables(asking: FactsAsking = {}): Promise<Executables> {
		return (await this.#executables(asking)).value;
	}

	/** What nobody can see in the end and anybody can pull out, with what looks secret of it. */
	async deleted(asking: FactsAsking = {}): Promise<DeletedFiles> {
		const secrets = await this.secrets(asking);
		const { findDeletedFiles } = await import('../analysis/hidden/deleted-files.ts');
		return runInSlices(findDeletedFiles(this.#input.tree, secrets), asking.signal);
	}

	/** What the final file system has more than once, from copies of so many bytes on. */
	copies(fromBytes: number, { signal }: FactsAsking = {}): Promise<Copies> {
		return this.#input.copies.ask(fromBytes, signal);
	}

	/** How the sizes hang together. */
	async ledger({ signal }: FactsAsking = {}): Promise<Ledger> {
		const { workOutLedger } = await import('../analysis/ledger/work-out-ledger.ts');
		return runInSlices(workOutLedger(this.#input), signal);
	}

	/** One warning for each layer with files that could not be made out, in which facts of these groups were looked for. */
	async warnings(groups: readonly FactGroup[], asking: FactsAsking = {}): Promise<readonly Warning[]> {
		const isAsked = (group: FactGroup) => groups.includes(group) && !this.#failed.has(group);
		const details = [
			...(isAsked('packages') ? [await this.#packages(asking)] : []),
			...(groups.includes('secrets') ? [await this.#secrets(asking)] : []),
			...(isAsked('executables') ? [await this.#executables(asking)] : []),
		];
		return details.flatMap(({ warnings }) => warnings);
	}

	#packages(asking: FactsAsking): Promise<Detail<Packages>> {
		return this.#once('packages', asking, async (facts) => {
			const { workOutPackages } = await import('../analysis/packages/packages.ts');
			return runInSlices(workOutPackages(this.#input.tree, facts), asking.signal);
		});
	}

	#secrets(asking: FactsAsking): Promise<Detail<SecretFiles>> {
		return this.#once('secrets', asking, async (facts) => {
			const { findSecretFiles } = await import('../analysis/hidden/secret-files.ts');
			return runInSlices(findSecretFiles(this.#input.tree, facts), asking.signal);
		});
	}

	#executables(asking: FactsAsking): Promise<Detail<Executables>> {
		return this.#once('executables', asking, async (facts) => {
			const { findExecutables } = await import('../analysis/executables/find-executables.ts');
			return runInSlices(findExecutables(this.#input.tree, facts), asking.signal);
		});
	}

	#once<Value extends object>(
		group: FactGroup,
		asking: FactsAsking,
		work: (facts: ImageFacts) => Promise<Value>,
	): Promise<Detail<Value>> {
		const known = this.#known.get(group) as Promise<Detail<Value>> | undefined;
		if (known !== undefined) return known;
		const working = this.#cached(group, async () => {
			const { tree, facts } = this.#input;
			const found = (await facts.ask([group], asking))[group];
			const { factWarnings } = await import('../analysis/fact-warnings.ts');
			const warnings = await runInSlices(factWarnings(tree, found), asking.signal);
			return { value: await work(found), warnings };
		});
		this.#known.set(group, working);
		this.#failed.delete(group);
		working.catch(() => {
			this.#known.delete(group);
			this.#failed.add(group);
		});
		return working;
	}

	#cached<Value extends object>(
		group: FactGroup,
		work: () => Promise<Detail<Value>>,
	): Promise<Detail<Value>> {
		const { cache, address, tree } = this.#input;
		if (address === null) return work();
		const [{ name }] = namedGroups([group]);
		return cache.through(
			{
				kind: copied<Detail<Value>>((detail) => fits(detail, tree)),
				keys: [`details ${VERSION} ${name}\n${address.key}`],
				cost: Infinity,
				isCurrent: address.isCurrent,
			},
			work,
		);
	}
}

/** Whether this is a detail, and columns by node are of this tree. */
function fits(detail: object, { nodeCount }: FileTree): boolean {
	if (!('warnings' in detail && Array.isArray(detail.warnings) && 'value' in detail)) return false;
	const { value } = detail;
	if (typeof value !== 'object' || value === null || !('owners' in value)) return typeof value === 'object';
	return value.owners instanceof Int32Array && value.owners.length === nodeCount;
}
