import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { differenceJsonSchema } from '../../../source/report/diff/json/schema.ts';
import { reproducibilityJsonSchema } from '../../../source/report/diff/reproducible/json-schema.ts';
import { fileRowJsonSchema } from '../../../source/report/files/schema.ts';
import { reportJsonSchema } from '../../../source/report/json/schema.ts';

const schemas = [
	['report', reportJsonSchema],
	['difference', differenceJsonSchema],
	['reproducibility', reproducibilityJsonSchema],
	['files', fileRowJsonSchema],
] as const;

describe('schema/ (npm run schema writes it)', () => {
	for (const [name, schemaOf] of schemas) {
		test(`${name}.schema.json is the schema of the ${name}`, (t) => {
			const path = fileURLToPath(new URL(`../../../schema/${name}.schema.json`, import.meta.url));
			const text = `${JSON.stringify(schemaOf({ closed: false }), null, 2)}\n`;
			t.assert.fileSnapshot(text, path, { serializers: [String] });
		});
	}
});
