import { deepEqual, equal, throws } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ResponseParser } from '../../../../source/sources/engine/http/response-parser.ts';

/** Parses a response that arrives in pieces of `pieceBytes`. */
function parse(text: string, pieceBytes = text.length) {
	const body: Buffer[] = [];
	const response = new ResponseParser((piece) => body.push(Buffer.from(piece)));
	const bytes = Buffer.from(text, 'latin1');
	for (let at = 0; at < bytes.length; at += pieceBytes) response.write(bytes.subarray(at, at + pieceBytes));
	return {
		status: response.status,
		headers: response.headers,
		body: Buffer.concat(body).toString(),
		isDone: response.isDone,
		mayEnd: response.mayEnd,
	};
}

const responses: Readonly<Record<string, readonly [text: string, body: string, isDone: boolean]>> = {
	'with a length': ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'hello', true],
	'with a length of 0': ['HTTP/1.1 200 OK\r\ncontent-length:0\r\n\r\n', '', true],
	'in chunks': [
		'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n',
		'hello',
		true,
	],
	'in chunks with extensions and a trailer': [
		'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n00A;x=y\r\n0123456789\r\n0\r\nSum: 1\r\n\r\n',
		'0123456789',
		true,
	],
	'until the connection ends': ['HTTP/1.0 200 OK\r\n\r\nhello', 'hello', false],
	'after an interim response': [
		'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
		'ok',
		true,
	],
	'whose content looks like the end of a head': [
		'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n\r\n\r\n\r\n0\r\n\r\n',
		'\r\n\r\n',
		true,
	],
};

suite('a response', () => {
	for (const [name, [text, body, isDone]] of Object.entries(responses)) {
		test(`${name}, whole and in pieces of every size`, () => {
			for (let pieceBytes = 1; pieceBytes <= text.length; pieceBytes++) {
				const parsed = parse(text, pieceBytes);
				deepEqual([parsed.status, parsed.body, parsed.isDone, parsed.mayEnd], [200, body, isDone, true]);
			}
		});
	}

	test('has a status, and headers with names in lower case', () => {
		const { status, headers } = parse(
			'HTTP/1.1 404 Not Found\r\nApi-Version:  1.41 \r\nContent-Length: 0\r\n\r\n',
		);
		equal(status, 404);
		deepEqual(headers, { 'api-version': '1.41', 'content-length': '0' });
	});

	for (const text of [
		'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell',
		'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel',
		'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n0\r\n',
		'HTTP/1.1 200 OK\r\nContent-Le',
		'',
	]) {
		test(`may not end here: ${JSON.stringify(text.slice(-20))}`, () => equal(parse(text).mayEnd, false));
	}

	test('is an error when it is not HTTP', () => {
		throws(() => parse('SSH-2.0-OpenSSH_9.2\r\n\r\n'), /not HTTP/);
		throws(() => parse('x'.repeat(70_000)), /not HTTP/);
		throws(() => parse('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n'), /has no size/);
	});
});
