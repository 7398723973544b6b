import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { ExplorerFiles } from '../../../source/commands/explorer/files/explorer-files.ts';
import type { Action } from '../../../source/tui/model/action.ts';
import type { ExplorerServices, ImageServices } from '../../../source/tui/model/effects/requests.ts';
import { update } from '../../../source/tui/model/update.ts';
import { EffectRunner } from '../../../source/tui/view/effect-runner.ts';
import { explore, openSample } from '../support/scenario.ts';

const sample = await openSample();
/** So small that nothing is asked for but what is worked out ahead of time. */
const size = { columns: 80, rows: 24 };
const { state } = explore(sample, size);
const done: Action = { type: 'view', view: 'layers', action: { type: 'image-prepared' } };

const noTerminal: Pick<ExplorerServices, 'copy-text' | 'page-file' | keyof ImageServices> = {
	'copy-text': async ({ text }) => ({ isTaken: text.length < 10 }),
	'read-layer': async () => ({ isTaken: true }),
	'pick-image': async () => ({ message: null }),
	'open-again': async () => ({ message: null }),
	'mark-image': async () => ({ message: null }),
	'page-file': async () => ({ kind: 'refused', reason: 'There is no terminal.' }),
};

/** A runner, and what came of the effects that it ran. */
function scene() {
	const log: (Action | 'left' | 'suspended' | 'repainted' | 'mouse on' | 'mouse off')[] = [];
	const runner = new EffectRunner({
		onLeave: () => log.push('left'),
		onSuspend: () => log.push('suspended'),
		onRepaint: () => log.push('repainted'),
		onMouse: (isOn) => log.push(isOn ? 'mouse on' : 'mouse off'),
		services: { ...new ExplorerFiles({ environment: {}, homeFolder: '/' }).services, ...noTerminal },
		onAnswer: (action) => log.push(action),
	});
	return { runner, log };
}

describe('effects', () => {
	test('answer with an action when what they ask for is done', async (t) => {
		const { runner, log } = scene();
		runner.run(state.effects);
		while (log.length === 0) await turn();
		t.assert.deepEqual(log, [done]);
	});

	test('have no answer when another action comes before they are done', async (t) => {
		const { runner, log } = scene();
		runner.run(state.effects);
		runner.run([]);
		runner.run(state.effects);
		while (log.length === 0) await turn();
		for (let turns = 0; turns < 5; turns++) await turn();
		t.assert.deepEqual(log, [done]);
	});

	test('of the model are asked for again until they are answered', (t) => {
		const asked = (explorer: typeof state) => explorer.effects.map(({ type }) => type);
		const moved = explore(sample, size).press('j').state;
		t.assert.deepEqual(asked(moved), ['prepare', 'prepare-image']);
		const answered = update(moved, done);
		t.assert.deepEqual(asked(answered), []);
		t.assert.deepEqual(asked(update(answered, { type: 'move', step: 'line', direction: 1 })), ['prepare']);
	});

	test('let the user leave', (t) => {
		const { runner, log } = scene();
		runner.run(explore(sample).press('q').state.effects);
		runner.stop();
		t.assert.deepEqual(log, ['left']);
	});
});
