import { equal } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { LegacyLayerIds } from '../../../../source/sources/engine/export/legacy-layer-ids.ts';

/** Of an image that Docker Engine 20.10.24 built and saved. */
const diffIds = [
	'sha256:4c72aaf5dcb761a53c55b58c62b0e3b98e3b4855a8aee81cc7d5ad073e9c66ec',
	'sha256:e6f05b1ea174ea6e9b39397f5e18315a94dcf9214bb112c3aec93e4692efc682',
];
const emptyConfig =
	'"container_config":{"Hostname":"","Domainname":"","User":"","AttachStdin":false,"AttachStdout":false,"AttachStderr":false,"Tty":false,"OpenStdin":false,"StdinOnce":false,"Env":null,"Cmd":null,"Image":"","Volumes":null,"WorkingDir":"","Entrypoint":null,"OnBuild":null,"Labels":null}';
const lowest = '68156258dd74097e8e002843d450379a4da25c9333248ed00ab1c19fcf790775';
const second = '78308adc9b3f33a57fb1bab1f8170ddadca849f3ab96fbed847fe2262e616724';
const lowestJson = Buffer.from(
	`{"id":"${lowest}","created":"1970-01-01T00:00:00Z",${emptyConfig},"os":"linux"}`,
);
const secondJson = Buffer.from(
	`{"id":"${second}","parent":"${lowest}","created":"1970-01-01T00:00:00Z",${emptyConfig},"os":"linux"}`,
);

suite('the layer of a folder that Docker Engine 20 exports', () => {
	test('is told by its json', () => {
		const ids = new LegacyLayerIds(diffIds);
		equal(ids.layerOf(second, secondJson), 1);
		equal(ids.layerOf(lowest, lowestJson), 0);
	});

	test('is not told by a json of another folder, or one that is damaged', () => {
		equal(new LegacyLayerIds(diffIds).layerOf(lowest, secondJson), null);
		equal(new LegacyLayerIds(diffIds).layerOf(lowest, Buffer.from('{"id":')), null);
		equal(new LegacyLayerIds(diffIds).layerOf(lowest, Buffer.from('null')), null);
	});

	test('is not looked for in more documents than there are layers, nor in large ones', () => {
		const ids = new LegacyLayerIds(diffIds);
		const large = Buffer.concat([lowestJson, Buffer.alloc(40_000, ' ')]);
		equal(ids.layerOf(lowest, large), null);
		equal(ids.layerOf(second, lowestJson), null);
		equal(ids.layerOf(second, lowestJson), null);
		equal(ids.layerOf(lowest, lowestJson), null);
	});
});
