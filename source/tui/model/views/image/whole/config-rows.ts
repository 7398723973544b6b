import type { Healthcheck } from '../../../../../image/image.ts';
import { formatPlatform } from '../../../../../image/platform.ts';
import { escapeForTerminal } from '../../../../../text/escape.ts';
import { MASK } from '../../../../../text/mask.ts';
import type { OpenedImage } from '../../../opened-image.ts';
import { field, paragraph } from '../../list/detail-rows.ts';
import { type ImageRow, sectionRow, valueRow } from './image-row.ts';

/** How a container of the image runs. */
export function configRows({ description }: OpenedImage): readonly ImageRow[] {
	const { config, platform, osVersion, osFeatures, created, author, annotations } = description;
	const words = (value: readonly string[] | null) => (value === null ? null : JSON.stringify(value));
	return [
		sectionRow('Config', (width) => paragraph('How a container of the image runs.', width)),
		...userRow(config.user),
		...given('entrypoint', words(config.entrypoint)),
		...given('cmd', words(config.cmd)),
		...given('workdir', config.workingDir),
		...config.env.map(variableRow),
		...config.exposedPorts.map((port) => valueRow('port', port)),
		...config.volumes.map((volume) => valueRow('volume', volume)),
		...Object.entries(config.labels).map(([name, value]) => settingRow('label', name, value)),
		...healthRows(config.healthcheck),
		...given('stop signal', config.stopSignal),
		...given('shell', words(config.shell)),
		...config.onBuild.map((instruction) => valueRow('onbuild', instruction)),
		...given('platform', platform === null ? null : formatPlatform(platform)),
		...given('OS version', osVersion),
		...osFeatures.map((feature) => valueRow('OS feature', feature)),
		...given('created', created),
		...given('author', author),
		...Object.entries(annotations).map(([name, value]) => settingRow('annotation', name, value)),
	];
}

function given(name: string, value: string | null): readonly ImageRow[] {
	return value === null || value === '' ? [] : [valueRow(name, value)];
}

function userRow(user: string | null): readonly ImageRow[] {
	const isRoot = user === null || /^(?:|root|0)(?::.*)?$/.test(user);
	if (!isRoot) return [valueRow('user', user)];
	const value = user === null || user === '' ? 'root' : user;
	return [
		valueRow('user', value, {
			mark: '!',
			style: 'warning',
			details: (width) => [
				...field('user', escapeForTerminal(value), { width }),
				...paragraph('A container runs as root unless it is started with another user.', width),
			],
		}),
	];
}

function variableRow(variable: string): ImageRow {
	const equals = variable.indexOf('=');
	return equals < 0
		? settingRow('env', variable, '')
		: settingRow('env', variable.slice(0, equals), variable.slice(equals + 1));
}

function settingRow(kind: string, name: string, value: string): ImageRow {
	if (!value.includes(MASK)) return valueRow(`${kind} ${name}`, value);
	return valueRow(`${kind} ${name}`, value === MASK ? 'looks secret, not shown' : value, {
		mark: '!',
		style: 'bad',
		texts: ['secret'],
		copied: null,
		details: (width) => [
			...field(kind, escapeForTerminal(name), { width }),
			...paragraph(
				'It looks secret, and everybody who has the image can read it: treat it as known, and change it. Its value is not shown here.',
				width,
				'bad',
			),
		],
	});
}

function healthRows(check: Healthcheck | null): readonly ImageRow[] {
	if (check === null) return [];
	const { test, retries, intervalSeconds, timeoutSeconds, startPeriodSeconds, startIntervalSeconds } = check;
	const seconds = (name: string, value: number | null) => (value === null ? [] : [`${name} ${value} s`]);
	const parts = [
		...(test === null ? [] : [JSON.stringify(test)]),
		...seconds('every', intervalSeconds),
		...seconds('timeout', timeoutSeconds),
		...seconds('start period', startPeriodSeconds),
		...seconds('start interval', startIntervalSeconds),
		...(retries === null ? [] : [retries === 1 ? '1 retry' : `${retries} retries`]),
	];
	return [valueRow('health check', parts.join(', '))];
}
