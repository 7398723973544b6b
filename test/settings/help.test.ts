import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { commands } from '../../source/settings/commands.ts';
import { helpText } from '../../source/settings/help.ts';

const topics = [null, ...commands.map(({ name }) => name)];

describe('the help text', () => {
	for (const topic of topics) {
		const name = topic ?? 'fathom';

		test(`of ${name}`, (t) => {
			const path = fileURLToPath(
				new URL(`../../snapshots/cli/help-${name.replaceAll(' ', '-')}.txt`, import.meta.url),
			);
			t.assert.fileSnapshot(helpText(topic), path, { serializers: [String] });
		});

		test(`of ${name} fits a terminal of 80 columns`, (t) => {
			const longLines = helpText(topic)
				.split('\n')
				.filter((line) => line.length > 80);
			t.assert.deepEqual(longLines, []);
		});
	}
});
