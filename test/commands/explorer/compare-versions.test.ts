import { describe, test } from 'node:test';
import { compareVersions } from '../../../source/commands/explorer/files/compare-versions.ts';
import { finish } from '../../../source/steps.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('what differs between two versions of a file', () => {
	test('is told by their bytes, and shown without the values that are not to be seen', (t) => {
		const contents = [bytes('user=a\ntoken=one\n'), bytes('user=a\ntoken=two\n')] as const;
		const shown = [bytes('user=a\ntoken=***\n'), bytes('user=a\ntoken=***\n')] as const;
		const { lines } = finish(compareVersions(contents, shown));
		t.assert.deepEqual(
			lines.map(({ mark, text }) => mark + text),
			['@-1,2 +1,2', ' user=a', '-token=***', '+token=***'],
		);
	});
});
