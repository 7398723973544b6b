import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isPlaceholder } from '../../source/facts/secrets/placeholder.ts';
import type { ExplorerState } from '../../source/tui/model/state.ts';
import type { Subject } from '../../source/tui/model/subject.ts';
import { file, whiteout } from '../support/archives/tar-entry.ts';
import type { TestImage } from '../support/archives/write-archive.ts';
import { compareArchived } from '../support/pair/compare-archived.ts';
import {
	jsonDifferenceOf,
	markdownDifferenceOf,
	textDifferenceOf,
} from '../support/pair/difference-reports.ts';
import { jsonTextOf, textReportOf } from '../support/report.ts';
import { runs } from '../support/runs.ts';
import { openWithDetails } from '../tui/support/known-details.ts';
import { openPair } from '../tui/support/open-pair.ts';
import { explore, type Scenario } from '../tui/support/scenario.ts';

const letters = fc.constantFrom(...'ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz');
/** What has `fake` in it by chance is a placeholder. */
const random = fc
	.uniqueArray(letters, { minLength: 36, maxLength: 36 })
	.map((all) => all.join(''))
	.filter((all) => !isPlaceholder(all));
const word = fc.stringMatching(/^[a-z漢é]{1,12}$/);
const text = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
const token = fc.tuple(fc.constantFrom('ghp_', 'npm_', 'ghs_'), random).map((parts) => parts.join(''));

const variable = fc.constantFrom('MODE', 'NPM_TOKEN', 'db-password', 'com.example.secret');
const quote = fc.constantFrom('', '"', "'");

/** Texts that have a token in them somewhere, in ways in which builders and people write them. */
function textWith(secret: string): fc.Arbitrary<string> {
	const setting = fc.tuple(variable, quote).map(([name, mark]) => `${name}=${mark}${secret}${mark}`);
	const middle = fc.oneof(
		fc.constant(secret),
		setting,
		variable.map((name) => `--${name} ${secret}`),
		fc.constant(`https://user:${secret}@git.internal/a`),
		fc.constant(`printf 'a\\n_authToken=${secret}\\n' > .npmrc`),
		fc.constant(`{"auth": "${loginWith(secret)}", "token": "${secret}"}`),
	);
	return fc.tuple(text, middle, text).map((parts) => parts.join(' '));
}

function instructionWith(secret: string): fc.Arbitrary<string> {
	const head = fc.constantFrom(
		'RUN',
		'RUN /bin/sh -c',
		'/bin/sh -c',
		'/bin/sh -c #(nop) ',
		'|1 A=b /bin/sh -c',
		'CMD',
		'ENV A=b',
		'',
	);
	return fc.oneof(
		fc.tuple(head, textWith(secret)).map((parts) => parts.join(' ')),
		fc
			.tuple(fc.constantFrom('ENV', 'ARG', 'LABEL'), variable)
			.map(([kind, name]) => `${kind} ${name}=${secret}`),
		variable.map((name) => `RUN |2 ${name}=${secret} B=c /bin/sh -c make # buildkit`),
	);
}

function imageWith(secret: string): fc.Arbitrary<TestImage> {
	const any = textWith(secret);
	const instruction = instructionWith(secret);
	return fc
		.record({
			env: fc.array(fc.tuple(variable, fc.oneof(any, fc.constant(secret)))),
			labels: fc.dictionary(fc.oneof(variable, word), any, { maxKeys: 3 }),
			cmd: fc.array(any, { maxLength: 3 }),
			test: any,
			history: fc.array(fc.record({ created_by: instruction, comment: any, author: any }), {
				minLength: 3,
				maxLength: 3,
			}),
			onBuild: fc.array(instruction, { maxLength: 2 }),
			author: any,
		})
		.map(({ env, labels, cmd, test, history, onBuild, author }) => ({
			names: ['app:1'],
			layers: [[file('a', 'one')], [file('b', 'x'.repeat(2000))], [whiteout('b')]],
			config: {
				author,
				config: {
					Env: env.map((pair) => pair.join('=')),
					Labels: labels,
					Cmd: cmd,
					Healthcheck: { Test: ['CMD-SHELL', test] },
					OnBuild: onBuild,
				},
				history: [...history, { ...history[0], empty_layer: true }],
			},
		}));
}

const ROWS = 8;

/** All that the explorer shows: each view with its first rows and their details, and what its keys copy. */
function* shownBy(subject: Subject, tabs: readonly string[]): Generator<string> {
	for (const tab of tabs) {
		let list = explore(subject, { columns: 200, rows: 40 }).press(tab);
		for (let row = 0; row < ROWS; row++) {
			for (const key of ['tab', 'y', 'Y', 'a', 'c']) yield* seen(list.press(key));
			yield* seen(list);
			list = list.press('j');
		}
	}
}

function* seen(scenario: Scenario): Generator<string> {
	yield scenario.screen().join('\n');
	yield JSON.stringify(effectsOf(scenario.state));
}

function effectsOf({ effects }: ExplorerState): readonly unknown[] {
	return effects.map((effect) => ('ask' in effect ? effect.ask : null));
}

function loginWith(secret: string): string {
	return Buffer.from(`user:${secret}`).toString('base64');
}

function hides(secret: string, output: string): void {
	// Lines of a screen cut texts, so that a part gives it away as well.
	for (const part of [secret.slice(4, 16), loginWith(secret).slice(10, 22)]) {
		const place = output.indexOf(part);
		assert.equal(place, -1, output.slice(Math.max(0, place - 200), place + 60));
	}
}

test('no report, comparison or frame has a token that a config has', async () => {
	const images = token.chain((secret) => fc.tuple(fc.constant(secret), imageWith(secret), imageWith(secret)));
	await fc.assert(
		fc.asyncProperty(images, async ([secret, older, newer]) => {
			const compared = await compareArchived(older, newer);
			for (const image of compared.images) {
				hides(secret, await textReportOf(image, null));
				hides(secret, await jsonTextOf(image));
			}
			hides(secret, await textDifferenceOf(compared));
			hides(secret, await markdownDifferenceOf(compared));
			hides(secret, JSON.stringify(await jsonDifferenceOf(compared)));
		}),
		{ numRuns: runs(300) },
	);
});

test('no frame of the explorer has one, nor what is copied', async () => {
	const images = token.chain((secret) => fc.tuple(fc.constant(secret), imageWith(secret), imageWith(secret)));
	await fc.assert(
		fc.asyncProperty(images, async ([secret, older, newer]) => {
			for (const shown of shownBy(await openWithDetails(newer), ['1', '2', '6'])) hides(secret, shown);
			for (const shown of shownBy(await openPair(older, newer), ['1', '2', '3', '4', '5', '6']))
				hides(secret, shown);
		}),
		{ numRuns: runs(50) },
	);
});
