import { parentPort } from 'node:worker_threads';
import { cacheEverything } from './check/check-cache.ts';
import { checkPlan } from './check/check-plan.ts';
import { type Failure, FuzzFailure } from './check/failure.ts';
import type { Plan } from './plan.ts';

/* A thread that does one case after the other, so that a case that never ends can be ended with it. */

export type WorkerMessage =
	| { readonly kind: 'step'; readonly step: string }
	| { readonly kind: 'done'; readonly failure: Failure | null };

cacheEverything();
parentPort?.on('message', async (plan: Plan) => {
	post({ kind: 'done', failure: await failureOf(plan) });
});

async function failureOf(plan: Plan): Promise<Failure | null> {
	try {
		await checkPlan(plan, (step) => post({ kind: 'step', step }));
		return null;
	} catch (error) {
		if (error instanceof FuzzFailure) return error.failure;
		const detail = error instanceof Error ? String(error.stack) : String(error);
		return { kind: 'error', subject: 'of the fuzzer or the program', detail };
	}
}

function post(message: WorkerMessage): void {
	parentPort?.postMessage(message);
}
