import { mkdtempSync, readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Failure, signatureOf } from './check/failure.ts';
import { makePlan } from './generate/make-plan.ts';
import { minimise } from './minimise.ts';
import type { Plan } from './plan.ts';
import { saveCase } from './save-case.ts';
import { FuzzThread } from './thread.ts';

// npm run fuzz -- [--cases N] [--seed S] [--case K] [--plan FILE] [--failures M] [--threads T] [--save FOLDER]
//
// Reads N archives that are made from the seed S, or the one of case K, or the one of a plan that was saved. It ends after M different
// failures (1 by default), makes the case of each as small as it can, and writes it to a folder. The exit code is 1 if there was one.

const { values } = parseArgs({
	options: {
		cases: { type: 'string', default: '1000' },
		seed: { type: 'string', default: '1' },
		case: { type: 'string' },
		plan: { type: 'string' },
		failures: { type: 'string', default: '1' },
		threads: { type: 'string', default: String(availableParallelism()) },
		save: { type: 'string' },
	},
});

interface FailedCase {
	readonly number: number;
	readonly plan: Plan;
	readonly failure: Failure;
}

const PROGRESS_MILLISECONDS = 5000;

enableCompileCache();
const seed = Number(values.seed);
const isOne = values.case !== undefined || values.plan !== undefined;
const first = Number(values.case ?? 0);
const end = isOne ? first + 1 : Number(values.cases);
const mostFailures = Number(values.failures);
const givenPlan: Plan | null =
	values.plan === undefined ? null : JSON.parse(readFileSync(values.plan, 'utf8'));

/** The first case of each failure, and how many cases failed in the same way. */
const failed = new Map<string, { readonly first: FailedCase; count: number }>();
const started = performance.now();
let next = first;
let done = 0;

const progress = setInterval(() => print(told()), PROGRESS_MILLISECONDS);
await Promise.all(Array.from({ length: Math.min(Number(values.threads), end - first) }, runThread));
clearInterval(progress);
print(told());
if (failed.size > 0)
	await reportFailures(values.save ?? mkdtempSync(join(tmpdir(), 'fathom-fuzz-failures-')));

/** Does cases until there are none left, or enough different failures. */
async function runThread(): Promise<void> {
	const thread = new FuzzThread();
	while (next < end && failed.size < mostFailures) {
		const number = next++;
		const plan = givenPlan ?? makePlan(seed, number);
		const failure = await thread.check(plan);
		done += 1;
		if (failure !== null) note({ number, plan, failure });
	}
	await thread.close();
}

function note(found: FailedCase): void {
	const signature = signatureOf(found.failure);
	const known = failed.get(signature);
	if (known !== undefined && known.first.number < found.number) known.count += 1;
	else failed.set(signature, { first: found, count: (known?.count ?? 0) + 1 });
	if (known === undefined) print(`case ${found.number} of seed ${seed}: ${signature}`);
}

async function reportFailures(folder: string): Promise<void> {
	process.exitCode = 1;
	const thread = new FuzzThread();
	for (const [signature, { first: found, count }] of failed) {
		const { number, plan, failure } = found;
		const smallest = await minimise(plan, failure, (candidate) => thread.check(candidate));
		const last = (await thread.check(smallest)) ?? failure;
		const path = saveCase(folder, `seed-${seed}-case-${number}`, smallest, last);
		print(`\n${signature}\n  first in case ${number} of seed ${seed}, in ${count} of ${done} cases`);
		print(`  ${last.detail.slice(0, 1500)}\n  ${path}`);
		print(`  again: npm run fuzz -- --seed ${seed} --case ${number}`);
	}
	await thread.close();
}

function told(): string {
	const seconds = (performance.now() - started) / 1000;
	const failures = failed.size === 0 ? 'no failure' : `${failed.size} different failures`;
	return `${done} of ${end - first} cases of seed ${seed}, ${Math.round(done / seconds)} a second: ${failures}`;
}

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}
