import { describe, test } from 'node:test';
import { describeFailure } from '../../source/commands/running/describe-failure.ts';
import { FathomError } from '../../source/errors.ts';

const quiet = { verbose: false };
const verbose = { verbose: true };

describe('what the user is told', () => {
	test('is one line for what went wrong', (t) => {
		const error = new FathomError({ code: 'truncated', message: 'app.tar: layer 3 ends early.' });
		t.assert.deepEqual(describeFailure(error, quiet), ['fathom: app.tar: layer 3 ends early.']);
	});

	test('and one for what to try', (t) => {
		const error = new FathomError({ code: 'truncated', message: 'It ends early.', hint: 'Save it again.' });
		t.assert.deepEqual(describeFailure(error, quiet), ['fathom: It ends early.', 'try: Save it again.']);
	});

	test('is nothing when they interrupted', (t) => {
		const error = new FathomError({ code: 'interrupted', message: 'Interrupted.' });
		t.assert.deepEqual(describeFailure(error, quiet), []);
	});

	test('calls a bug a bug', (t) => {
		t.assert.deepEqual(describeFailure(new TypeError('x is not a function'), quiet), [
			'fathom: This is a bug: x is not a function',
			'try: Run it again with --verbose, and report what it prints.',
		]);
		t.assert.equal(describeFailure('a string', quiet)[0], 'fathom: This is a bug: a string');
	});

	test('has nothing in it that a terminal would obey', (t) => {
		const error = new FathomError({ code: 'corrupt', message: 'a\u001b[2J\nb\u202e', hint: '\u009b1m' });
		t.assert.deepEqual(describeFailure(error, quiet), ['fathom: a\\x1B[2J\\x0Ab\\u{202E}', 'try: \\x9B1m']);
	});

	test('has an end, however long a name in it is', (t) => {
		const [line] = describeFailure(new FathomError({ code: 'corrupt', message: 'n'.repeat(1e6) }), quiet);
		t.assert.equal(line.length, 1001);
	});
});

describe('with --verbose', () => {
	test('every cause follows, down to the first', (t) => {
		const first = Object.assign(new Error('EIO: i/o error'), { stack: 'Error: EIO: i/o error\n    at read' });
		const error = new FathomError({ code: 'unreadable', message: 'app.tar cannot be read.', cause: first });
		const lines = describeFailure(error, verbose);
		t.assert.deepEqual(
			[lines[0], lines[1], ...lines.slice(-2)],
			[
				'fathom: app.tar cannot be read.',
				'FathomError: app.tar cannot be read.',
				'caused by Error: EIO: i/o error',
				'    at read',
			],
		);
	});

	test('several causes of one error follow each other', (t) => {
		const [a, b, c] = ['a', 'b', 'c'].map((stack) => Object.assign(new Error(stack), { stack }));
		a.cause = Object.assign(new AggregateError([b, c]), { stack: 'all' });
		b.cause = Object.assign(new Error('d'), { stack: 'd' });
		t.assert.deepEqual(describeFailure(a, verbose).slice(1), [
			'a',
			'caused by all',
			'caused by b',
			'caused by d',
			'caused by c',
		]);
	});

	test('errors that cause each other come once', (t) => {
		const a = Object.assign(new Error('a'), { stack: 'a' });
		const b = Object.assign(new Error('b', { cause: a }), { stack: 'b' });
		a.cause = b;
		t.assert.deepEqual(describeFailure(a, verbose).slice(1), ['a', 'caused by b']);
	});
});
