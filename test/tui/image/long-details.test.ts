import { describe, test } from 'node:test';
import type { Steps } from '../../../source/steps.ts';
import type { Action } from '../../../source/tui/model/action.ts';
import { update } from '../../../source/tui/model/update.ts';
import { directory, file } from '../../support/archives/tar-entry.ts';
import { openWithDetails } from '../support/known-details.ts';
import { explore, type Scenario, scenarioOf } from '../support/scenario.ts';

const size = { columns: 120, rows: 40 };
const manifest = (name: string, needs: Readonly<Record<string, string>> = {}) =>
	file(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.2.3', dependencies: needs }));
const numbered = (count: number, nameOf: (number: string) => string) =>
	Array.from({ length: count }, (_, index) => nameOf(String(index).padStart(6, '0')));

/** A package of 300 files, which 100 others need, and 20 equal files. */
const image = await openWithDetails({
	names: ['shop:1.0'],
	layers: [
		[directory('node_modules')],
		[
			manifest('wide'),
			...Array.from({ length: 299 }, (_, index) => file(`node_modules/wide/${index}.js`, 'x'.repeat(index))),
			...numbered(100, (number) => `needs-${number}`).map((name) => manifest(name, { wide: '*' })),
			...numbered(250, (number) => `copy-${number}.bin`).map((name) =>
				file(`data/${name}`, 'c'.repeat(5000)),
			),
		],
	],
	config: { history: [{ created_by: 'ADD base.tar /' }, { created_by: 'COPY . .' }] },
});

/** All that is worked out while nobody presses a key. */
function idle({ state }: Scenario, steps = { count: 0 }): Scenario {
	const answers = state.effects.flatMap((effect): readonly Action[] => {
		if (effect.type !== 'prepare-list') return [];
		const work = effect.steps as Steps<void>;
		while (work.next().done !== true) steps.count++;
		return [effect.done];
	});
	return scenarioOf(answers.reduce(update, state));
}

/** All lines of the details, from the first to the last. */
function linesOf(scenario: Scenario): readonly string[] {
	const shown = (screen: readonly string[]) =>
		screen.slice(3, -2).map((line) => line.slice(line.indexOf('│', 60) + 1).replace(/ *[▲┃│▼]?$/, ''));
	let last = scenario.press('tab', 'g');
	const lines = [...shown(last.screen())];
	for (let next = last.press('j'); next.screen().join() !== last.screen().join(); next = next.press('j')) {
		lines.push(...shown(next.screen()).slice(-1));
		last = next;
	}
	return lines;
}

describe('the details of a package', () => {
	const wide = idle(explore(image, size).press('4', '/', ...'wide', 'enter'));
	const lines = linesOf(wide);

	test('list all of its files, the largest first and those without bytes last', (t) => {
		t.assert.match(lines.join('\n'), /^ 300 files, largest first$/m);
		const listed = lines.flatMap(
			(line) => / (\d+) B {2}\/node_modules\/wide\/\d+\.js$/.exec(line)?.[1] ?? [],
		);
		t.assert.deepEqual(
			listed.map(Number),
			Array.from({ length: 299 }, (_, index) => 298 - index),
		);
	});

	test('name all packages that need it', (t) => {
		const words = lines.join(' ');
		for (const name of numbered(100, (number) => `needs-${number}`))
			t.assert.equal(words.includes(name), true);
	});

	test('say of no path that it is the package', (t) => {
		for (const key of ['H', 'i', 'x']) {
			const pressed = wide.press(key);
			t.assert.deepEqual(pressed.state.screens, []);
			t.assert.match(pressed.footer()[0], /Choose a file first: a package has many\./);
		}
	});
});

describe('the details of copies', () => {
	test('list every path with its layer, and then what made the layers', (t) => {
		const lines = linesOf(idle(explore(image, size).press('3')));
		const paths = lines.filter((line) => /^ \/data\/copy-\d+\.bin$/.test(line));
		t.assert.equal(new Set(paths).size, 250);
		t.assert.deepEqual(lines.slice(-2), [' Layer 2', ' COPY . .']);
	});
});

describe('the details of a package that claims very many files', async () => {
	const count = 40_000;
	const huge = await openWithDetails({
		layers: [
			[manifest('small')],
			[
				manifest('wide'),
				...numbered(count, (number) => `node_modules/wide/${number}`).map((name) =>
					file(name, name.slice(-1)),
				),
			],
		],
	});

	test('begin with the largest, say that more come, and have all in the end', (t) => {
		const list = explore(huge, size).press('4');
		t.assert.match(list.screen().join('\n'), /40,001 files, largest first/);
		t.assert.match(list.press('tab', 'G').screen().join('\n'), /… and 39,\d{3} more, in a moment/);
		const steps = { count: 0 };
		const whole = idle(list, steps).press('tab', 'G').screen().join('\n');
		// Each is short, so that no key waits for it.
		t.assert.equal(steps.count > count / 100, true);
		t.assert.doesNotMatch(whole, /in a moment/);
		t.assert.match(whole, / 1 B {2}\/node_modules\/wide\/039999/);
	});
});
