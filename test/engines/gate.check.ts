import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { runProgram } from '../cli/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { engineEnvironment } from './support/engine-environment.ts';
import { run } from './support/engine-image.ts';

const NAME = 'fathom-gate';
const good = 'FROM scratch\nCOPY base /base\nCOPY app /app\n';
/** The app is shipped twice, and something large besides. */
const worse = `${good}COPY large /large\nCOPY app2 /app\n`;

describe('a baseline and a Dockerfile that changes', () => {
	test('saved, made worse and found, mended', async (t) => {
		const folder = await temporaryFolder(t);
		const environment = engineEnvironment();
		const bytes = { base: 400_000, app: 100_000, app2: 100_000, large: 300_000 };
		for (const [name, size] of Object.entries(bytes))
			await writeFile(join(folder, name), (name.at(-1) ?? '').repeat(size));
		t.after(() => run('docker', 'rmi', `${NAME}:1`, `${NAME}:2`, `${NAME}:3`));
		const build = async (tag: number, dockerfile: string) => {
			await writeFile(join(folder, 'Dockerfile'), dockerfile);
			await run('docker', 'build', '-t', `${NAME}:${tag}`, folder);
		};
		const check = (tag: number, ...args: readonly string[]) =>
			runProgram(['ci', `docker:${NAME}:${tag}`, ...args], { folder, environment });

		await build(1, good);
		const first = await check(1, '--baseline', 'base.json', '--save-baseline', 'base.json');
		t.assert.equal(first.status, 0, first.stderr);
		t.assert.match(first.stdout, /^warning: baseline base\.json cannot be used: there is no such file\./m);
		t.assert.match(first.stdout, /^notice: the baseline was saved to base\.json\.$/m);
		const saved = await readFile(join(folder, 'base.json'), 'utf8');

		const limits = ['--max-size-growth', '10%', '--max-pull', '100kB'];
		await build(2, worse);
		const red = await check(2, '--baseline', 'base.json', '--save-baseline', 'base.json', ...limits);
		t.assert.equal(red.status, 1, red.stderr);
		t.assert.match(red.stdout, /^Layers since the baseline: 0 changed, 2 added, 0 removed, 2 the same$/m);
		t.assert.match(red.stdout, /^ +3 +added +30\d kB +COPY .*\/large/m);
		t.assert.match(red.stdout, /^ +\+300 kB +- +300 kB +\/large$/m);
		t.assert.match(red.stdout, /\nFAIL: [^\n]*max-efficiency-drop, max-size-growth, max-pull\.\n$/);
		t.assert.equal(await readFile(join(folder, 'base.json'), 'utf8'), saved);

		await build(3, good.replace('app /app', 'app2 /app'));
		const green = await check(3, '--baseline', `docker:${NAME}:1`, ...limits.slice(0, 2));
		t.assert.equal(green.status, 0, green.stderr);
		t.assert.match(green.stdout, /^Layers since the baseline: 1 changed, 0 added, 0 removed, 1 the same$/m);
		t.assert.match(green.stdout, /\nPASS: 4 rules hold\.\n$/);
	});
});
