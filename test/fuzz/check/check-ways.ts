import { type FailureKind, FuzzFailure } from './failure.ts';
import type { Outcome } from './outcome.ts';

/** Holds that two ways to read an archive come to the same: the same code, or the same report to the last byte. */
export function requireAlike(kind: FailureKind, one: Outcome, other: Outcome): void {
	if (one.kind === 'image' && other.kind === 'image') {
		if (one.text !== other.text) throw new FuzzFailure(kind, ...firstDifference(one.report, other.report));
		return;
	}
	if (codeOf(one) === codeOf(other)) return;
	throw new FuzzFailure(kind, `${codeOf(one)} or ${codeOf(other)}`, `${told(one)} | ${told(other)}`);
}

function codeOf(outcome: Outcome): string {
	return outcome.kind === 'image' ? 'image' : outcome.code;
}

function told(outcome: Outcome): string {
	return outcome.kind === 'image' ? JSON.stringify(outcome.report.warnings) : outcome.message;
}

function firstDifference(one: object, other: object): readonly [subject: string, detail: string] {
	for (const [key, value] of Object.entries(one)) {
		const [left, right] = [value, other[key as keyof typeof other]].map((each) => JSON.stringify(each) ?? '');
		if (left !== right) return [key, `${left.slice(0, 600)} | ${right.slice(0, 600)}`];
	}
	return ['members', Object.keys(other).join(' ')];
}
