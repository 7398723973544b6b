import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, test } from 'node:test';
import { pauseBefore } from '../../../source/sources/registry/http/retry.ts';

function responseWith(retryAfter: string): IncomingMessage {
	const response = new IncomingMessage(new Socket());
	response.headers['retry-after'] = retryAfter;
	return response;
}

describe('the pause before a registry is asked again', () => {
	test('is as long as it says', (t) => {
		t.assert.equal(pauseBefore(1, responseWith('0')), 0);
		t.assert.equal(pauseBefore(1, responseWith('1')), 1000);
		t.assert.equal(pauseBefore(4, responseWith('20')), 20_000);
	});

	test('ends at a time that it says, and at once when that is over', (t) => {
		t.assert.equal(pauseBefore(1, responseWith('Fri, 31 Dec 1999 23:59:59 GMT')), 0);
	});

	test('is not made when it is longer than anybody would wait', (t) => {
		t.assert.equal(pauseBefore(1, responseWith('3600')), null);
		t.assert.equal(pauseBefore(1, responseWith('Fri, 31 Dec 9999 23:59:59 GMT')), null);
	});

	test('is twice as long each time when it says nothing, by chance up to half more or less', (t) => {
		for (const [tries, middle] of [
			[1, 200],
			[2, 400],
			[4, 1600],
		]) {
			const pause = pauseBefore(tries, null) ?? 0;
			t.assert.equal(pause >= middle / 2 && pause <= middle * 1.5, true, `${pause}`);
		}
	});
});
