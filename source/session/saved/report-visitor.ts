import * as z from 'zod/mini';
import type { $ZodType } from 'zod/v4/core';
import type { FathomError } from '../../errors.ts';
import { requireRoomForLayer } from '../../filetree/stacking/stack.ts';
import type { Steps } from '../../steps.ts';
import { type EntryLimits, newEntryBudget, Spending } from '../../tar/entry-budget.ts';
import type { PieceKind, PiecePath, PieceTreatment, PieceVisitor } from './json-piece.ts';
import { type LayerRows, LayerRowsBuilder } from './layer-rows.ts';
import { newerReport, noReport, wrongMember } from './report-errors.ts';
import {
	changeSchema,
	headSchema,
	layerSchema,
	packageSchema,
	type SavedLayer,
	type SavedPackage,
	supersededSchema,
} from './report-schema.ts';
import {
	type SavedFinding,
	type SavedFindings,
	savedFindingSchema,
	savedFindingsSchema,
} from './saved-findings.ts';

import type { SavedReport } from './saved-report.ts';

const headMembers: ReadonlySet<string> = new Set(Object.keys(headSchema.shape));
const layerMembers: ReadonlySet<string> = new Set(Object.keys(layerSchema.shape));
const lists: ReadonlySet<string> = new Set(['changes', 'unchangedDirectories', 'superseded']);

const FINDINGS = 'findings';
/** The greatest come first. */
const MOST_FINDINGS = 10_000;

const SCHEMA_VERSION = 1;

interface LayerParts {
	readonly members: Record<string, unknown>;
	readonly rows: LayerRowsBuilder;
	hasChanges: boolean;
}

/** Checks the pieces of a report and keeps what is in them. */
export class ReportVisitor implements PieceVisitor {
	readonly #label: string;
	readonly #spending: Spending;
	readonly #seen = new Set<string>();
	readonly #head: Record<string, unknown> = {};
	readonly #layers: LayerParts[] = [];
	#packages: SavedPackage[] | null = null;
	/** The entries of the layers below the present one, and the length of their paths. */
	#entriesBelow = 0;
	#pathBytesBelow = 0;
	#hasAttributes = false;
	readonly #findingMembers: Record<string, unknown> = {};
	readonly #findings: SavedFinding[] = [];

	constructor(label: string, limits: EntryLimits) {
		this.#label = label;
		this.#spending = new Spending(newEntryBudget(limits));
	}

	/** Whether so much has been read that a report would have said that it is one. */
	get isOther(): boolean {
		return this.#seen.size > 0 && !this.#seen.has('generator');
	}

	treatmentOf(path: PiecePath, kind: PieceKind): PieceTreatment {
		const [member, layer, list] = path;
		switch (path.length) {
			case 0:
				return this.#open('object', kind, path);
			case 1:
				if (this.#seen.size < MOST_SEEN) this.#seen.add(String(member));
				if (member === 'packages') this.#packages ??= [];
				if (member === 'layers' || member === 'packages') return this.#open('array', kind, path);
				// Another version of fathom may have something else there.
				if (member === FINDINGS) return kind === 'object' ? 'open' : 'skip';
				return member === 'schemaVersion' || headMembers.has(String(member)) ? 'take' : 'skip';
			case 2:
				if (member === 'packages') return 'take';
				if (member === FINDINGS) return layer === 'list' ? this.#open('array', kind, path) : 'take';
				this.#beginLayer(Number(layer), path);
				return this.#open('object', kind, path);
			case 3:
				if (member === FINDINGS) return this.#findings.length < MOST_FINDINGS ? 'take' : 'skip';
				if (list === 'changes') this.#layers[Number(layer)].hasChanges = true;
				if (lists.has(String(list))) return this.#open('array', kind, path);
				return layerMembers.has(String(list)) ? 'take' : 'skip';
			default:
				return 'take';
		}
	}

	onValue(path: PiecePath, value: unknown): void {
		const [member, layer, list] = path;
		if (path.length === 1) {
			this.#head[member] = value;
			this.#requireKnownSchema();
		} else if (member === FINDINGS) {
			if (path.length === 2) this.#findingMembers[layer] = value;
			else this.#findings.push(this.#parse(savedFindingSchema, value, path));
		} else if (path.length === 2) this.#addPackage(path, value);
		else if (path.length === 3) this.#layers[Number(layer)].members[list] = value;
		else this.#addRow(path, this.#layers[Number(layer)].rows, value);
	}

	/** Throws `FathomError`. */
	*finish(): Steps<SavedReport> {
		if (!this.#isOfFathom) throw this.noReport();
		this.#closeLayer();
		if (!this.#seen.has('layers')) throw this.#wrong(['layers']);
		const head = this.#parse(headSchema, this.#head, []);
		if (this.#head.schemaVersion !== SCHEMA_VERSION) throw this.#wrong(['schemaVersion']);
		const layers: SavedLayer[] = [];
		const rows: LayerRows[] = [];
		for (const [index, layer] of this.#layers.entries()) {
			layers.push(this.#parse(layerSchema, layer.members, ['layers', index]));
			if (!layer.hasChanges) throw this.#wrong(['layers', index, 'changes']);
			rows.push(layer.rows.finish(layers[index].unpackedBytes));
			yield;
		}
		return {
			head,
			layers,
			rows,
			packages: this.#packages,
			hasAttributes: this.#hasAttributes,
			findings: this.#savedFindings(),
		};
	}

	#savedFindings(): SavedFindings | null {
		if (Object.keys(this.#findingMembers).length === 0) return null;
		const members = this.#parse(savedFindingsSchema, this.#findingMembers, [FINDINGS]);
		return { members, list: this.#findings };
	}

	/** What is said of a member that is not what a report has there. */
	#wrong(path: PiecePath, issuePath: readonly PropertyKey[] = []): FathomError {
		return this.isOther ? this.noReport() : wrongMember(this.#label, path, issuePath);
	}

	noReport(): FathomError {
		return noReport(this.#label, this.#seen);
	}

	get #isOfFathom(): boolean {
		const { generator } = this.#head;
		return (
			typeof generator === 'object' &&
			generator !== null &&
			'name' in generator &&
			generator.name === 'fathom'
		);
	}

	/** Other documents have a schema version as well, such as manifests. */
	#requireKnownSchema(): void {
		const { schemaVersion } = this.#head;
		const isNewer = typeof schemaVersion === 'number' && schemaVersion > SCHEMA_VERSION;
		if (isNewer && this.#isOfFathom) throw newerReport(this.#label, schemaVersion);
	}

	#open(wanted: PieceKind, kind: PieceKind, path: PiecePath): PieceTreatment {
		if (kind !== wanted) throw this.#wrong(path);
		return 'open';
	}

	/** Layers come one after the other. A second list of layers would begin at the first one again. */
	#beginLayer(layer: number, path: PiecePath): void {
		if (layer !== this.#layers.length) throw this.#wrong(path);
		requireRoomForLayer(layer);
		this.#closeLayer();
		this.#layers.push({ members: {}, rows: new LayerRowsBuilder(), hasChanges: false });
	}

	#closeLayer(): void {
		const rows = this.#layers.at(-1)?.rows;
		if (rows === undefined) return;
		this.#entriesBelow += rows.count;
		this.#pathBytesBelow += rows.pathBytes;
		this.#spending.finish(this.#entriesBelow, this.#pathBytesBelow);
	}

	#addRow(path: PiecePath, rows: LayerRowsBuilder, value: unknown): void {
		if (path[2] === 'superseded') rows.addSuperseded(this.#parse(supersededSchema, value, path));
		else {
			const row = this.#parse(changeSchema, value, path);
			if (row.attributesDigest !== undefined) this.#hasAttributes = true;
			if (path[2] === 'changes') rows.addChange(row);
			else rows.addDirectory(row);
		}
		this.#spending.count(this.#entriesBelow + rows.count, this.#pathBytesBelow + rows.pathBytes);
	}

	#addPackage(path: PiecePath, value: unknown): void {
		const row = this.#parse(packageSchema, value, path);
		if (this.#packages === null || this.#packages.length === MOST_PACKAGES) throw this.#wrong(path);
		this.#packages.push(row);
	}

	#parse<Schema extends $ZodType>(schema: Schema, value: unknown, path: PiecePath): z.output<Schema> {
		const parsed = z.safeParse(schema, value);
		if (parsed.success) return parsed.data;
		throw this.#wrong(path, parsed.error.issues[0].path);
	}
}

/** No image has more, as far as fathom finds them. */
const MOST_PACKAGES = 400_000;

/** How many members of a document that is no report are looked at to tell what it is. */
const MOST_SEEN = 100;
