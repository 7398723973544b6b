import { figureCommands, singleImageCommands } from '../commands.ts';
import type { SettingDefinition } from '../setting-definition.ts';
import { baseType, nameType, referenceType, switchType } from '../value-types.ts';

/** The settings that say what an image is held against: its base, and the image before. */
export const comparingSettings = [
	{
		name: 'base',
		key: 'base',
		type: baseType,
		default: null,
		flag: { summary: 'the base: a number of lowest layers, or an image', commands: figureCommands },
		notInFile: null,
		docs: {
			unset: '[what the image says](base.md), or else 1',
			meaning:
				'the base: the number of layers, counted from the lowest, that belong to it, or an image from any source whose layers are the lowest of this one',
		},
	},
	{
		name: 'online',
		key: 'online',
		type: switchType,
		default: 'false',
		flag: { summary: 'look for the base in its registry', commands: singleImageCommands },
		notInFile: {
			reason: 'it lets an image say which hosts are asked, and a settings file may come from someone else',
			alternative: '--online, or FATHOM_ONLINE.',
		},
		docs: {
			meaning:
				'ask the registries of the images that this one says it is built on for [the base](base.md), and whether there is a newer one; if false, only engines of this machine are asked',
		},
	},
	{
		name: 'file',
		key: 'dockerfile',
		type: { ...nameType('the path of a Dockerfile'), placeholder: 'PATH' },
		default: null,
		flag: { summary: 'Dockerfile of the image, whose lines are named', commands: singleImageCommands },
		notInFile: { reason: 'it is about one image', alternative: '--file PATH.' },
		docs: {
			unset: "BuildKit's provenance beside the image, and for `build` the file that is built",
			meaning:
				'the Dockerfile that the image was built from: findings name its lines, where the history of the image shows which line made a layer',
		},
	},
	{
		name: 'target',
		key: 'target',
		type: nameType('the name of a stage'),
		default: null,
		flag: { summary: 'stage of --file that the image was built from', commands: singleImageCommands },
		notInFile: { reason: 'it is about one image', alternative: '--target NAME.' },
		docs: {
			unset: 'the last',
			meaning: 'the stage of `--file` that the image was built from, by its name or its number',
		},
	},
	{
		name: 'ignore-base',
		key: 'ignoreBase',
		type: switchType,
		default: 'false',
		flag: { summary: 'judge without what the base itself wastes', commands: ['ci', 'build'] },
		notInFile: null,
		docs: { meaning: 'leave what the base itself wastes out of the rules, also of `lowest-efficiency`' },
	},
	{
		name: 'baseline',
		key: 'baseline',
		type: referenceType,
		default: null,
		flag: { summary: 'image or saved JSON report to compare with', commands: ['ci', 'build'] },
		notInFile: null,
		docs: {
			unset: 'none',
			meaning:
				'[the image before](ci.md), which rules about change compare with: an image from any source, or a JSON report that was saved',
		},
	},
	{
		name: 'require-baseline',
		key: 'requireBaseline',
		type: switchType,
		default: 'false',
		flag: { summary: 'fail if the baseline cannot be used', commands: ['ci', 'build'] },
		notInFile: null,
		docs: { meaning: 'whether a baseline that cannot be used is an error; if false, it is a warning' },
	},
] as const satisfies readonly SettingDefinition[];
