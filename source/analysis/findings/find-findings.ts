import { inParts, type Steps } from '../../steps.ts';
import { liveBytesByNode } from '../packages/live-bytes.ts';
import { keyCountOf, type Units, unitsOf } from './claimed-units.ts';
import type { FindingCode } from './explanations/explanations.ts';
import type { Finding, FindingInput, FindingMark, FoundFinding } from './finding.ts';
import { marksOf } from './finding-marks.ts';
import { findingRules } from './finding-rules.ts';
import { foldPlaces } from './fold-places.ts';

/** All that is found in an image, the greatest saving first. */
export interface Findings {
	readonly findings: readonly Finding[];
	/** What fixing those of level waste and hint would save, without those that are accepted; bytes. */
	readonly savedBytes: number;
}

/** Asks all rules, and lets each byte be saved by one finding: the one that is about most bytes. */
export function* findFindings(input: FindingInput, marks: readonly FindingMark[] = []): Steps<Findings> {
	const liveBytes = input.packages?.bytes ?? (yield* liveBytesByNode(input.tree));
	const claimed: ClaimedFinding[] = [];
	for (const rule of findingRules)
		for (const found of yield* rule({ ...input, liveBytes })) {
			const units = unitsOf(input.tree, liveBytes, found.claim);
			claimed.push({ found, units, bytes: yield* sumUp(units) });
		}
	claimed.sort((left, right) => right.bytes - left.bytes || compareText(left.found.code, right.found.code));
	const owners = new UnitOwners(keyCountOf(input.tree));
	const findings: Finding[] = [];
	for (const each of claimed) {
		const settled = yield* settle(input, each, owners);
		findings.push({ ...settled, marks: yield* marksOf(input.tree, each, marks) });
		yield;
	}
	findings.sort((left, right) => right.savedBytes - left.savedBytes || right.bytes - left.bytes);
	const counted = findings.filter(
		({ level, marks: borne }) => level !== 'risk' && !borne.some((index) => marks[index].isAccepted),
	);
	return { findings, savedBytes: counted.reduce((sum, { savedBytes }) => sum + savedBytes, 0) };
}

interface ClaimedFinding {
	readonly found: FoundFinding;
	readonly units: Units;
	readonly bytes: number;
}

const UNITS_A_STEP = 8192;

function* sumUp(units: Units): Steps<number> {
	let sum = 0;
	yield* inParts(units.count, UNITS_A_STEP, (from, to) => {
		for (let index = from; index < to; index++) sum += units.bytesAt(index);
	});
	yield;
	return sum;
}

/** The codes of the findings that have what is claimed, by key. */
class UnitOwners {
	/** 1 + the position of a code; 0 for nobody. */
	readonly #numbers: Uint8Array;
	readonly #codes: FindingCode[] = [];

	constructor(keyCount: number) {
		this.#numbers = new Uint8Array(keyCount);
	}

	/** The number that stands for a code. There are fewer than a byte has values. */
	numberOf(code: FindingCode): number {
		const known = this.#codes.indexOf(code) + 1;
		return known > 0 ? known : this.#codes.push(code);
	}

	ownerOf(key: number): FindingCode | undefined {
		return this.#codes[this.#numbers[key] - 1];
	}

	give(key: number, number: number): void {
		this.#numbers[key] = number;
	}
}

/** Gives a finding what nobody before it has. */
function* settle(
	{ tree, base }: FindingInput,
	{ found, units, bytes }: ClaimedFinding,
	owners: UnitOwners,
): Steps<Omit<Finding, 'marks'>> {
	const { claim: _claim, ...rest } = found;
	const sharedWith = new Set<FindingCode>();
	const number = owners.numberOf(found.code);
	let savedBytes = 0;
	yield* inParts(units.count, UNITS_A_STEP, (from, to) => {
		for (let index = from; index < to; index++) {
			const own = units.bytesAt(index);
			if (own === 0) continue;
			const owner = owners.ownerOf(units.keyAt(index));
			if (owner !== undefined) sharedWith.add(owner);
			else {
				owners.give(units.keyAt(index), number);
				savedBytes += own;
			}
		}
	});
	const culprit = found.wastedIn ?? found.shippedIn;
	return {
		...rest,
		shortTitle: found.shortTitle ?? found.title,
		bytes,
		savedBytes,
		places: yield* foldPlaces(tree, units),
		sharedWith: [...sharedWith],
		isOfBase: culprit !== null && culprit < base.layerCount,
	};
}

function compareText(left: string, right: string): number {
	return left < right ? -1 : Number(left > right);
}
