import { imageCommands, referenceCommands, singleImageCommands } from './commands.ts';
import { screenSettings } from './explorer/screen-settings.ts';
import { comparingSettings } from './rules/comparing-settings.ts';
import { credentialExclusion, type SettingDefinition, trustExclusion } from './setting-definition.ts';
import {
	ageType,
	countLimitType,
	durationType,
	limitTypes,
	nameType,
	platformType,
	sourceType,
	switchType,
} from './value-types.ts';

/** Every setting except the limits of rules, in the order of the help text. */
export const settingTable = [
	{
		name: 'source',
		key: 'source',
		type: sourceType,
		default: null,
		flag: {
			summary: 'use only this source: docker, registry, ...',
			commands: [...referenceCommands, 'build'],
			repeats: 'each-image',
		},
		notInFile: null,
		docs: {
			unset: '[depends on the reference](sources.md)',
			meaning:
				'use only this source: `docker`, `podman`, `containerd`, `registry`, `archive`, `oci` or `container`',
		},
	},
	{
		name: 'image',
		key: 'imageName',
		type: nameType('the name of an image'),
		default: null,
		flag: {
			summary: 'image to use if there are several',
			commands: referenceCommands,
			repeats: 'each-image',
		},
		notInFile: null,
		docs: {
			unset: 'the first for the platform',
			meaning:
				'the image to use if the source has several: its name, its digest, or at least the first six digits of its digest',
		},
	},
	{
		name: 'platform',
		key: 'platform',
		type: platformType,
		default: null,
		flag: {
			summary: 'platform to use if there are several',
			commands: referenceCommands,
			repeats: 'each-image',
		},
		notInFile: null,
		docs: {
			unset: 'that of this machine, or else the first',
			meaning:
				'the platform to use if the image has several: `linux/amd64`, or with a variant, `linux/arm64/v8`',
		},
	},
	...comparingSettings,
	{
		name: 'as-layer',
		key: 'asLayer',
		type: switchType,
		default: 'false',
		flag: { summary: 'open a tar as one layer, whatever it holds', commands: referenceCommands },
		notInFile: { reason: 'it is about one file', alternative: '--as-layer.' },
		docs: { meaning: 'open a file, or what comes by standard input, as one layer, whatever it holds' },
	},
	{
		name: 'over',
		key: 'over',
		type: nameType('the name of an image'),
		default: null,
		flag: { summary: 'image that a container is held against', commands: referenceCommands },
		notInFile: { reason: 'it is about one container', alternative: '--over IMAGE.' },
		docs: {
			unset: 'the image that the container was made from',
			meaning:
				'the image that [a container](sources.md#containers), or a file with the file system of one, is held against',
		},
	},
	{
		name: 'allow-missing-layers',
		key: 'allowMissingLayers',
		type: switchType,
		default: 'false',
		flag: {
			summary: 'check images without layers kept elsewhere',
			commands: ['explore', 'ci', 'build'],
		},
		notInFile: null,
		docs: {
			meaning:
				'check an image even if it has [layers that are kept elsewhere](sources.md#layers-that-are-kept-elsewhere) by design and are not there',
		},
	},
	{
		name: 'verify',
		key: 'verify',
		type: switchType,
		default: 'false',
		flag: { summary: 'check every layer against its diff ID', commands: imageCommands },
		notInFile: null,
		docs: {
			meaning:
				'check every layer against its diff ID; if false, only the smallest layers are checked, up to 32 MiB in total',
		},
	},
	{
		name: 'digests',
		key: 'digests',
		type: switchType,
		default: 'false',
		flag: { summary: 'add the SHA-256 of files to the JSON report', commands: singleImageCommands },
		notInFile: null,
		docs: { meaning: 'add the SHA-256 of added and changed files to the JSON report' },
	},
	{
		name: 'copies-from',
		key: 'copiesBytes',
		type: limitTypes.bytes,
		default: '4kB',
		flag: { summary: 'list copies of at least this size', commands: ['report'] },
		notInFile: null,
		docs: {
			meaning:
				'list files and folders that the image has more than once if one copy has at least this size; `off` means any size',
		},
	},
	{
		name: 'max-paths',
		key: 'maxPaths',
		type: countLimitType,
		default: '6000000',
		flag: { summary: 'refuse an image with more paths than this', commands: imageCommands },
		notInFile: null,
		docs: {
			meaning:
				'refuse an image that has more paths than this, counting the entries of all layers and the folders that none of them names; at the default, fathom takes about 2 GB of memory',
		},
	},
	{
		name: 'max-path-bytes',
		key: 'maxPathBytes',
		type: limitTypes.bytes,
		default: '512MiB',
		flag: { summary: 'refuse an image with longer paths in total', commands: imageCommands },
		notInFile: null,
		docs: {
			meaning: 'refuse an image whose paths and link targets are longer than this in total',
		},
	},
	{
		name: 'cache',
		key: 'cache',
		type: switchType,
		default: 'true',
		flag: { summary: 'do not use the cache', commands: imageCommands },
		notInFile: null,
		docs: { meaning: 'whether to use the [cache](cache.md); `--no-cache` means false' },
	},
	{
		name: 'cache-size',
		key: 'cacheBytes',
		type: limitTypes.bytes,
		default: '1GB',
		flag: null,
		notInFile: null,
		docs: { meaning: 'the maximum size of the cache' },
	},
	{
		name: 'cache-age',
		key: 'cacheSeconds',
		type: ageType,
		default: '30d',
		flag: null,
		notInFile: null,
		docs: { meaning: 'how long an unused entry stays in the cache' },
	},
	{
		name: 'namespace',
		key: 'namespace',
		type: nameType('the name of a containerd namespace'),
		default: null,
		flag: { summary: 'containerd namespace', commands: referenceCommands },
		notInFile: null,
		docs: {
			unset: '`CONTAINERD_NAMESPACE`, or else `default`',
			meaning: 'the containerd namespace that holds the image',
		},
	},
	{
		name: 'insecure',
		key: 'insecure',
		type: switchType,
		default: 'false',
		flag: { summary: 'allow plain HTTP and untrusted certificates', commands: referenceCommands },
		notInFile: trustExclusion,
		docs: { meaning: 'allow plain HTTP and untrusted certificates when talking to the registry' },
	},
	{
		name: 'registry-timeout',
		key: 'registrySeconds',
		type: durationType,
		default: '60s',
		flag: null,
		notInFile: null,
		docs: {
			meaning:
				'how long the registry may take for a manifest, a config, a token, or the first answer about a layer; `off` means any time',
		},
	},
	{
		name: 'registry-rate',
		key: 'registryBytesPerSecond',
		type: limitTypes.bytes,
		default: '1kB',
		flag: null,
		notInFile: null,
		docs: {
			meaning:
				'the lowest rate, bytes a second, at which fathom waits for a layer, averaged over 30 seconds; `off` means any rate',
		},
	},
	{
		name: 'username',
		key: 'username',
		type: nameType('a username'),
		default: null,
		flag: { summary: 'username for the registry', commands: referenceCommands },
		notInFile: credentialExclusion,
		docs: {
			unset: '[from the credential files](registries.md)',
			meaning: 'the username for the registry; requires a password',
		},
	},
	...screenSettings,
] as const satisfies readonly SettingDefinition[];
