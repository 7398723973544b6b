import { describe, type TestContext, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { ImageAtHand } from '../../../source/image/at-hand/image-at-hand.ts';
import { homeLines } from '../../../source/tui/model/home/home-lines.ts';
import {
	cursorIndex,
	type HomeAction,
	type HomeState,
	homeRows,
	newHome,
	updateHome,
	withPlace,
} from '../../../source/tui/model/home/home-state.ts';
import { keymap } from '../../../source/tui/model/keymap.ts';
import { lineText } from '../../../source/tui/model/line.ts';

const now = 1_700_000_000;
const size = { columns: 80, rows: 24 };
const sizes = [{ columns: 60, rows: 15 }, size, { columns: 120, rows: 40 }];

function image(
	place: ImageAtHand['place'],
	name: string,
	bytes: number | null,
	age: number | null,
): ImageAtHand {
	const reference = place === 'folder' ? `./${name}` : place === 'recent' ? name : `${place}:${name}`;
	return { place, name, reference, bytes, seconds: age === null ? null : now - age };
}

const recent = [image('recent', '/srv/images/orders.tar', null, 120)];
const folder = [image('folder', 'app.tar', 182_000_000, 4000), image('folder', 'layout', null, 90_000)];
const docker = [
	image('docker', 'nginx:1.27', 187_000_000, 3 * 7 * 86_400),
	image('docker', `registry.example/${'very/'.repeat(30)}long:1`, 2_400_000_000, 400 * 86_400),
	image('docker', 'bad\u001B[31m:1', 1, 5),
];
const some = withPlace(
	withPlace(
		withPlace(newHome(['recent', 'folder', 'docker', 'podman'], now), 'recent', recent),
		'folder',
		folder,
	),
	'docker',
	docker,
);

function screenOf(state: HomeState, at = size): readonly string[] {
	return homeLines(state, at, keymap).map(lineText);
}

function checkFrame(t: TestContext, name: string, state: HomeState, at = size): void {
	const lines = screenOf(state, at);
	t.assert.equal(lines.length, at.rows);
	t.assert.equal(
		lines.every((line) => stripVTControlCharacters(line) === line && !/\p{Cc}/u.test(line)),
		true,
	);
	const text = lines.map((line) => `${line.trimEnd()}\n`).join('');
	t.assert.fileSnapshot(text, `snapshots/tui/home/${name}.txt`, { serializers: [String] });
}

function after(state: HomeState, ...actions: readonly HomeAction[]): HomeState {
	return actions.reduce((each, action) => updateHome(each, action, size), state);
}

const down = { type: 'move', step: 'line', direction: 1 } as const;
const typed = (text: string): HomeAction => ({ type: 'edit', edit: { type: 'insert', text } });

describe('the images at hand', () => {
	for (const at of sizes) {
		test(`at ${at.columns}x${at.rows}`, (t) => {
			checkFrame(t, `${at.columns}x${at.rows}`, after(some, down, down), at);
			checkFrame(t, `${at.columns}x${at.rows}-nothing`, newHome([], now), at);
		});
	}

	test('are filtered by name and place, and sorted', (t) => {
		const filtered = after(some, { type: 'type-filter' }, typed('DOCKER'), down);
		t.assert.deepEqual(homeRows(filtered), [docker[2], docker[0], docker[1]]);
		checkFrame(t, 'filtered', filtered);
		const bySize = after(some, { type: 'sort' }, { type: 'sort' });
		t.assert.deepEqual(homeRows(bySize)[0], docker[1]);
		t.assert.deepEqual(homeRows(after(bySize, { type: 'reverse' })).at(-1), docker[1]);
		t.assert.equal(homeRows(after(filtered, { type: 'clear-filter' })).length, 6);
		t.assert.match(screenOf(after(filtered, typed('xyz')))[2], /No image has "DOCKERxyz" in its name/);
	});

	test('are sorted by name within a place, and the recent ones stay in the order in which they were opened', (t) => {
		const opened = [image('recent', '/srv/z.tar', null, 5), image('recent', '/srv/a.tar', null, 50)];
		const found = ['c.tar', 'a.tar', 'b.tar'].map((name) => image('folder', name, 1, 1));
		const state = withPlace(withPlace(newHome([], now), 'recent', opened), 'folder', found);
		t.assert.deepEqual(
			homeRows(state).map(({ name }) => name),
			['/srv/z.tar', '/srv/a.tar', 'a.tar', 'b.tar', 'c.tar'],
		);
	});

	test('are listed once where they were opened lately and are here, with their size', (t) => {
		const here = { ...image('folder', 'orders.tar', 182_000, 400), path: '/srv/images/orders.tar' };
		const other = { ...image('folder', 'other.tar', 5, 400), path: '/srv/images/other.tar' };
		const picked = { ...recent[0], pick: { imageName: 'orders:1', platform: null } };
		const state = withPlace(withPlace(newHome([], now), 'folder', [here, other]), 'recent', [
			recent[0],
			picked,
		]);
		t.assert.deepEqual(
			homeRows(state).map(({ place, name, bytes }) => [place, name, bytes]),
			[
				['recent', '/srv/images/orders.tar', 182_000],
				// Another one of the same archive.
				['recent', '/srv/images/orders.tar', null],
				['folder', 'other.tar', 5],
			],
		);
		t.assert.match(screenOf(state)[0], / by place ─ 3 ━$/);
		const onSecond = after(state, down);
		t.assert.equal(cursorIndex(homeRows(onSecond), onSecond), 1);
	});

	test('keep the cursor while others come', (t) => {
		const state = after(withPlace(newHome(['folder', 'docker'], now), 'docker', docker), down);
		const more = withPlace({ ...state, order: 'name' }, 'folder', folder);
		t.assert.equal(homeRows(more)[cursorIndex(homeRows(more), more)], docker[0]);
	});
});
