import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { reportJsonSchema } from '../../../source/report/json/schema.ts';

test('schema/report.schema.json is the schema of the report (npm run schema writes it)', (t) => {
	const path = fileURLToPath(new URL('../../../schema/report.schema.json', import.meta.url));
	const text = `${JSON.stringify(reportJsonSchema({ closed: false }), null, 2)}\n`;
	t.assert.fileSnapshot(text, path, { serializers: [String] });
});
