import type { ConfigField } from './compare-config.ts';

/** What the fields of a config are called, or the entries of those that have several, as an image's author knows them. */
export const configNames: Readonly<Record<ConfigField, string>> = {
	platform: 'platform',
	osVersion: 'OS version',
	osFeatures: 'OS feature',
	created: 'created',
	author: 'author',
	user: 'user',
	workingDir: 'workdir',
	entrypoint: 'entrypoint',
	cmd: 'cmd',
	env: 'env',
	exposedPorts: 'port',
	volumes: 'volume',
	labels: 'label',
	stopSignal: 'stop signal',
	healthcheck: 'health check',
	shell: 'shell',
	onBuild: 'onbuild',
	history: 'step',
	comments: 'comment of',
};
