import { imageCommands } from '../commands.ts';
import type { SettingDefinition } from '../setting-definition.ts';
import { baseType, referenceType, switchType } from '../value-types.ts';

/** The settings that say what an image is held against: its base, and the image before. */
export const comparingSettings = [
	{
		name: 'base',
		key: 'base',
		type: baseType,
		default: null,
		flag: { summary: 'the base: a number of lowest layers, or an image', commands: imageCommands },
		notInFile: null,
		docs: {
			unset: 'what the image says, or else 1',
			meaning:
				'the base: the number of layers, counted from the lowest, that belong to it, or an image from any source whose layers are the lowest of this one',
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
