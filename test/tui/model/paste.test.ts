import { describe, test } from 'node:test';
import { pasteText } from '../../../source/tui/model/keys.ts';
import { explore, openSample, type Scenario, scenarioOf } from '../support/scenario.ts';

const sample = await openSample();

function paste(scenario: Scenario, text: string): Scenario {
	return scenarioOf(pasteText(scenario.state, text));
}

const promptOf = (scenario: Scenario) => scenario.footer()[0].replace(/ {2,}.*$/, '');

describe('a paste', () => {
	test('is text for the prompt, at its cursor', (t) => {
		const prompt = explore(sample).press('/').type('ab').press('left');
		t.assert.equal(promptOf(paste(prompt, 'srv/~!q')), ' /asrv/~!qb');
	});

	test('brings the prompt one line alone, without control characters', (t) => {
		const prompt = explore(sample).press('/');
		t.assert.equal(promptOf(paste(prompt, '\r\n  \nmain\t.js\u001B\u0003\rq\rtouch x')), ' /main .js');
		t.assert.equal(promptOf(paste(prompt, '\r\n \r')), ' /');
	});

	test('is cut where the prompt is full, never within a character', (t) => {
		const prompt = paste(explore(sample).press('/'), `${'x'.repeat(999)}😀`);
		t.assert.equal(prompt.state.prompt?.input.text, 'x'.repeat(999));
	});

	for (const [place, keys] of Object.entries({
		'the layers': [],
		'the files': ['tab', 'tab'],
		'the help': ['?'],
	})) {
		test(`means nothing in ${place}`, (t) => {
			const { state } = explore(sample).press(...keys);
			t.assert.equal(pasteText(state, 'qjja/c\r'), state);
		});
	}

	test('means nothing where the screen is too small for a prompt', (t) => {
		const { state } = explore(sample, { columns: 40, rows: 10 }).press('/');
		t.assert.equal(pasteText(state, 'x'), state);
	});
});
