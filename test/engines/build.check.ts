import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { runProgram } from '../cli/run-program.ts';
import { parseReport } from '../support/report.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { engineEnvironment } from './support/engine-environment.ts';
import { run } from './support/engine-image.ts';

const dockerfile = 'FROM scratch\nCOPY hello /hello\nCOPY hello /again\n';

describe('fathom build', () => {
	for (const [builder, kind] of [
		['docker', 'docker-engine'],
		['podman', 'podman-engine'],
	] as const) {
		test(`with ${builder}: the image is judged, and its report written`, async (t) => {
			const folder = await contextIn(t, dockerfile);
			t.after(() => run(...remover(builder), `fathom-built-${builder}:1`));
			const { status, stdout, stderr } = await runProgram(
				['--source', builder, '--json', 'a.json', 'build', '-t', `fathom-built-${builder}:1`, '.'],
				{ folder, environment: engineEnvironment() },
			);
			t.assert.equal(status, 0, stderr);
			t.assert.match(stdout, /\nPASS: 2 rules hold\.\n$/);
			t.assert.match(stderr, /COPY hello \/again/);
			const report = parseReport(await readFile(join(folder, 'a.json'), 'utf8'));
			t.assert.equal(report.image.source, kind);
			t.assert.equal(report.layers.length, 2);
			t.assert.match(report.image.names.join(), new RegExp(`fathom-built-${builder}:1`));
		});
	}

	test('that fails: exit code 2, and one line after what docker said', async (t) => {
		const folder = await contextIn(t, 'FROM scratch\nCOPY gone /gone\n');
		const { status, stdout, stderr } = await runProgram(['build', '.'], {
			folder,
			environment: engineEnvironment(),
		});
		t.assert.deepEqual([status, stdout], [2, '']);
		t.assert.match(stderr, /gone.*\n(?:.*\n)*fathom: docker build failed with exit code 1\.\n$/);
	});
});

function remover(builder: 'docker' | 'podman'): [string, ...string[]] {
	return builder === 'docker' ? ['docker', 'rmi'] : ['podman', '--remote', 'rmi'];
}

async function contextIn(t: TestContext, text: string): Promise<string> {
	const folder = await temporaryFolder(t);
	await writeFile(join(folder, 'Dockerfile'), text);
	await writeFile(join(folder, 'hello'), 'hello\n');
	return folder;
}
