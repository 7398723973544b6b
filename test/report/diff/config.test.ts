import { describe, test } from 'node:test';
import type { ConfigChange } from '../../../source/diff/compare-config.ts';
import { configTable } from '../../../source/report/diff/text/config.ts';

const added = (name: string, newValue = name): ConfigChange => ({
	field: 'history',
	name,
	oldValue: null,
	newValue,
});
const removed = (name: string): ConfigChange => ({ field: 'history', name, oldValue: name, newValue: null });
const linesOf = (...changes: readonly ConfigChange[]) =>
	configTable(changes, { width: null, paint: (_, text) => text });

describe('the steps of the history in a difference', () => {
	test('are as a Dockerfile has them, whichever builder recorded them', (t) => {
		const exposed = 'EXPOSE map[8080/tcp:{}]';
		t.assert.deepEqual(
			linesOf(
				added('/bin/sh -c #(nop)  CMD ["sh"]'),
				removed(exposed),
				added('ENV A=1', 'ENV A=1 (2 times)'),
			),
			['  step  + CMD ["sh"]', '  step  - EXPOSE 8080/tcp', '  step  + ENV A=1 (2 times)'],
		);
		t.assert.deepEqual(linesOf(added(exposed, `${exposed} (2 times)`)), [
			'  step  + EXPOSE 8080/tcp (2 times)',
		]);
	});

	test('are as they were recorded where two of them would read alike', (t) => {
		const classic = '/bin/sh -c #(nop)  CMD ["sh"]';
		t.assert.deepEqual(linesOf(removed(classic), added('CMD ["sh"]')), [
			'  step  - /bin/sh -c #(nop) CMD ["sh"]',
			'  step  + CMD ["sh"]',
		]);
	});

	test('name the comments on them', (t) => {
		const comment = {
			field: 'comments',
			name: 'EXPOSE map[80/tcp:{}]',
			oldValue: 'a',
			newValue: 'b',
		} as const;
		t.assert.deepEqual(linesOf(comment), [
			'  comment of EXPOSE 80/tcp  - a',
			'                            + b',
		]);
	});
});
