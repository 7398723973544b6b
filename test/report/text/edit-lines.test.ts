import { describe, test } from 'node:test';
import { editLines } from '../../../source/report/text/contents/edit-lines.ts';

describe('an instruction that is to be edited', () => {
	test('is one line where there is room', (t) => {
		t.assert.deepEqual(editLines('COPY --chown=1 . /app', 30), ['COPY --chown=1 . /app']);
		t.assert.deepEqual(editLines(`RUN ${'x '.repeat(100)}`, null), [`RUN ${'x '.repeat(100)}`]);
	});

	test('goes on in the next line as in a Dockerfile', (t) => {
		t.assert.deepEqual(editLines('RUN apt-get update && apt-get install -y curl', 24), [
			'RUN apt-get update && \\',
			'  apt-get install -y \\',
			'  curl',
		]);
	});

	test('is not broken in quotes', (t) => {
		t.assert.deepEqual(editLines('RUN echo "a  b c d e" \'f  g h\' i\\ j', 16), [
			'RUN echo \\',
			'  "a  b c d e" \\',
			"  'f  g h' \\",
			'  i\\ j',
		]);
	});

	test('is cut where a word, a line of a heredoc or all of it is too long', (t) => {
		t.assert.deepEqual(editLines(`RUN curl ${'x'.repeat(30)}`, 20), ['RUN curl \\', `  ${'x'.repeat(17)}…`]);
		t.assert.deepEqual(editLines(`RUN <<E\n${'y'.repeat(30)}\nE`, 10), ['RUN <<E', 'yyyyyyyyy…', 'E']);
		t.assert.equal(editLines('z'.repeat(10_000), null)[0].length, 501);
	});
});
