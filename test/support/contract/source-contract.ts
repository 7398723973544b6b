import { describe } from 'node:test';
import { describesTheImage } from './described.ts';
import { endsInOrder } from './ended.ts';
import { givesTheFiles } from './opened-files.ts';
import type { ContractSubject } from './subject.ts';

/** What every source holds to, with the known image: how it is described, read, opened, closed, interrupted, and found damaged. */
export function sourceContract(name: string, subject: ContractSubject): void {
	describe(name, () => {
		describesTheImage(subject);
		givesTheFiles(subject);
		endsInOrder(subject);
	});
}
