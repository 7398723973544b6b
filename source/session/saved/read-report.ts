import * as z from 'zod/mini';
import type { $ZodType } from 'zod/v4/core';
import type { FathomError } from '../../errors.ts';
import { requireRoomForLayer } from '../../filetree/stacking/stack.ts';
import { asLayerError } from '../../sources/layer-error.ts';
import { runWithin, TimeSlice } from '../../sources/time-slice.ts';
import type { Steps } from '../../steps.ts';
import { type EntryLimits, newEntryBudget, Spending } from '../../tar/entry-budget.ts';
import { TarError } from '../../tar/tar-error.ts';
import {
	JsonPieceError,
	type PieceKind,
	type PiecePath,
	type PieceTreatment,
	type PieceVisitor,
} from './json-piece.ts';
import { JsonPieces } from './json-pieces.ts';
import { type LayerRows, LayerRowsBuilder } from './layer-rows.ts';
import { asReportError, newerReport, noReport, wrongMember } from './report-errors.ts';
import {
	changeSchema,
	headSchema,
	layerSchema,
	type SavedHead,
	type SavedLayer,
	supersededSchema,
} from './report-schema.ts';

/** A JSON report, read back. */
export interface SavedReport {
	readonly head: SavedHead;
	/** Lowest first, as are their rows. */
	readonly layers: readonly SavedLayer[];
	readonly rows: readonly LayerRows[];
	/** Whether any path has extended attributes. */
	readonly hasAttributes: boolean;
}

export interface ReportReading {
	/** The report as the user named it. */
	readonly reference: string;
	/** What to call it in messages. */
	readonly label: string;
	/** How much the image may hold. */
	readonly limits: EntryLimits;
	readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a JSON report as it streams, a row at a time, so that it needs the memory of its columns and of its longest value. Throws
 * `FathomError`, and what the source of the bytes throws.
 */
export async function readReport(
	chunks: AsyncIterable<Uint8Array>,
	{ label, limits, signal }: Omit<ReportReading, 'reference'>,
): Promise<SavedReport> {
	const report = new ReportVisitor(label, limits);
	const pieces = new JsonPieces(report);
	const slice = new TimeSlice(signal);
	try {
		for await (const chunk of chunks) {
			for (let start = 0; start < chunk.length; start += BYTES_A_STEP) {
				pieces.write(chunk.subarray(start, start + BYTES_A_STEP));
				await slice.yield();
			}
		}
		pieces.end();
		return await runWithin(slice, report.finish());
	} catch (error) {
		if (error instanceof JsonPieceError)
			throw report.isOther && error.fault === 'too-long' ? report.noReport() : asReportError(error, label);
		throw error instanceof TarError ? asLayerError(error, label) : error;
	}
}

/** Some hundred rows. */
const BYTES_A_STEP = 64 * 1024;

const headMembers: ReadonlySet<string> = new Set(Object.keys(headSchema.shape));
const layerMembers: ReadonlySet<string> = new Set(Object.keys(layerSchema.shape));
const lists: ReadonlySet<string> = new Set(['changes', 'unchangedDirectories', 'superseded']);

const SCHEMA_VERSION = 1;

interface LayerParts {
	readonly members: Record<string, unknown>;
	readonly rows: LayerRowsBuilder;
	hasChanges: boolean;
}

/** Checks the pieces of a report and keeps what is in them. */
class ReportVisitor implements PieceVisitor {
	readonly #label: string;
	readonly #spending: Spending;
	readonly #seen = new Set<string>();
	readonly #head: Record<string, unknown> = {};
	readonly #layers: LayerParts[] = [];
	/** The entries of the layers below the present one, and the length of their paths. */
	#entriesBelow = 0;
	#pathBytesBelow = 0;
	#hasAttributes = false;

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
				if (member === 'layers') return this.#open('array', kind, path);
				return member === 'schemaVersion' || headMembers.has(String(member)) ? 'take' : 'skip';
			case 2:
				this.#beginLayer(Number(layer), path);
				return this.#open('object', kind, path);
			case 3:
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
		} else if (path.length === 3) this.#layers[Number(layer)].members[list] = value;
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
		return { head, layers, rows, hasAttributes: this.#hasAttributes };
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

	#parse<Schema extends $ZodType>(schema: Schema, value: unknown, path: PiecePath): z.output<Schema> {
		const parsed = z.safeParse(schema, value);
		if (parsed.success) return parsed.data;
		throw this.#wrong(path, parsed.error.issues[0].path);
	}
}

/** How many members of a document that is no report are looked at to tell what it is. */
const MOST_SEEN = 100;
