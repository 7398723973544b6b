import { test } from 'node:test';
import { type CacheEnvironment, cacheFolderOf } from '../../source/cache/cache-folder.ts';

const linux: CacheEnvironment = {
	environment: {},
	homeFolder: '/home/ada',
	currentFolder: '/here',
	system: 'linux',
};
const mac: CacheEnvironment = { ...linux, homeFolder: '/Users/ada', system: 'darwin' };
const windows: CacheEnvironment = {
	...linux,
	homeFolder: 'C:\\Users\\ada',
	currentFolder: 'D:\\here',
	system: 'win32',
};

const places: readonly (readonly [string, CacheEnvironment, Readonly<Record<string, string>>, string])[] = [
	['Linux', linux, {}, '/home/ada/.cache/fathom'],
	['Linux with a folder for caches', linux, { XDG_CACHE_HOME: '/cache' }, '/cache/fathom'],
	[
		'a relative folder for caches, which is none',
		linux,
		{ XDG_CACHE_HOME: 'cache' },
		'/home/ada/.cache/fathom',
	],
	[
		'an empty variable, which is none',
		linux,
		{ FATHOM_CACHE_DIR: '', XDG_CACHE_HOME: '' },
		'/home/ada/.cache/fathom',
	],
	['a folder of its own', linux, { FATHOM_CACHE_DIR: '/x', XDG_CACHE_HOME: '/cache' }, '/x'],
	['a relative folder of its own', linux, { FATHOM_CACHE_DIR: 'x' }, '/here/x'],
	['macOS', mac, {}, '/Users/ada/Library/Caches/fathom'],
	['macOS with a folder for caches', mac, { XDG_CACHE_HOME: '/cache' }, '/cache/fathom'],
	['Windows', windows, { LOCALAPPDATA: 'C:\\Local' }, 'C:\\Local\\fathom\\cache'],
	['Windows without LOCALAPPDATA', windows, {}, 'C:\\Users\\ada\\AppData\\Local\\fathom\\cache'],
	['Windows with a relative folder of its own', windows, { FATHOM_CACHE_DIR: 'x' }, 'D:\\here\\x'],
];

for (const [name, place, environment, folder] of places) {
	test(`the cache of ${name} is ${folder}`, (t) => {
		t.assert.equal(cacheFolderOf({ ...place, environment }), folder);
	});
}
